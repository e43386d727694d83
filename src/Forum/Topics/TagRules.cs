using Forum.Data;
using Microsoft.EntityFrameworkCore;

namespace Forum.Topics;

/// <summary>What those who look after tags are told when something cannot be.</summary>
internal static class TagRules
{
    public static Refusal? DescriptionRefusal(string description) =>
        description.Length > Tag.MaxDescriptionLength ? Refusal.Invalid("Please describe the tag in at most {0} characters.", "Description", Tag.MaxDescriptionLength) : null;

    public static Refusal Unknown(string name) => new(RefusalKind.NotFound, "There is no tag “{0}”.", null, name);

    /// <summary>Why a name cannot be given to another tag.</summary>
    public static async Task<Refusal> TakenAsync(ForumDbContext db, Tag tag, CancellationToken cancellation) => tag.SynonymOfId is { } realId
        ? new(RefusalKind.Conflict, "“{0}” is a synonym of “{1}” already.", "Name", tag.Name, await db.Tags.Where(t => t.Id == realId).Select(t => t.Name).SingleAsync(cancellation))
        : new(RefusalKind.Conflict, "There is a tag “{0}” already. Merge the two if they mean the same.", "Name", tag.Name);

    /// <summary>The row of that name, be it a tag or a synonym, to be changed.</summary>
    public static Task<Tag?> TagRowAsync(this ForumDbContext db, string name, CancellationToken cancellation) => db.Tags.SingleOrDefaultAsync(t => t.Name == name, cancellation);

    /// <summary>The tag of that name itself, not a synonym, to be changed.</summary>
    public static Task<Tag?> OwnTagAsync(this ForumDbContext db, string name, CancellationToken cancellation) => db.Tags.SingleOrDefaultAsync(t => t.Name == name && t.SynonymOfId == null, cancellation);
}
