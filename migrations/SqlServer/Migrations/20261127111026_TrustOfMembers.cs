using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Forum.Migrations.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class TrustOfMembers : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "DaysVisited",
                table: "AspNetUsers",
                type: "int",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "PostsRead",
                table: "AspNetUsers",
                type: "int",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "TopicsRead",
                table: "AspNetUsers",
                type: "int",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<bool>(
                name: "TrustByHand",
                table: "AspNetUsers",
                type: "bit",
                nullable: false,
                defaultValue: false);

            // What was read before it was counted; of one topic no more than a page, as it counted until now.
            migrationBuilder.Sql(
                """
                UPDATE "AspNetUsers" SET
                    "TopicsRead" = (SELECT COUNT(*) FROM "ReadMarks" AS m WHERE m."MemberId" = "AspNetUsers"."Id"),
                    "PostsRead" = COALESCE((SELECT SUM(CASE WHEN m."Number" < 20 THEN m."Number" ELSE 20 END) FROM "ReadMarks" AS m WHERE m."MemberId" = "AspNetUsers"."Id"), 0)
                """);

            migrationBuilder.CreateTable(
                name: "TrustChanges",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    MemberId = table.Column<long>(type: "bigint", nullable: false),
                    From = table.Column<byte>(type: "tinyint", nullable: false),
                    To = table.Column<byte>(type: "tinyint", nullable: false),
                    Reason = table.Column<byte>(type: "tinyint", nullable: false),
                    Lacking = table.Column<byte>(type: "tinyint", nullable: true),
                    Had = table.Column<int>(type: "int", nullable: true),
                    Needed = table.Column<int>(type: "int", nullable: true),
                    Note = table.Column<string>(type: "nvarchar(500)", maxLength: 500, nullable: true),
                    At = table.Column<DateTime>(type: "datetime2", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TrustChanges", x => x.Id);
                    table.ForeignKey(
                        name: "FK_TrustChanges_AspNetUsers_MemberId",
                        column: x => x.MemberId,
                        principalTable: "AspNetUsers",
                        principalColumn: "Id");
                });

            migrationBuilder.CreateTable(
                name: "VisitDays",
                columns: table => new
                {
                    MemberId = table.Column<long>(type: "bigint", nullable: false),
                    Day = table.Column<DateOnly>(type: "date", nullable: false),
                    PostsRead = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_VisitDays", x => new { x.MemberId, x.Day });
                    table.ForeignKey(
                        name: "FK_VisitDays_AspNetUsers_MemberId",
                        column: x => x.MemberId,
                        principalTable: "AspNetUsers",
                        principalColumn: "Id");
                });

            migrationBuilder.CreateIndex(
                name: "IX_AspNetUsers_Trust",
                table: "AspNetUsers",
                column: "Trust");

            migrationBuilder.CreateIndex(
                name: "IX_TrustChanges_MemberId_Id",
                table: "TrustChanges",
                columns: new[] { "MemberId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_VisitDays_Day",
                table: "VisitDays",
                column: "Day");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "TrustChanges");

            migrationBuilder.DropTable(
                name: "VisitDays");

            migrationBuilder.DropIndex(
                name: "IX_AspNetUsers_Trust",
                table: "AspNetUsers");

            migrationBuilder.DropColumn(
                name: "DaysVisited",
                table: "AspNetUsers");

            migrationBuilder.DropColumn(
                name: "PostsRead",
                table: "AspNetUsers");

            migrationBuilder.DropColumn(
                name: "TopicsRead",
                table: "AspNetUsers");

            migrationBuilder.DropColumn(
                name: "TrustByHand",
                table: "AspNetUsers");
        }
    }
}
