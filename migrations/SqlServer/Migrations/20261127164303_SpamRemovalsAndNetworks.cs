using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Forum.Migrations.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class SpamRemovalsAndNetworks : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Network",
                table: "Sessions",
                type: "nvarchar(45)",
                maxLength: 45,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "SpamRemovals",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    MemberId = table.Column<long>(type: "bigint", nullable: false),
                    ById = table.Column<long>(type: "bigint", nullable: true),
                    At = table.Column<DateTime>(type: "datetime2", nullable: false),
                    Undone = table.Column<DateTime>(type: "datetime2", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SpamRemovals", x => x.Id);
                    table.ForeignKey(
                        name: "FK_SpamRemovals_AspNetUsers_ById",
                        column: x => x.ById,
                        principalTable: "AspNetUsers",
                        principalColumn: "Id");
                    table.ForeignKey(
                        name: "FK_SpamRemovals_AspNetUsers_MemberId",
                        column: x => x.MemberId,
                        principalTable: "AspNetUsers",
                        principalColumn: "Id");
                });

            migrationBuilder.CreateTable(
                name: "SpamRemovalPosts",
                columns: table => new
                {
                    RemovalId = table.Column<long>(type: "bigint", nullable: false),
                    PostId = table.Column<long>(type: "bigint", nullable: false),
                    Was = table.Column<byte>(type: "tinyint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SpamRemovalPosts", x => new { x.RemovalId, x.PostId });
                    table.ForeignKey(
                        name: "FK_SpamRemovalPosts_Posts_PostId",
                        column: x => x.PostId,
                        principalTable: "Posts",
                        principalColumn: "Id");
                    table.ForeignKey(
                        name: "FK_SpamRemovalPosts_SpamRemovals_RemovalId",
                        column: x => x.RemovalId,
                        principalTable: "SpamRemovals",
                        principalColumn: "Id");
                });

            migrationBuilder.CreateIndex(
                name: "IX_SpamRemovalPosts_PostId",
                table: "SpamRemovalPosts",
                column: "PostId");

            migrationBuilder.CreateIndex(
                name: "IX_SpamRemovals_ById",
                table: "SpamRemovals",
                column: "ById");

            migrationBuilder.CreateIndex(
                name: "IX_SpamRemovals_MemberId_At",
                table: "SpamRemovals",
                columns: new[] { "MemberId", "At" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "SpamRemovalPosts");

            migrationBuilder.DropTable(
                name: "SpamRemovals");

            migrationBuilder.DropColumn(
                name: "Network",
                table: "Sessions");
        }
    }
}
