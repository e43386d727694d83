using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Forum.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class MemberNames : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "MaskedNormalized",
                table: "AspNetUsers",
                type: "TEXT",
                maxLength: 100,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "NameNormalized",
                table: "AspNetUsers",
                type: "TEXT",
                maxLength: 100,
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_AspNetUsers_MaskedNormalized_Id",
                table: "AspNetUsers",
                columns: new[] { "MaskedNormalized", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_AspNetUsers_NameNormalized_Id",
                table: "AspNetUsers",
                columns: new[] { "NameNormalized", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_AspNetUsers_Points_Id",
                table: "AspNetUsers",
                columns: new[] { "Points", "Id" },
                descending: new[] { true, false });

            migrationBuilder.CreateIndex(
                name: "IX_AspNetUsers_Roles",
                table: "AspNetUsers",
                column: "Roles");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_AspNetUsers_MaskedNormalized_Id",
                table: "AspNetUsers");

            migrationBuilder.DropIndex(
                name: "IX_AspNetUsers_NameNormalized_Id",
                table: "AspNetUsers");

            migrationBuilder.DropIndex(
                name: "IX_AspNetUsers_Points_Id",
                table: "AspNetUsers");

            migrationBuilder.DropIndex(
                name: "IX_AspNetUsers_Roles",
                table: "AspNetUsers");

            migrationBuilder.DropColumn(
                name: "MaskedNormalized",
                table: "AspNetUsers");

            migrationBuilder.DropColumn(
                name: "NameNormalized",
                table: "AspNetUsers");
        }
    }
}
