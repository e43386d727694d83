using System.Globalization;
using Forum.Data;
using Microsoft.EntityFrameworkCore;

namespace Forum.Search;

/// <summary>What an index is a copy of: of which database, up to which event, in which form. It lies in the commit, so that the two cannot disagree.</summary>
internal sealed record IndexStamp(string Schema, Guid Database, long Cursor)
{
    private const string SchemaKey = "schema", DatabaseKey = "database", CursorKey = "cursor";

    /// <summary>The stamp of a commit; null where it has none.</summary>
    public static IndexStamp? Of(IDictionary<string, string>? commit) =>
        commit is not null && commit.TryGetValue(SchemaKey, out var schema)
        && commit.TryGetValue(DatabaseKey, out var id) && Guid.TryParse(id, out var database)
        && commit.TryGetValue(CursorKey, out var text) && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var cursor)
            ? new(schema, database, cursor) : null;

    public Dictionary<string, string> ToCommit() => new()
    {
        [SchemaKey] = Schema,
        [DatabaseKey] = Database.ToString(),
        [CursorKey] = Cursor.ToString(CultureInfo.InvariantCulture),
    };
}

/// <summary>Which events a database still has, and the form that an index of it has here.</summary>
internal sealed record OutboxSpan(string Schema, Guid Database, long Oldest, long Newest)
{
    public static async Task<OutboxSpan> ReadAsync(ForumDbContext db, Language site, CancellationToken cancellation)
    {
        var counter = await db.OutboxCounters.AsNoTracking().SingleAsync(cancellation);
        return new(SearchFields.SchemaIn(site), counter.DatabaseId, await db.OutboxEvents.MinAsync(e => (long?)e.Sequence, cancellation) ?? counter.Value + 1, counter.Value);
    }

    /// <summary>Whether an index is of this database and of the present form, whatever event it stands at.</summary>
    public bool IsOf(IndexStamp stamp) => stamp.Schema == Schema && stamp.Database == Database;

    /// <summary>Whether an index can go on from where it stands. Old events are cleared away: who stands before the first that is left has missed some.</summary>
    public bool Continues(IndexStamp? stamp) => stamp is not null && IsOf(stamp) && stamp.Cursor >= Oldest - 1 && stamp.Cursor <= Newest;
}
