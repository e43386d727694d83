using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Forum.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class OutdatedSolutions : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTime>(
                name: "Checked",
                table: "Solutions",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "Outdated",
                table: "Solutions",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "OutdatedById",
                table: "Solutions",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "OutdatedNote",
                table: "Solutions",
                type: "TEXT",
                maxLength: 500,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "SuccessorId",
                table: "Solutions",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "AutoCloseHours",
                table: "Boards",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Solutions",
                table: "Boards",
                type: "INTEGER",
                nullable: false,
                defaultValue: 1);

            migrationBuilder.CreateTable(
                name: "Doubts",
                columns: table => new
                {
                    PostId = table.Column<long>(type: "INTEGER", nullable: false),
                    MemberId = table.Column<long>(type: "INTEGER", nullable: false),
                    Note = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    Made = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Doubts", x => new { x.PostId, x.MemberId });
                    table.ForeignKey(
                        name: "FK_Doubts_AspNetUsers_MemberId",
                        column: x => x.MemberId,
                        principalTable: "AspNetUsers",
                        principalColumn: "Id");
                    table.ForeignKey(
                        name: "FK_Doubts_Posts_PostId",
                        column: x => x.PostId,
                        principalTable: "Posts",
                        principalColumn: "Id");
                });

            migrationBuilder.CreateIndex(
                name: "IX_Solutions_OutdatedById",
                table: "Solutions",
                column: "OutdatedById");

            migrationBuilder.CreateIndex(
                name: "IX_Solutions_SuccessorId",
                table: "Solutions",
                column: "SuccessorId");

            migrationBuilder.CreateIndex(
                name: "IX_Doubts_MemberId_Made",
                table: "Doubts",
                columns: new[] { "MemberId", "Made" });

            migrationBuilder.AddForeignKey(
                name: "FK_Solutions_AspNetUsers_OutdatedById",
                table: "Solutions",
                column: "OutdatedById",
                principalTable: "AspNetUsers",
                principalColumn: "Id");

            migrationBuilder.AddForeignKey(
                name: "FK_Solutions_Posts_SuccessorId",
                table: "Solutions",
                column: "SuccessorId",
                principalTable: "Posts",
                principalColumn: "Id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_Solutions_AspNetUsers_OutdatedById",
                table: "Solutions");

            migrationBuilder.DropForeignKey(
                name: "FK_Solutions_Posts_SuccessorId",
                table: "Solutions");

            migrationBuilder.DropTable(
                name: "Doubts");

            migrationBuilder.DropIndex(
                name: "IX_Solutions_OutdatedById",
                table: "Solutions");

            migrationBuilder.DropIndex(
                name: "IX_Solutions_SuccessorId",
                table: "Solutions");

            migrationBuilder.DropColumn(
                name: "Checked",
                table: "Solutions");

            migrationBuilder.DropColumn(
                name: "Outdated",
                table: "Solutions");

            migrationBuilder.DropColumn(
                name: "OutdatedById",
                table: "Solutions");

            migrationBuilder.DropColumn(
                name: "OutdatedNote",
                table: "Solutions");

            migrationBuilder.DropColumn(
                name: "SuccessorId",
                table: "Solutions");

            migrationBuilder.DropColumn(
                name: "AutoCloseHours",
                table: "Boards");

            migrationBuilder.DropColumn(
                name: "Solutions",
                table: "Boards");
        }
    }
}
