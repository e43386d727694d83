using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Forum.Migrations.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class FrontDoor : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "NeedsNoAdvice",
                table: "AspNetUsers",
                type: "bit",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "WishedHandle",
                table: "AspNetUsers",
                type: "nvarchar(20)",
                maxLength: 20,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Browser",
                table: "AccountTokens",
                type: "nvarchar(43)",
                maxLength: 43,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "PolicyViolations",
                columns: table => new
                {
                    Id = table.Column<string>(type: "nvarchar(43)", maxLength: 43, nullable: false),
                    Directive = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    Blocked = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    Page = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    Source = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    Count = table.Column<int>(type: "int", nullable: false),
                    First = table.Column<DateTime>(type: "datetime2", nullable: false),
                    Last = table.Column<DateTime>(type: "datetime2", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PolicyViolations", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "RequestTallies",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    Key = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    Minute = table.Column<DateTime>(type: "datetime2", nullable: false),
                    Count = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RequestTallies", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_PolicyViolations_Last",
                table: "PolicyViolations",
                column: "Last");

            migrationBuilder.CreateIndex(
                name: "IX_RequestTallies_Key_Minute",
                table: "RequestTallies",
                columns: new[] { "Key", "Minute" });

            migrationBuilder.CreateIndex(
                name: "IX_RequestTallies_Minute",
                table: "RequestTallies",
                column: "Minute");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "PolicyViolations");

            migrationBuilder.DropTable(
                name: "RequestTallies");

            migrationBuilder.DropColumn(
                name: "NeedsNoAdvice",
                table: "AspNetUsers");

            migrationBuilder.DropColumn(
                name: "WishedHandle",
                table: "AspNetUsers");

            migrationBuilder.DropColumn(
                name: "Browser",
                table: "AccountTokens");
        }
    }
}
