using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Forum.Migrations.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class Erasure : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTime>(
                name: "Erased",
                table: "AspNetUsers",
                type: "datetime2",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "ErasesPosts",
                table: "AspNetUsers",
                type: "bit",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<DateTime>(
                name: "ErasureDue",
                table: "AspNetUsers",
                type: "datetime2",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_AspNetUsers_ErasureDue",
                table: "AspNetUsers",
                column: "ErasureDue");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_AspNetUsers_ErasureDue",
                table: "AspNetUsers");

            migrationBuilder.DropColumn(
                name: "Erased",
                table: "AspNetUsers");

            migrationBuilder.DropColumn(
                name: "ErasesPosts",
                table: "AspNetUsers");

            migrationBuilder.DropColumn(
                name: "ErasureDue",
                table: "AspNetUsers");
        }
    }
}
