using Forum.Boards;
using Forum.Data;
using Forum.Outbox;

namespace Forum.Topics;

/// <summary>Makes a tag that is there for everybody before a topic carries it.</summary>
public sealed class CreateTag(ForumWriter writer)
{
    public async Task<Result<Done>> RunAsync(Actor actor, string? name, string? description, CancellationToken cancellation)
    {
        var says = Typed.Line(description);
        if (!TagNames.ReadOne(name, "Name").Is(out var tagName, out var refusal) || (refusal = TagRules.DescriptionRefusal(says)) is not null)
            return refusal;

        return await writer.RunAsync<Done>(actor, async (deed, cancellation) =>
        {
            if ((await deed.Db.RightsOfAsync(actor, deed.Now, cancellation)).CannotChangeTags() is { } mayNot)
                return mayNot;
            var tag = await deed.Db.TagRowAsync(tagName, cancellation);
            if (tag is not null && (tag.SynonymOfId is not null || tag.Kept || tag.Topics > 0))
                return await TagRules.TakenAsync(deed.Db, tag, cancellation);
            if (tag is null)
                deed.Db.Tags.Add(tag = new Tag { Name = tagName });
            (tag.Kept, tag.Description) = (true, says);
            await deed.Db.SaveChangesAsync(cancellation);
            deed.Audit("tag.created", note: tagName);
            deed.Tell(new TagChanged(tag.Id));
            return new Done();
        }, cancellation);
    }
}
