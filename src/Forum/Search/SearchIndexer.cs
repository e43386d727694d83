using Forum.Data;
using Forum.Outbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Forum.Search;

/// <summary>Keeps this node's search index level with the outbox: what is posted is found within a second.</summary>
public sealed class SearchIndexer(IDbContextFactory<ForumDbContext> contexts, SearchIndex index, Synonyms synonyms, Signal signal, ILogger<SearchIndexer> logger)
    : Consumer(contexts, signal, logger)
{
    private readonly IDbContextFactory<ForumDbContext> contexts = contexts;
    private readonly ILogger logger = logger;
    private bool counted;

    protected override async Task<long> StartAsync(ForumDbContext db, CancellationToken cancellation)
    {
        // Events up to where the index stands are not handed over.
        await ReadSynonymsAsync(db, cancellation);
        var builds = index.Builds;
        var cursor = await index.OpenAsync(db, cancellation);
        counted = index.Builds != builds;
        return cursor;
    }

    protected override async Task HandleAsync(IReadOnlyList<ForumEvent> events, long last, CancellationToken cancellation)
    {
        var update = new IndexUpdate(events, index.Site, logger);
        var reworded = events.Any(e => e is SynonymsChanged or BoardChanged);
        if (update.IsEmpty && !reworded)
        {
            index.Show(last);
            return;
        }
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        if (reworded)
            await ReadSynonymsAsync(db, cancellation);
        await index.WriteAsync(writer => update.ApplyAsync(db, writer, cancellation), last);
    }

    /// <summary>Before anybody searches by them.</summary>
    private async Task ReadSynonymsAsync(ForumDbContext db, CancellationToken cancellation)
    {
        synonyms.Forget();
        await synonyms.ReadAsync(db, index.Site, cancellation);
    }

    protected override async Task<bool> TendAsync(CancellationToken cancellation)
    {
        if (!counted)
            await CountAsync(cancellation);
        return index.Tend();
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        index.Close();
    }

    /// <summary>After the start, as soon as index and database stand at the same event: an index that has lost documents opens without a complaint.</summary>
    private async Task CountAsync(CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var before = await NewestAsync(db, cancellation);
        if (before != index.Applied)
            return;
        var posts = await db.Posts.AsNoTracking().Visible().CountAsync(cancellation);
        if (before != await NewestAsync(db, cancellation))
            return;
        counted = true;
        if (posts != index.Documents)
            index.Distrust(null);
    }
}
