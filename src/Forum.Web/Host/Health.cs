using System.Globalization;
using Forum.Data;
using Forum.Search;
using Microsoft.EntityFrameworkCore;

namespace Forum.Web.Host;

/// <summary>What a proxy or an orchestrator asks: is the process alive, and may it be sent readers.</summary>
public static class Health
{
    public static void MapHealth(this WebApplication app)
    {
        var health = app.MapGroup("/health").AllowAnonymous();
        health.MapGet("/live", () => Results.Text("alive"));
        health.MapGet("/ready", async (IDbContextFactory<ForumDbContext> contexts, SearchIndex search, CancellationToken cancellation) =>
        {
            await using var db = await contexts.CreateDbContextAsync(cancellation);
            return !await db.Database.CanConnectAsync(cancellation) ? NotReady("The database does not answer.")
                : search.Building is { } build ? NotReady(string.Create(CultureInfo.InvariantCulture, $"The search index is being built: {100 * build.Share:0} %."))
                : !search.IsReady ? NotReady("The search index is not level with the database yet.")
                : Results.Text("ready");
        });
    }

    private static IResult NotReady(string why) => Results.Text(why, statusCode: StatusCodes.Status503ServiceUnavailable);
}
