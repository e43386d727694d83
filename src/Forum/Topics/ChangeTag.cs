using Forum.Boards;
using Forum.Data;
using Forum.Outbox;

namespace Forum.Topics;

/// <summary>What is to be different on a tag; what is null stays as it is.</summary>
/// <param name="Description">A few sentences of plain text, at most <see cref="Tag.MaxDescriptionLength"/> characters; empty for none.</param>
/// <param name="Kept">There for everybody even when no topic carries it.</param>
public sealed record TagChange(string Name, string? Description = null, bool? Kept = null);

/// <summary>Says what a tag is for, and whether it is there without topics.</summary>
public sealed class ChangeTag(ForumWriter writer)
{
    public Task<Result<Done>> RunAsync(Actor actor, TagChange change, CancellationToken cancellation)
    {
        var description = change.Description is null ? null : Typed.Line(change.Description);
        if (description is not null && TagRules.DescriptionRefusal(description) is { } wrong)
            return Task.FromResult<Result<Done>>(wrong);

        return writer.RunAsync<Done>(actor, async (deed, cancellation) =>
        {
            if ((await deed.Db.RightsOfAsync(actor, deed.Now, cancellation)).CannotChangeTags() is { } mayNot)
                return mayNot;
            if (await deed.Db.OwnTagAsync(TagNames.Normal(change.Name), cancellation) is not { } tag)
                return TagRules.Unknown(change.Name);
            (tag.Description, tag.Kept) = (description ?? tag.Description, change.Kept ?? tag.Kept);
            if (!deed.AuditChanges("tag.changed", tag, tag.Name))
                return new Done();
            deed.Tell(new TagChanged(tag.Id));
            return new Done();
        }, cancellation);
    }
}
