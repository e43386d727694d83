using Forum.Boards;
using Forum.Data;
using Forum.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Forum.Topics;

/// <summary>
/// Makes a name stand for a tag: whoever types it gets the tag, and its address leads there for good. Where it was a tag itself, its topics carry
/// the other one now, which takes its place among those that boards ask for; who may use the other one stays as it is.
/// </summary>
public sealed class MergeTag(ForumWriter writer)
{
    /// <param name="name">A tag, a synonym, or a name that there is not yet.</param>
    /// <param name="into">The tag that stays, or a synonym of it.</param>
    public async Task<Result<Done>> RunAsync(Actor actor, string? name, string? into, CancellationToken cancellation)
    {
        if (!TagNames.ReadOne(name, "Name").Is(out var synonym, out var refusal) || !TagNames.ReadOne(into, "Into").Is(out var target, out refusal))
            return refusal;

        return await writer.RunAsync<Done>(actor, async (deed, cancellation) =>
        {
            var db = deed.Db;
            if ((await db.RightsOfAsync(actor, deed.Now, cancellation)).CannotChangeTags() is { } mayNot)
                return mayNot;
            if (await db.TagsNamed(target).SingleOrDefaultAsync(cancellation) is not { } tag)
                return Refusal.Invalid("There is no tag “{0}”.", "Into", target);
            var old = await db.TagRowAsync(synonym, cancellation);
            if (old?.Id == tag.Id)
                return Refusal.Invalid("“{0}” is the tag itself. Choose another name.", "Name", synonym);
            if (old?.SynonymOfId == tag.Id)
                return new Done();
            var freed = old?.SynonymOfId is not null;
            if (!await Tagging.CountAsync(db, old is { SynonymOfId: null } ? [old.Id, tag.Id] : [tag.Id], 0, cancellation))
                return Tagging.Merged;
            if (old is null)
            {
                db.Tags.Add(old = new Tag { Name = synonym, SynonymOfId = tag.Id });
                await db.SaveChangesAsync(cancellation);
            }
            else
            {
                await HandOverAsync(db, old.Id, tag.Id, cancellation);
                await db.Tags.Where(t => t.Id == tag.Id && t.Description == "").ExecuteUpdateAsync(set => set.SetProperty(t => t.Description, old.Description), cancellation);
                await db.Tags.Where(t => t.Id == tag.Id).ExecuteUpdateAsync(set => set.SetProperty(t => t.Kept, t => t.Kept || old.Kept), cancellation);
            }
            if (freed)
                deed.Tell(new SynonymFreed(old.Id));
            deed.Audit("tag.merged", before: synonym, after: tag.Name);
            deed.Tell(new TagMerged(old.Id, tag.Id));
            return new Done();
        }, cancellation);
    }

    /// <summary>All that belongs to one tag goes to another, in as many statements however many topics there are.</summary>
    private static async Task HandOverAsync(ForumDbContext db, long fromId, long toId, CancellationToken cancellation)
    {
        await db.Tags.Where(t => t.Id == fromId || t.SynonymOfId == fromId)
            .ExecuteUpdateAsync(set => set.SetProperty(t => t.SynonymOfId, toId).SetProperty(t => t.Topics, 0).SetProperty(t => t.Kept, false), cancellation);
        await db.TopicTags.Where(t => t.TagId == fromId && db.TopicTags.Any(x => x.TopicId == t.TopicId && x.TagId == toId)).ExecuteDeleteAsync(cancellation);
        await db.TopicTags.Where(t => t.TagId == fromId).ExecuteUpdateAsync(set => set.SetProperty(t => t.TagId, toId), cancellation);
        await db.Tags.Where(t => t.Id == toId)
            .ExecuteUpdateAsync(set => set.SetProperty(t => t.Topics, t => db.TopicTags.Count(x => x.TagId == t.Id && x.Topic.Visibility == Visibility.Visible)), cancellation);

        await db.BoardTags.Where(b => b.TagId == fromId && (b.Use == BoardTagUse.StaffOnly || db.BoardTags.Any(x => x.BoardId == b.BoardId && x.TagId == toId && x.Use == b.Use)))
            .ExecuteDeleteAsync(cancellation);
        await db.BoardTags.Where(b => b.TagId == fromId).ExecuteUpdateAsync(set => set.SetProperty(b => b.TagId, toId), cancellation);
    }
}
