using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Forum.Migrations.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class RemindersAndDaysOfVotes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateOnly>(
                name: "Day",
                table: "Votes",
                type: "date",
                nullable: false,
                defaultValue: new DateOnly(1, 1, 1));

            // Until now days were those of UTC.
            migrationBuilder.Sql(
                """
                UPDATE [Votes] SET [Day] = CAST([Cast] AS date)
                """);

            migrationBuilder.CreateTable(
                name: "SolutionReminders",
                columns: table => new
                {
                    TopicId = table.Column<long>(type: "bigint", nullable: false),
                    Given = table.Column<DateTime>(type: "datetime2", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SolutionReminders", x => x.TopicId);
                    table.ForeignKey(
                        name: "FK_SolutionReminders_Topics_TopicId",
                        column: x => x.TopicId,
                        principalTable: "Topics",
                        principalColumn: "Id");
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "SolutionReminders");

            migrationBuilder.DropColumn(
                name: "Day",
                table: "Votes");
        }
    }
}
