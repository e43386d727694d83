using System.Globalization;
using System.Text;
using Forum.Data;
using Microsoft.EntityFrameworkCore;

namespace Forum.Topics;

/// <summary>Reads the tags a person typed and finds or makes their rows.</summary>
internal static class TagNames
{
    /// <summary>Lower-case names without repeats, at most <see cref="Topic.MaxTags"/>; words are set apart by blanks or commas.</summary>
    public static Result<IReadOnlyList<string>> Read(IEnumerable<string?>? typed)
    {
        var names = (typed ?? []).SelectMany(t => Typed.Line(t).Normalize(NormalizationForm.FormKC).ToLowerInvariant().Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries))
            .Select(n => n.TrimStart('#')).Where(n => n.Length > 0).Distinct().ToList();
        if (names.Count > Topic.MaxTags)
            return Refusal.Invalid("Please choose at most {0} tags.", "Tags", Topic.MaxTags);
        foreach (var name in names)
            if (name.Length > Tag.MaxNameLength || name.EnumerateRunes().Any(r => !IsOfAWord(r)))
                return Refusal.Invalid("A tag is made of letters, digits and hyphens, at most {0} of them: \"{1}\" is not.", "Tags", Tag.MaxNameLength, name);
        return Result<IReadOnlyList<string>>.Of(names);
    }

    /// <summary>Gives the topic exactly these tags; a topic in sight moves their counters.</summary>
    public static async Task TagAsync(this Deed deed, long topicId, bool visible, IReadOnlyList<string> names, CancellationToken cancellation)
    {
        var db = deed.Db;
        var wanted = new SortedSet<long>();
        foreach (var name in names)
            wanted.Add(await IdAsync(db, name, cancellation));
        var held = await db.TopicTags.Where(t => t.TopicId == topicId).ToListAsync(cancellation);
        db.TopicTags.RemoveRange(held.Where(t => !wanted.Contains(t.TagId)));
        db.TopicTags.AddRange(wanted.Except(held.Select(t => t.TagId)).Select(id => new TopicTag { TopicId = topicId, TagId = id }));
        if (!visible)
            return;
        var before = held.Select(t => t.TagId).ToHashSet();
        foreach (var id in before.Union(wanted).Order())
            if (before.Contains(id) != wanted.Contains(id))
                await MoveAsync(db, id, wanted.Contains(id) ? 1 : -1, cancellation);
    }

    /// <summary>The tag of that name, made if there is none. The database compares: SQL Server's collation takes "straße" for "strasse", so two names may be one tag.</summary>
    private static async Task<long> IdAsync(ForumDbContext db, string name, CancellationToken cancellation)
    {
        if (await db.Tags.Where(t => t.Name == name).Select(t => (long?)t.Id).SingleOrDefaultAsync(cancellation) is { } known)
            return known;
        var tag = new Tag { Name = name };
        db.Tags.Add(tag);
        await db.SaveChangesAsync(cancellation);
        return tag.Id;
    }

    /// <summary>Letters with the marks that some scripts write vowels with, digits, and what names of techniques have in them.</summary>
    private static bool IsOfAWord(Rune rune) => Rune.IsLetterOrDigit(rune) || rune.Value is '-' or '.' or '+' or '#' or '_'
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    /// <summary>Moves the counters of all tags of a topic that comes into sight (1) or leaves it (-1).</summary>
    public static Task CountTagsAsync(this Deed deed, long topicId, int by, CancellationToken cancellation) =>
        deed.Db.Tags.Where(t => deed.Db.TopicTags.Any(x => x.TopicId == topicId && x.TagId == t.Id))
            .ExecuteUpdateAsync(set => set.SetProperty(t => t.Topics, t => t.Topics + by), cancellation);

    private static Task MoveAsync(ForumDbContext db, long tagId, int by, CancellationToken cancellation) =>
        db.Tags.Where(t => t.Id == tagId).ExecuteUpdateAsync(set => set.SetProperty(t => t.Topics, t => t.Topics + by), cancellation);
}
