using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Forum.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Searches : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "SearchedWords",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false),
                    Words = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Marks = table.Column<long>(type: "INTEGER", nullable: false),
                    Searchers = table.Column<int>(type: "INTEGER", nullable: false),
                    LastDay = table.Column<DateOnly>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SearchedWords", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "SearchedDays",
                columns: table => new
                {
                    WordsId = table.Column<long>(type: "INTEGER", nullable: false),
                    Day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Searches = table.Column<int>(type: "INTEGER", nullable: false),
                    Empty = table.Column<int>(type: "INTEGER", nullable: false),
                    Clicks = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SearchedDays", x => new { x.Day, x.WordsId });
                    table.ForeignKey(
                        name: "FK_SearchedDays_SearchedWords_WordsId",
                        column: x => x.WordsId,
                        principalTable: "SearchedWords",
                        principalColumn: "Id");
                });

            migrationBuilder.CreateIndex(
                name: "IX_SearchedDays_WordsId",
                table: "SearchedDays",
                column: "WordsId");

            migrationBuilder.CreateIndex(
                name: "IX_SearchedWords_Searchers_LastDay",
                table: "SearchedWords",
                columns: new[] { "Searchers", "LastDay" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "SearchedDays");

            migrationBuilder.DropTable(
                name: "SearchedWords");
        }
    }
}
