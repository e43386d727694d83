using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Forum.Data;
using Forum.Search;
using Forum.Web.Host;
using Microsoft.AspNetCore.WebUtilities;

namespace Forum.Web.Search;

/// <summary>Counts what is searched for and whether a result is followed, in memory, and adds it to the database now and then. Of who it was only a mark is taken, made with a key that is gone with the program.</summary>
public sealed class SearchCounter(CountSearches countSearches, TimeProvider clock, ILogger<SearchCounter> logger) : Buffered(Interval, logger)
{
    /// <summary>How many topics a search page found. It is kept with the page, so that one that comes from the cache is counted as well.</summary>
    private const string Found = "Search-Found";

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    /// <summary>Words noted at once; what else is asked for meanwhile comes from a machine.</summary>
    private const int MaxNoted = 5_000;

    private readonly byte[] key = RandomNumberGenerator.GetBytes(32);
    private ConcurrentDictionary<(string Words, DateOnly Day), SearchTally> noted = new();

    /// <summary>Says on a search page what it found.</summary>
    public static void Tell(HttpResponse response, int total) => response.Headers[Found] = total.ToString(CultureInfo.InvariantCulture);

    /// <summary>Counts a page of results for words alone, the first one; and a post that was opened from any page of results. A browser that does not say where it comes from opens nothing that is counted.</summary>
    public void Count(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        if (!HttpMethods.IsGet(request.Method) || response.StatusCode >= StatusCodes.Status400BadRequest || Robots.Sent(request))
            return;
        if (request.Path == SearchAddress.Path && request.Query.Count == 1 && response.Headers.TryGetValue(Found, out var found))
            Note(request.Query["q"], (words, day) => new(words, day, 1, found == "0" ? 1 : 0, 0, MarkOf(words, context)));
        else if (IsPost(request.Path) && request.GetTypedHeaders().Referer is { AbsolutePath: SearchAddress.Path } from && from.Authority == request.Host.Value && QueryHelpers.ParseQuery(from.Query) is var asked && !asked.ContainsKey("topic"))
            Note(asked.GetValueOrDefault("q"), (words, day) => new(words, day, 0, 0, 1, 0));
    }

    /// <summary>Adds what was counted so far.</summary>
    public override async Task FlushAsync(CancellationToken cancellation)
    {
        if (!noted.IsEmpty)
            _ = (await countSearches.RunAsync(Actor.Operator, [.. Interlocked.Exchange(ref noted, new()).Values], cancellation)).Required;
    }

    private void Note(string? query, Func<string, DateOnly, SearchTally> tally)
    {
        if (SearchedWords.Of(query) is not { } words)
            return;
        var day = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        if (noted.Count < MaxNoted || noted.ContainsKey((words, day)))
            noted.AddOrUpdate((words, day), _ => tally(words, day), (_, known) => known.And(tally(words, day)));
    }

    /// <summary>One of 64, the same for the same searcher of the same words while the program runs.</summary>
    private long MarkOf(string words, HttpContext context)
    {
        var searcher = Viewer.IdOf(context.User)?.ToString(CultureInfo.InvariantCulture) ?? context.Network();
        return 1L << (HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{searcher}\n{words}"))[0] & 63);
    }

    /// <summary>As results name a post; where that leads to, it is not counted again.</summary>
    private static bool IsPost(PathString path) =>
        path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries) is ["t", _, _, var number] && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out _);
}

public static class SearchCounting
{
    /// <summary>Stands before the cache, so that cached pages count as well.</summary>
    public static void UseSearchCounter(this WebApplication app)
    {
        var counter = app.Services.GetRequiredService<SearchCounter>();
        app.Use(async (context, next) =>
        {
            await next(context);
            counter.Count(context);
        });
    }
}
