using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Forum.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class SignUpSigns : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTime>(
                name: "Until",
                table: "WatchedWords",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "JoinedFrom",
                table: "AspNetUsers",
                type: "TEXT",
                maxLength: 45,
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "Suspect",
                table: "AspNetUsers",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateIndex(
                name: "IX_AspNetUsers_JoinedFrom_Created",
                table: "AspNetUsers",
                columns: new[] { "JoinedFrom", "Created" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_AspNetUsers_JoinedFrom_Created",
                table: "AspNetUsers");

            migrationBuilder.DropColumn(
                name: "Until",
                table: "WatchedWords");

            migrationBuilder.DropColumn(
                name: "JoinedFrom",
                table: "AspNetUsers");

            migrationBuilder.DropColumn(
                name: "Suspect",
                table: "AspNetUsers");
        }
    }
}
