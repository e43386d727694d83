using Forum.Boards;
using Forum.Data;
using Forum.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Forum.Topics;

/// <summary>Gives a tag another name; the old one becomes a synonym, so that its address leads to the tag for good.</summary>
public sealed class RenameTag(ForumWriter writer)
{
    /// <param name="to">A name that there is not yet, or a synonym of this tag, which then changes places with it.</param>
    public async Task<Result<Done>> RunAsync(Actor actor, string? name, string? to, CancellationToken cancellation)
    {
        if (!TagNames.ReadOne(to, "Name").Is(out var wanted, out var refusal))
            return refusal;
        var present = TagNames.Normal(name);

        return await writer.RunAsync<Done>(actor, async (deed, cancellation) =>
        {
            var db = deed.Db;
            if ((await db.RightsOfAsync(actor, deed.Now, cancellation)).CannotChangeTags() is { } mayNot)
                return mayNot;
            if (await db.OwnTagAsync(present, cancellation) is not { } tag)
                return TagRules.Unknown(present);
            if (tag.Name == wanted)
                return new Done();
            var other = await db.TagRowAsync(wanted, cancellation);
            if (other is not null && other.Id != tag.Id && other.SynonymOfId != tag.Id)
                return await TagRules.TakenAsync(db, other, cancellation);

            var old = tag.Name;
            // No two rows may have one name, not even for a moment.
            if (other is not null && other.Id != tag.Id)
                await NameAsync(other.Id, "");
            await NameAsync(tag.Id, wanted);
            var synonymId = await LeaveAsync(db, other, tag.Id, old, cancellation);
            deed.Audit("tag.renamed", before: old, after: wanted);
            deed.Tell(new TagMerged(synonymId, tag.Id));
            return new Done();

            Task<int> NameAsync(long id, string newName) => db.Tags.Where(t => t.Id == id).ExecuteUpdateAsync(set => set.SetProperty(t => t.Name, newName), cancellation);
        }, cancellation);
    }

    /// <summary>The row of the old name. Where the database takes both names for one, there is none to leave behind.</summary>
    private static async Task<long> LeaveAsync(ForumDbContext db, Tag? other, long tagId, string old, CancellationToken cancellation)
    {
        if (other is null)
        {
            var synonym = new Tag { Name = old, SynonymOfId = tagId };
            db.Tags.Add(synonym);
            await db.SaveChangesAsync(cancellation);
            return synonym.Id;
        }
        if (other.Id != tagId)
            await db.Tags.Where(t => t.Id == other.Id).ExecuteUpdateAsync(set => set.SetProperty(t => t.Name, old), cancellation);
        return other.Id;
    }
}
