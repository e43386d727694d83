using Forum.Boards;
using Forum.Data;
using Forum.Outbox;

namespace Forum.Topics;

/// <summary>Makes a synonym a name of its own again. Topics stay with the tag that they carry.</summary>
public sealed class FreeSynonym(ForumWriter writer)
{
    public Task<Result<Done>> RunAsync(Actor actor, string name, CancellationToken cancellation) =>
        writer.RunAsync<Done>(actor, async (deed, cancellation) =>
        {
            if ((await deed.Db.RightsOfAsync(actor, deed.Now, cancellation)).CannotChangeTags() is { } mayNot)
                return mayNot;
            if (await deed.Db.TagRowAsync(TagNames.Normal(name), cancellation) is not { } synonym)
                return TagRules.Unknown(name);
            if (synonym.SynonymOfId is null)
                return new Done();
            (synonym.SynonymOfId, synonym.Description) = (null, "");
            deed.Audit("tag.freed", note: synonym.Name);
            deed.Tell(new SynonymFreed(synonym.Id));
            return new Done();
        }, cancellation);
}
