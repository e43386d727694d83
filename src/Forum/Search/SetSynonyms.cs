using Forum.Boards;
using Forum.Data;
using Forum.Outbox;
using Forum.Settings;
using Microsoft.EntityFrameworkCore;

namespace Forum.Search;

/// <summary>Makes a group of words that mean the same, or changes one. Searches on every node follow at once.</summary>
public sealed class SetSynonyms(ForumWriter writer, ForumOptions options)
{
    /// <param name="groupId">The group that is changed; null for a new one.</param>
    /// <param name="entries">Words, or expressions of up to four, set apart by commas.</param>
    public Task<Result<Done>> RunAsync(Actor actor, long? groupId, string? entries, CancellationToken cancellation)
    {
        var typed = Expression.EntriesOf(entries).ToList();
        return writer.RunAsync<Done>(actor, async (deed, cancellation) =>
        {
            if ((await deed.Db.RightsOfAsync(actor, deed.Now, cancellation)).CannotChangeSynonyms() is { } mayNot)
                return mayNot;
            var groups = await deed.Db.SynonymGroups.ToListAsync(cancellation);
            if (SynonymRules.Refusal(typed, groups.Where(g => g.Id != groupId), Language.Of(options.Site.Language)) is { } refusal)
                return refusal;
            var group = groups.Find(g => g.Id == groupId);
            if (groupId is not null && group is null)
                return Refusal.NotFound;
            var words = string.Join(", ", typed);
            if (group?.Entries == words)
                return new Done();
            if (group is null)
                deed.Db.SynonymGroups.Add(group = new SynonymGroup { Entries = words });
            group.Entries = words;
            await deed.Db.SaveChangesAsync(cancellation);
            deed.Audit("synonyms.set", note: words);
            deed.Tell(new SynonymsChanged(group.Id));
            return new Done();
        }, cancellation);
    }
}

/// <summary>Takes a group of synonyms away: each of its words stands for itself again.</summary>
public sealed class RemoveSynonyms(ForumWriter writer)
{
    public Task<Result<Done>> RunAsync(Actor actor, long groupId, CancellationToken cancellation) => writer.RunAsync<Done>(actor, async (deed, cancellation) =>
    {
        if ((await deed.Db.RightsOfAsync(actor, deed.Now, cancellation)).CannotChangeSynonyms() is { } mayNot)
            return mayNot;
        // Gone already: a second click.
        if (await deed.Db.SynonymGroups.SingleOrDefaultAsync(g => g.Id == groupId, cancellation) is not { } group)
            return new Done();
        deed.Db.SynonymGroups.Remove(group);
        deed.Audit("synonyms.removed", note: group.Entries);
        deed.Tell(new SynonymsChanged(groupId));
        return new Done();
    }, cancellation);
}
