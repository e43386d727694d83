using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Forum.Migrations.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class RollBack : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Kept",
                table: "UndoableSteps",
                type: "nvarchar(max)",
                maxLength: -1,
                nullable: true);

            migrationBuilder.AddColumn<byte>(
                name: "Part",
                table: "UndoableSteps",
                type: "tinyint",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "MemberId",
                table: "UndoableDeeds",
                type: "bigint",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_UndoableDeeds_MemberId",
                table: "UndoableDeeds",
                column: "MemberId");

            migrationBuilder.CreateIndex(
                name: "IX_Revisions_ReplacedById_Replaced",
                table: "Revisions",
                columns: new[] { "ReplacedById", "Replaced" });

            migrationBuilder.AddForeignKey(
                name: "FK_UndoableDeeds_AspNetUsers_MemberId",
                table: "UndoableDeeds",
                column: "MemberId",
                principalTable: "AspNetUsers",
                principalColumn: "Id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_UndoableDeeds_AspNetUsers_MemberId",
                table: "UndoableDeeds");

            migrationBuilder.DropIndex(
                name: "IX_UndoableDeeds_MemberId",
                table: "UndoableDeeds");

            migrationBuilder.DropIndex(
                name: "IX_Revisions_ReplacedById_Replaced",
                table: "Revisions");

            migrationBuilder.DropColumn(
                name: "Kept",
                table: "UndoableSteps");

            migrationBuilder.DropColumn(
                name: "Part",
                table: "UndoableSteps");

            migrationBuilder.DropColumn(
                name: "MemberId",
                table: "UndoableDeeds");
        }
    }
}
