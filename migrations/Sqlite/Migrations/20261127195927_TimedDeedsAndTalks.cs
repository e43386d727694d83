using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Forum.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class TimedDeedsAndTalks : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTime>(
                name: "Claimed",
                table: "Reviews",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "ClaimedById",
                table: "Reviews",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "Locked",
                table: "Posts",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<DateTime>(
                name: "Until",
                table: "Closures",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "After",
                table: "AuditEntries",
                type: "TEXT",
                maxLength: 500,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Before",
                table: "AuditEntries",
                type: "TEXT",
                maxLength: 500,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Noun",
                table: "AuditEntries",
                type: "TEXT",
                maxLength: 20,
                nullable: false,
                defaultValue: "");

            migrationBuilder.CreateTable(
                name: "Pins",
                columns: table => new
                {
                    TopicId = table.Column<long>(type: "INTEGER", nullable: false),
                    Everywhere = table.Column<bool>(type: "INTEGER", nullable: false),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Until = table.Column<DateTime>(type: "TEXT", nullable: true),
                    ById = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Pins", x => x.TopicId);
                    table.ForeignKey(
                        name: "FK_Pins_AspNetUsers_ById",
                        column: x => x.ById,
                        principalTable: "AspNetUsers",
                        principalColumn: "Id");
                    table.ForeignKey(
                        name: "FK_Pins_Topics_TopicId",
                        column: x => x.TopicId,
                        principalTable: "Topics",
                        principalColumn: "Id");
                });

            migrationBuilder.CreateTable(
                name: "Talks",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    MemberId = table.Column<long>(type: "INTEGER", nullable: false),
                    PostId = table.Column<long>(type: "INTEGER", nullable: true),
                    SanctionId = table.Column<long>(type: "INTEGER", nullable: true),
                    Quote = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    LastAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Waits = table.Column<bool>(type: "INTEGER", nullable: false),
                    Unread = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Talks", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Talks_AspNetUsers_MemberId",
                        column: x => x.MemberId,
                        principalTable: "AspNetUsers",
                        principalColumn: "Id");
                    table.ForeignKey(
                        name: "FK_Talks_Posts_PostId",
                        column: x => x.PostId,
                        principalTable: "Posts",
                        principalColumn: "Id");
                    table.ForeignKey(
                        name: "FK_Talks_Sanctions_SanctionId",
                        column: x => x.SanctionId,
                        principalTable: "Sanctions",
                        principalColumn: "Id");
                });

            migrationBuilder.CreateTable(
                name: "UndoableDeeds",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Kind = table.Column<byte>(type: "INTEGER", nullable: false),
                    ById = table.Column<long>(type: "INTEGER", nullable: false),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Undone = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_UndoableDeeds", x => x.Id);
                    table.ForeignKey(
                        name: "FK_UndoableDeeds_AspNetUsers_ById",
                        column: x => x.ById,
                        principalTable: "AspNetUsers",
                        principalColumn: "Id");
                });

            migrationBuilder.CreateTable(
                name: "TalkWords",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    TalkId = table.Column<long>(type: "INTEGER", nullable: false),
                    ById = table.Column<long>(type: "INTEGER", nullable: true),
                    ByStaff = table.Column<bool>(type: "INTEGER", nullable: false),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Deed = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    Rule = table.Column<byte>(type: "INTEGER", nullable: true),
                    Text = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TalkWords", x => x.Id);
                    table.ForeignKey(
                        name: "FK_TalkWords_AspNetUsers_ById",
                        column: x => x.ById,
                        principalTable: "AspNetUsers",
                        principalColumn: "Id");
                    table.ForeignKey(
                        name: "FK_TalkWords_Talks_TalkId",
                        column: x => x.TalkId,
                        principalTable: "Talks",
                        principalColumn: "Id");
                });

            migrationBuilder.CreateTable(
                name: "UndoableSteps",
                columns: table => new
                {
                    DeedId = table.Column<long>(type: "INTEGER", nullable: false),
                    Number = table.Column<int>(type: "INTEGER", nullable: false),
                    PostId = table.Column<long>(type: "INTEGER", nullable: true),
                    RefId = table.Column<long>(type: "INTEGER", nullable: true),
                    Was = table.Column<long>(type: "INTEGER", nullable: false),
                    Became = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_UndoableSteps", x => new { x.DeedId, x.Number });
                    table.ForeignKey(
                        name: "FK_UndoableSteps_Posts_PostId",
                        column: x => x.PostId,
                        principalTable: "Posts",
                        principalColumn: "Id");
                    table.ForeignKey(
                        name: "FK_UndoableSteps_UndoableDeeds_DeedId",
                        column: x => x.DeedId,
                        principalTable: "UndoableDeeds",
                        principalColumn: "Id");
                });

            migrationBuilder.Sql("UPDATE \"AuditEntries\" SET \"Noun\" = substr(\"Deed\", 1, instr(\"Deed\", '.') - 1)");

            migrationBuilder.Sql("INSERT INTO \"Pins\" (\"TopicId\", \"Everywhere\", \"At\") SELECT \"Id\", 0, \"LastActivity\" FROM \"Topics\" WHERE \"Pinned\" = 1");

            migrationBuilder.CreateIndex(
                name: "IX_Reviews_ClaimedById",
                table: "Reviews",
                column: "ClaimedById");

            migrationBuilder.CreateIndex(
                name: "IX_Closures_Until",
                table: "Closures",
                column: "Until");

            migrationBuilder.CreateIndex(
                name: "IX_AuditEntries_MemberId_Id",
                table: "AuditEntries",
                columns: new[] { "MemberId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_AuditEntries_Noun_Id",
                table: "AuditEntries",
                columns: new[] { "Noun", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Pins_ById",
                table: "Pins",
                column: "ById");

            migrationBuilder.CreateIndex(
                name: "IX_Pins_Everywhere",
                table: "Pins",
                column: "Everywhere");

            migrationBuilder.CreateIndex(
                name: "IX_Pins_Until",
                table: "Pins",
                column: "Until");

            migrationBuilder.CreateIndex(
                name: "IX_Talks_MemberId_LastAt",
                table: "Talks",
                columns: new[] { "MemberId", "LastAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Talks_PostId",
                table: "Talks",
                column: "PostId");

            migrationBuilder.CreateIndex(
                name: "IX_Talks_SanctionId",
                table: "Talks",
                column: "SanctionId");

            migrationBuilder.CreateIndex(
                name: "IX_Talks_Waits_LastAt",
                table: "Talks",
                columns: new[] { "Waits", "LastAt" });

            migrationBuilder.CreateIndex(
                name: "IX_TalkWords_ById",
                table: "TalkWords",
                column: "ById");

            migrationBuilder.CreateIndex(
                name: "IX_TalkWords_TalkId",
                table: "TalkWords",
                column: "TalkId");

            migrationBuilder.CreateIndex(
                name: "IX_UndoableDeeds_ById_At",
                table: "UndoableDeeds",
                columns: new[] { "ById", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_UndoableSteps_PostId",
                table: "UndoableSteps",
                column: "PostId");

            migrationBuilder.AddForeignKey(
                name: "FK_Reviews_AspNetUsers_ClaimedById",
                table: "Reviews",
                column: "ClaimedById",
                principalTable: "AspNetUsers",
                principalColumn: "Id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_Reviews_AspNetUsers_ClaimedById",
                table: "Reviews");

            migrationBuilder.DropTable(
                name: "Pins");

            migrationBuilder.DropTable(
                name: "TalkWords");

            migrationBuilder.DropTable(
                name: "UndoableSteps");

            migrationBuilder.DropTable(
                name: "Talks");

            migrationBuilder.DropTable(
                name: "UndoableDeeds");

            migrationBuilder.DropIndex(
                name: "IX_Reviews_ClaimedById",
                table: "Reviews");

            migrationBuilder.DropIndex(
                name: "IX_Closures_Until",
                table: "Closures");

            migrationBuilder.DropIndex(
                name: "IX_AuditEntries_MemberId_Id",
                table: "AuditEntries");

            migrationBuilder.DropIndex(
                name: "IX_AuditEntries_Noun_Id",
                table: "AuditEntries");

            migrationBuilder.DropColumn(
                name: "Claimed",
                table: "Reviews");

            migrationBuilder.DropColumn(
                name: "ClaimedById",
                table: "Reviews");

            migrationBuilder.DropColumn(
                name: "Locked",
                table: "Posts");

            migrationBuilder.DropColumn(
                name: "Until",
                table: "Closures");

            migrationBuilder.DropColumn(
                name: "After",
                table: "AuditEntries");

            migrationBuilder.DropColumn(
                name: "Before",
                table: "AuditEntries");

            migrationBuilder.DropColumn(
                name: "Noun",
                table: "AuditEntries");
        }
    }
}
