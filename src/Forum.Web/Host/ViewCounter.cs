using System.Collections.Concurrent;
using System.Globalization;
using Forum.Data;
using Forum.Topics;

namespace Forum.Web.Host;

/// <summary>Counts who looks at topics, in memory, and adds it to the database every few seconds.</summary>
public sealed class ViewCounter(CountViews countViews, ILogger<ViewCounter> logger) : Buffered(Interval, logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private ConcurrentDictionary<long, int> views = new();

    /// <summary>Counts a topic's page that was asked for by a browser.</summary>
    public void Count(HttpContext context)
    {
        var parts = context.Request.Path.Value!.Split('/', 4, StringSplitOptions.RemoveEmptyEntries);
        if (parts is ["t", var text, ..] && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && !Robots.Sent(context.Request))
            views.AddOrUpdate(id, 1, (_, count) => count + 1);
    }

    /// <summary>Adds what was counted so far to the topics.</summary>
    public override async Task FlushAsync(CancellationToken cancellation)
    {
        if (views.IsEmpty)
            return;
        var counted = Interlocked.Exchange(ref views, new());
        await countViews.RunAsync(Actor.Operator, counted, cancellation);
    }
}

public static class ViewCounting
{
    /// <summary>Stands before the cache, so that cached pages count as well.</summary>
    public static void UseViewCounter(this WebApplication app)
    {
        var counter = app.Services.GetRequiredService<ViewCounter>();
        app.Use(async (context, next) =>
        {
            await next(context);
            if (context.Response.StatusCode == StatusCodes.Status200OK && HttpMethods.IsGet(context.Request.Method) && context.Request.Path.StartsWithSegments("/t"))
                counter.Count(context);
        });
    }
}
