using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Forum.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class RemindersAndDaysOfVotes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateOnly>(
                name: "Day",
                table: "Votes",
                type: "TEXT",
                nullable: false,
                defaultValue: new DateOnly(1, 1, 1));

            // Until now days were those of UTC.
            migrationBuilder.Sql(
                """
                UPDATE "Votes" SET "Day" = substr("Cast", 1, 10)
                """);

            migrationBuilder.CreateTable(
                name: "SolutionReminders",
                columns: table => new
                {
                    TopicId = table.Column<long>(type: "INTEGER", nullable: false),
                    Given = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SolutionReminders", x => x.TopicId);
                    table.ForeignKey(
                        name: "FK_SolutionReminders_Topics_TopicId",
                        column: x => x.TopicId,
                        principalTable: "Topics",
                        principalColumn: "Id");
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "SolutionReminders");

            migrationBuilder.DropColumn(
                name: "Day",
                table: "Votes");
        }
    }
}
