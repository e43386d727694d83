using Forum.Data;
using Forum.Outbox;
using Forum.Search;
using Forum.Settings;
using Forum.Uploads;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace Forum.Tests.Search;

/// <summary>Another node of the same forum, with an empty folder of its own for its index.</summary>
internal sealed class NewNode : IAsyncDisposable
{
    private readonly SearchForum forum;
    private readonly IDbContextFactory<ForumDbContext> contexts;
    private readonly ForumOptions options;
    private readonly SearchIndexer indexer;

    public NewNode(SearchForum forum, string name = "node-two")
    {
        this.forum = forum;
        contexts = forum.Engine.Get<IDbContextFactory<ForumDbContext>>();
        options = new() { DataPath = forum.Engine.Options.DataPath, NodePath = Path.Combine(forum.Engine.Options.DataPath, name), Uploads = forum.Engine.Options.Uploads, Site = forum.Engine.Options.Site };
        Snapshots = new(forum.Engine.Get<IUploadStore>(), options, forum.Engine.Clock, Heard);
        Index = new(contexts, options, Snapshots, forum.Engine.Clock, Said);
        indexer = new(contexts, Index, forum.Engine.Get<Synonyms>(), forum.Engine.Get<Signal>(), NullLogger<SearchIndexer>.Instance);
    }

    public SearchIndex Index { get; }

    public IndexSnapshots Snapshots { get; }

    public Journal<SearchIndex> Said { get; } = new();

    public Journal<IndexSnapshots> Heard { get; } = new();

    /// <summary>The wish to build the index anew, as the command leaves it.</summary>
    public string Wish => Path.Combine(options.NodePath, "search.rebuild");

    /// <summary>Opens the index as its indexer does first, without taking in any event.</summary>
    public async Task OpenAsync()
    {
        await using var db = forum.Engine.Db();
        await Index.OpenAsync(db, default);
    }

    /// <summary>Starts its indexer and waits until searches see all that was written.</summary>
    public async Task StartAsync(Func<bool>? until = null)
    {
        await indexer.StartAsync(default);
        await using var db = forum.Engine.Db();
        var newest = await db.OutboxCounters.Select(c => c.Value).SingleAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await Index.WaitUntilAsync(() => Index.Applied >= newest && until?.Invoke() is not false, limit.Token);
    }

    /// <summary>Titles of what a visitor finds here, the best first.</summary>
    public async Task<IEnumerable<string>> TitlesAsync(string query) =>
        (await new SearchQueries(contexts, Index, forum.Engine.Get<Synonyms>(), options, forum.Engine.Clock).SearchAsync(Actor.Visitor, new(query), default)).Items.Select(i => i.Title);

    public async ValueTask DisposeAsync()
    {
        await indexer.StopAsync(default);
        indexer.Dispose();
        Index.Dispose();
    }
}
