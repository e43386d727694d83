using Forum.Data;
using Microsoft.EntityFrameworkCore;

namespace Forum.Topics;

/// <summary>Puts tags on topics, and counts them.</summary>
internal static class Tagging
{
    /// <summary>The answer to whoever lost a race for a tag, which databases with many writers know.</summary>
    public static readonly Refusal Merged = new(RefusalKind.Conflict, "Somebody merged one of these tags at the same moment. Please send it again.", "Tags");

    /// <summary>Gives the topic exactly these tags; a topic in sight moves their counters. Refused where one of them was merged away meanwhile.</summary>
    public static async Task<Refusal?> TagAsync(this Deed deed, long topicId, bool visible, IReadOnlyList<Tag> tags, CancellationToken cancellation)
    {
        var db = deed.Db;
        var held = await db.TopicTags.Where(t => t.TopicId == topicId).ToListAsync(cancellation);
        var added = tags.Select(t => t.Id).Except(held.Select(t => t.TagId)).ToList();
        var gone = held.Where(h => tags.All(t => t.Id != h.TagId)).ToList();
        if (!await CountAsync(db, added, visible ? 1 : 0, cancellation) || !await CountAsync(db, gone.ConvertAll(t => t.TagId), visible ? -1 : 0, cancellation))
            return Merged;
        db.TopicTags.RemoveRange(gone);
        db.TopicTags.AddRange(added.Select(id => new TopicTag { TopicId = topicId, TagId = id }));
        return null;
    }

    /// <summary>Moves the counters of all tags of a topic that comes into sight (1) or leaves it (-1).</summary>
    public static Task CountTagsAsync(this Deed deed, long topicId, int by, CancellationToken cancellation) =>
        deed.Db.Tags.Where(t => deed.Db.TopicTags.Any(x => x.TopicId == topicId && x.TagId == t.Id))
            .ExecuteUpdateAsync(set => set.SetProperty(t => t.Topics, t => t.Topics + by), cancellation);

    /// <summary>Moves the counters of tags, be it by nothing: whoever would merge one of them waits until the deed is done. False where one is a synonym already.</summary>
    public static async Task<bool> CountAsync(ForumDbContext db, IReadOnlyList<long> tagIds, int by, CancellationToken cancellation) => tagIds.Count == 0
        || await db.Tags.Where(t => tagIds.Contains(t.Id) && t.SynonymOfId == null).ExecuteUpdateAsync(set => set.SetProperty(t => t.Topics, t => t.Topics + by), cancellation) == tagIds.Count;
}
