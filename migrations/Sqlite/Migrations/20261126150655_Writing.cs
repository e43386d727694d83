using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Forum.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Writing : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Answers",
                table: "Topics",
                type: "TEXT",
                maxLength: -1,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "MeToos",
                table: "Topics",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "Reason",
                table: "Revisions",
                type: "TEXT",
                maxLength: 200,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Tags",
                table: "Revisions",
                type: "TEXT",
                maxLength: 200,
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "Wiki",
                table: "Posts",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "AllowsWiki",
                table: "Boards",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "AskFields",
                table: "Boards",
                type: "TEXT",
                maxLength: 4000,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "AskTemplate",
                table: "Boards",
                type: "TEXT",
                maxLength: 4000,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "Guidance",
                table: "Boards",
                type: "TEXT",
                maxLength: 4000,
                nullable: false,
                defaultValue: "");

            migrationBuilder.CreateTable(
                name: "Deflections",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    TopicId = table.Column<long>(type: "INTEGER", nullable: false),
                    MemberId = table.Column<long>(type: "INTEGER", nullable: true),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Deflections", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Deflections_AspNetUsers_MemberId",
                        column: x => x.MemberId,
                        principalTable: "AspNetUsers",
                        principalColumn: "Id");
                    table.ForeignKey(
                        name: "FK_Deflections_Topics_TopicId",
                        column: x => x.TopicId,
                        principalTable: "Topics",
                        principalColumn: "Id");
                });

            migrationBuilder.CreateTable(
                name: "Drafts",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    MemberId = table.Column<long>(type: "INTEGER", nullable: true),
                    SecretHash = table.Column<string>(type: "TEXT", maxLength: 43, nullable: true),
                    Place = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Title = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    Board = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    Tags = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Markdown = table.Column<string>(type: "TEXT", maxLength: -1, nullable: false),
                    Answers = table.Column<string>(type: "TEXT", maxLength: -1, nullable: true),
                    ReplyToId = table.Column<long>(type: "INTEGER", nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false),
                    Saved = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Other = table.Column<string>(type: "TEXT", maxLength: -1, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Drafts", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Drafts_AspNetUsers_MemberId",
                        column: x => x.MemberId,
                        principalTable: "AspNetUsers",
                        principalColumn: "Id");
                });

            migrationBuilder.CreateTable(
                name: "MeToos",
                columns: table => new
                {
                    TopicId = table.Column<long>(type: "INTEGER", nullable: false),
                    MemberId = table.Column<long>(type: "INTEGER", nullable: false),
                    Since = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MeToos", x => new { x.TopicId, x.MemberId });
                    table.ForeignKey(
                        name: "FK_MeToos_AspNetUsers_MemberId",
                        column: x => x.MemberId,
                        principalTable: "AspNetUsers",
                        principalColumn: "Id");
                    table.ForeignKey(
                        name: "FK_MeToos_Topics_TopicId",
                        column: x => x.TopicId,
                        principalTable: "Topics",
                        principalColumn: "Id");
                });

            migrationBuilder.CreateTable(
                name: "Uploads",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Key = table.Column<string>(type: "TEXT", maxLength: 22, nullable: false),
                    MemberId = table.Column<long>(type: "INTEGER", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 150, nullable: false),
                    ContentType = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    Bytes = table.Column<long>(type: "INTEGER", nullable: false),
                    Width = table.Column<int>(type: "INTEGER", nullable: true),
                    Height = table.Column<int>(type: "INTEGER", nullable: true),
                    Created = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Uploads", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Uploads_AspNetUsers_MemberId",
                        column: x => x.MemberId,
                        principalTable: "AspNetUsers",
                        principalColumn: "Id");
                });

            migrationBuilder.CreateTable(
                name: "PostUploads",
                columns: table => new
                {
                    UploadId = table.Column<long>(type: "INTEGER", nullable: false),
                    PostId = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PostUploads", x => new { x.UploadId, x.PostId });
                    table.ForeignKey(
                        name: "FK_PostUploads_Posts_PostId",
                        column: x => x.PostId,
                        principalTable: "Posts",
                        principalColumn: "Id");
                    table.ForeignKey(
                        name: "FK_PostUploads_Uploads_UploadId",
                        column: x => x.UploadId,
                        principalTable: "Uploads",
                        principalColumn: "Id");
                });

            migrationBuilder.CreateIndex(
                name: "IX_Posts_RendererVersion_Id",
                table: "Posts",
                columns: new[] { "RendererVersion", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Deflections_At",
                table: "Deflections",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_Deflections_MemberId",
                table: "Deflections",
                column: "MemberId");

            migrationBuilder.CreateIndex(
                name: "IX_Deflections_TopicId_MemberId",
                table: "Deflections",
                columns: new[] { "TopicId", "MemberId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Drafts_MemberId_Place",
                table: "Drafts",
                columns: new[] { "MemberId", "Place" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Drafts_Saved",
                table: "Drafts",
                column: "Saved");

            migrationBuilder.CreateIndex(
                name: "IX_Drafts_SecretHash",
                table: "Drafts",
                column: "SecretHash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_MeToos_MemberId",
                table: "MeToos",
                column: "MemberId");

            migrationBuilder.CreateIndex(
                name: "IX_PostUploads_PostId",
                table: "PostUploads",
                column: "PostId");

            migrationBuilder.CreateIndex(
                name: "IX_Uploads_Created",
                table: "Uploads",
                column: "Created");

            migrationBuilder.CreateIndex(
                name: "IX_Uploads_Key",
                table: "Uploads",
                column: "Key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Uploads_MemberId",
                table: "Uploads",
                column: "MemberId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Deflections");

            migrationBuilder.DropTable(
                name: "Drafts");

            migrationBuilder.DropTable(
                name: "MeToos");

            migrationBuilder.DropTable(
                name: "PostUploads");

            migrationBuilder.DropTable(
                name: "Uploads");

            migrationBuilder.DropIndex(
                name: "IX_Posts_RendererVersion_Id",
                table: "Posts");

            migrationBuilder.DropColumn(
                name: "Answers",
                table: "Topics");

            migrationBuilder.DropColumn(
                name: "MeToos",
                table: "Topics");

            migrationBuilder.DropColumn(
                name: "Reason",
                table: "Revisions");

            migrationBuilder.DropColumn(
                name: "Tags",
                table: "Revisions");

            migrationBuilder.DropColumn(
                name: "Wiki",
                table: "Posts");

            migrationBuilder.DropColumn(
                name: "AllowsWiki",
                table: "Boards");

            migrationBuilder.DropColumn(
                name: "AskFields",
                table: "Boards");

            migrationBuilder.DropColumn(
                name: "AskTemplate",
                table: "Boards");

            migrationBuilder.DropColumn(
                name: "Guidance",
                table: "Boards");
        }
    }
}
