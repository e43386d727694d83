using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

#pragma warning disable CA1814 // Prefer jagged arrays over multidimensional

namespace Forum.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Badges : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Badges",
                table: "AspNetUsers",
                type: "TEXT",
                maxLength: 500,
                nullable: false,
                defaultValue: "");

            migrationBuilder.CreateTable(
                name: "Badges",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Name = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Description = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Fact = table.Column<byte>(type: "INTEGER", nullable: false),
                    Threshold = table.Column<int>(type: "INTEGER", nullable: false),
                    Grade = table.Column<byte>(type: "INTEGER", nullable: false),
                    BuiltIn = table.Column<bool>(type: "INTEGER", nullable: false),
                    Holders = table.Column<int>(type: "INTEGER", nullable: false),
                    Judged = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Badges", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ConsumerCursors",
                columns: table => new
                {
                    Consumer = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    Sequence = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ConsumerCursors", x => x.Consumer);
                });

            migrationBuilder.CreateTable(
                name: "MemberBadges",
                columns: table => new
                {
                    BadgeId = table.Column<long>(type: "INTEGER", nullable: false),
                    MemberId = table.Column<long>(type: "INTEGER", nullable: false),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false),
                    PostId = table.Column<long>(type: "INTEGER", nullable: true),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MemberBadges", x => new { x.MemberId, x.BadgeId });
                    table.ForeignKey(
                        name: "FK_MemberBadges_AspNetUsers_MemberId",
                        column: x => x.MemberId,
                        principalTable: "AspNetUsers",
                        principalColumn: "Id");
                    table.ForeignKey(
                        name: "FK_MemberBadges_Badges_BadgeId",
                        column: x => x.BadgeId,
                        principalTable: "Badges",
                        principalColumn: "Id");
                    table.ForeignKey(
                        name: "FK_MemberBadges_Posts_PostId",
                        column: x => x.PostId,
                        principalTable: "Posts",
                        principalColumn: "Id");
                });

            migrationBuilder.InsertData(
                table: "Badges",
                columns: new[] { "Id", "BuiltIn", "Description", "Fact", "Grade", "Holders", "Judged", "Name", "Threshold" },
                values: new object[,]
                {
                    { 1L, true, "Asked a question.", (byte)1, (byte)1, 0, null, "First question", 1 },
                    { 2L, true, "Replied to somebody or something.", (byte)2, (byte)1, 0, null, "First reply", 1 },
                    { 3L, true, "Gave an upvote.", (byte)7, (byte)1, 0, null, "First upvote", 1 },
                    { 4L, true, "A reply was accepted as the solution.", (byte)5, (byte)1, 0, null, "Problem solver", 1 },
                    { 5L, true, "10 replies were accepted as solutions.", (byte)5, (byte)2, 0, null, "Experienced solver", 10 },
                    { 6L, true, "50 replies were accepted as solutions.", (byte)5, (byte)3, 0, null, "Master solver", 50 },
                    { 7L, true, "150 replies were accepted as solutions.", (byte)5, (byte)3, 0, null, "Legendary solver", 150 },
                    { 8L, true, "The asker accepted the reply as the solution.", (byte)6, (byte)1, 0, null, "That was it", 1 },
                    { 9L, true, "Replied to 10 questions of others.", (byte)4, (byte)2, 0, null, "Helper", 10 },
                    { 10L, true, "Replied to 100 questions of others.", (byte)4, (byte)3, 0, null, "Pillar", 100 },
                    { 11L, true, "A post has 10 upvotes.", (byte)9, (byte)2, 0, null, "Well received", 10 },
                    { 12L, true, "A post has 50 upvotes.", (byte)9, (byte)3, 0, null, "Celebrated", 50 },
                    { 13L, true, "Read 100 posts.", (byte)11, (byte)1, 0, null, "Reader", 100 },
                    { 14L, true, "Read 1,000 posts.", (byte)11, (byte)2, 0, null, "Well read", 1000 },
                    { 15L, true, "Joined a year ago.", (byte)13, (byte)2, 0, null, "A year here", 1 },
                    { 16L, true, "Given by the managers, for what no rule counts.", (byte)0, (byte)3, 0, null, "With thanks", 0 }
                });

            migrationBuilder.CreateIndex(
                name: "IX_Posts_AuthorId_Visibility_Score",
                table: "Posts",
                columns: new[] { "AuthorId", "Visibility", "Score" });

            migrationBuilder.CreateIndex(
                name: "IX_Badges_Name",
                table: "Badges",
                column: "Name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_MemberBadges_BadgeId_At_MemberId",
                table: "MemberBadges",
                columns: new[] { "BadgeId", "At", "MemberId" });

            migrationBuilder.CreateIndex(
                name: "IX_MemberBadges_PostId",
                table: "MemberBadges",
                column: "PostId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ConsumerCursors");

            migrationBuilder.DropTable(
                name: "MemberBadges");

            migrationBuilder.DropTable(
                name: "Badges");

            migrationBuilder.DropIndex(
                name: "IX_Posts_AuthorId_Visibility_Score",
                table: "Posts");

            migrationBuilder.DropColumn(
                name: "Badges",
                table: "AspNetUsers");
        }
    }
}
