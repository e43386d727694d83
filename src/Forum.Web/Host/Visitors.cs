using System.Reflection;
using Forum.Admin;
using Forum.Data;
using Forum.Outbox;
using Forum.Search;
using Forum.Settings;
using Forum.Standing;
using Forum.Web.Api;
using Forum.Web.Search;
using Forum.Web.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Primitives;

namespace Forum.Web.Host;

/// <summary>
/// The visitors' branch: pages for readers without an account have no islands, no forms to post and no cookie, and come from the
/// output cache. Members never pass through it, so a member's page cannot be cached by mistake.
/// </summary>
public static class Visitors
{
    /// <summary>Forms that are posted live here and need an antiforgery cookie, so these pages are nobody's to share; and files, which are no pages.</summary>
    private static readonly string[] Uncached = ["/account", "/ask", "/setup", "/uploads"];

    /// <summary>What pages read of the query, told by the pages themselves, so that none is kept for an address that differs in it.</summary>
    private static readonly SortedSet<string> Queries = new(typeof(Visitors).Assembly.GetTypes().SelectMany(t => t.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
        .Select(p => p.GetCustomAttribute<SupplyParameterFromQueryAttribute>() is { } query ? query.Name ?? p.Name : null).OfType<string>(), StringComparer.OrdinalIgnoreCase);

    public static void AddVisitorCache(this IServiceCollection services)
    {
        services.AddSingleton<PageCacheEviction>();
        services.AddHostedService(provider => provider.GetRequiredService<PageCacheEviction>());
        services.AddOutputCache(cache => cache.AddBasePolicy(new VisitorPages()));
    }

    public static void UseVisitors(this WebApplication app) => app.UseWhen(IsVisit, visit =>
    {
        // What is kept for one encoding is made for that one, whatever else the browser that asked first would have taken.
        visit.Use((context, next) =>
        {
            context.Request.Headers.AcceptEncoding = Encoding(context.Request);
            return next(context);
        });
        visit.UseRouting();
        // What no page reads is no part of what is kept, and shall not stand in what others are shown.
        visit.Use((context, next) =>
        {
            if (IsPage(context) && context.Request.Query.Keys.Any(key => !Queries.Contains(key)))
                context.Request.QueryString = QueryString.Create(context.Request.Query.Where(query => Queries.Contains(query.Key)));
            return next(context);
        });
        visit.UseRateLimiter();
        visit.UseAuthorization();
        visit.UseAntiforgery();
        visit.UseOutputCache();
        visit.UseResponseCompression();
        visit.UseEndpoints(endpoints =>
        {
            endpoints.MapStaticAssets().AllowAnonymous();
            endpoints.MapRazorComponents<App>().SayWhoMayCome();
        });
    });

    private static bool IsVisit(HttpContext context) =>
        HttpMethods.IsGet(context.Request.Method) && context.User.Identity?.IsAuthenticated != true
        && !Uncached.Any(path => context.Request.Path.StartsWithSegments(path)) && !ApiSurface.Holds(context.Request);

    private static bool IsPage(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is not null;

    private static string Encoding(HttpRequest request)
    {
        var accepted = request.GetTypedHeaders().AcceptEncoding.Where(e => e.Quality is not 0).Select(e => e.Value.ToString()).ToList();
        return accepted.Contains("br", StringComparer.OrdinalIgnoreCase) ? "br" : accepted.Contains("gzip", StringComparer.OrdinalIgnoreCase) ? "gzip" : "";
    }

    /// <summary>Caches pages of visitors by address and the queries that pages know.</summary>
    private sealed class VisitorPages : IOutputCachePolicy
    {
        /// <summary>Bounds what an event could not evict: the ages on a page, and lists beside a topic.</summary>
        private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(60);

        public ValueTask CacheRequestAsync(OutputCacheContext context, CancellationToken cancellation)
        {
            var page = IsPage(context.HttpContext);
            var eviction = Eviction(context);
            context.HttpContext.Items[this] = eviction.Generation;
            context.EnableOutputCaching = page;
            context.AllowCacheLookup = page;
            // The search takes events in by itself: what it finds before it has taken in those that pages were evicted for is no answer to keep.
            context.AllowCacheStorage = page && (!IsSearch(context.HttpContext.Request) || eviction.SearchIsLevel);
            context.AllowLocking = page;
            context.ResponseExpirationTimeSpan = Lifetime;
            context.CacheVaryByRules.QueryKeys = new StringValues([.. Queries]);
            context.CacheVaryByRules.VaryByValues["encoding"] = context.HttpContext.Request.Headers.AcceptEncoding.ToString();
            if (page)
                foreach (var tag in PageCacheEviction.TagsOf(context.HttpContext.Request.Path))
                    context.Tags.Add(tag);
            return ValueTask.CompletedTask;
        }

        public ValueTask ServeFromCacheAsync(OutputCacheContext context, CancellationToken cancellation) => ValueTask.CompletedTask;

        public ValueTask ServeResponseAsync(OutputCacheContext context, CancellationToken cancellation)
        {
            // A page that was begun before a change and finished after its eviction may show the past for as long as it lives.
            var fresh = context.HttpContext.Items[this] is long begun && begun == Eviction(context).Generation;
            var response = context.HttpContext.Response;
            if (!fresh || response.StatusCode != StatusCodes.Status200OK || !StringValues.IsNullOrEmpty(response.Headers.SetCookie))
                context.AllowCacheStorage = false;
            return ValueTask.CompletedTask;
        }

        /// <summary>The search page, which finds by tags alone too, and pages that search in themselves.</summary>
        private static bool IsSearch(HttpRequest request) => request.Path.StartsWithSegments(SearchAddress.Path) || request.Query.ContainsKey("q");

        private static PageCacheEviction Eviction(OutputCacheContext context) => context.HttpContext.RequestServices.GetRequiredService<PageCacheEviction>();
    }
}

/// <summary>Throws cached pages away when something happened that they show: a topic's page with its topic, everything else with anything.</summary>
public sealed class PageCacheEviction(IDbContextFactory<ForumDbContext> contexts, Signal signal, IOutputCacheStore store, LeaderboardQueries leaderboards, SearchIndex index, LiveSettings settings, ForumOptions options, ILogger<PageCacheEviction> logger)
    : Consumer(contexts, signal, logger)
{
    private const string Lists = "lists";
    private const string Everything = "pages";

    private long generation;
    private long handled;
    private long evicted;
    private readonly Signal shown = new();

    /// <summary>Changes with each eviction.</summary>
    public long Generation => Interlocked.Read(ref generation);

    /// <summary>Completes when no page is kept that does not show the event with this sequence.</summary>
    public async Task WaitForAsync(long sequence, CancellationToken cancellation)
    {
        while (true)
        {
            var next = shown.Next;
            if (Interlocked.Read(ref evicted) >= sequence)
                return;
            await next.WaitAsync(cancellation);
        }
    }

    /// <summary>Whether the search of this node finds everything that pages were evicted for.</summary>
    public bool SearchIsLevel => index.IsReady && index.Applied >= Interlocked.Read(ref handled);

    /// <summary>The tags of the page at an address.</summary>
    public static IEnumerable<string> TagsOf(PathString path)
    {
        yield return Everything;
        var parts = path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries);
        yield return parts is ["t", var id, ..] ? $"topic-{id}" : Lists;
    }

    protected override async Task<long> StartAsync(ForumDbContext db, CancellationToken cancellation)
    {
        var newest = await NewestAsync(db, cancellation);
        Interlocked.Exchange(ref handled, newest);
        Shown(newest);
        return newest;
    }

    protected override async Task HandleAsync(IReadOnlyList<ForumEvent> events, long last, CancellationToken cancellation)
    {
        // First, or a page made now would be kept with what was so before.
        if (events.Any(e => e is SettingChanged or PageChanged))
        {
            await settings.ReadAsync(cancellation);
            options.Speak();
        }
        if (events.Any(e => e is VoteChanged or PostVisibilityChanged or SolutionChanged or TopicMoved or PostsMoved or MemberChanged or BoardChanged or TopicsImported))
            leaderboards.Forget();
        Interlocked.Exchange(ref handled, last);
        Interlocked.Increment(ref generation);
        // What went out of sight may stand by its title beside other topics.
        if (events.Any(e => e is MemberChanged or BoardChanged or TopicMoved or PostsMoved or TopicsImported or PostVisibilityChanged or TagMerged or SettingChanged or PageChanged))
            await store.EvictByTagAsync(Everything, cancellation);
        foreach (var topic in events.Select(e => e.Topic).OfType<long>().Distinct())
            await store.EvictByTagAsync($"topic-{topic}", cancellation);
        await store.EvictByTagAsync(Lists, cancellation);
        Shown(last);
    }

    private void Shown(long sequence)
    {
        Interlocked.Exchange(ref evicted, sequence);
        shown.Raise();
    }
}
