using System.Globalization;
using System.Text;
using Forum.Boards;
using Forum.Data;
using Microsoft.EntityFrameworkCore;

namespace Forum.Topics;

/// <summary>Reads the tags a person typed and finds their rows.</summary>
internal static class TagNames
{
    /// <summary>Lower-case names without repeats, at most <see cref="Topic.MaxTags"/>; words are set apart by blanks or commas.</summary>
    public static Result<IReadOnlyList<string>> Read(IEnumerable<string?>? typed) => Read(typed, Topic.MaxTags, "Tags");

    /// <summary>The name of one tag.</summary>
    /// <param name="field">Where it was typed.</param>
    public static Result<string> ReadOne(string? typed, string field) =>
        !Read([typed], 1, field).Is(out var names, out var refusal) ? refusal
        : names.Count == 0 ? Refusal.Invalid("Please name a tag.", field)
        : names[0];

    public static Result<IReadOnlyList<string>> Read(IEnumerable<string?>? typed, int most, string field)
    {
        var names = (typed ?? []).SelectMany(t => Normal(t).Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries))
            .Select(n => n.TrimStart('#')).Where(n => n.Length > 0).Distinct().ToList();
        if (names.Count > most)
            return most == 1 ? Refusal.Invalid("A tag is one word. Hyphens join several.", field) : Refusal.Invalid("Please choose at most {0} tags.", field, most);
        foreach (var name in names)
            if (name.Length > Tag.MaxNameLength || name.EnumerateRunes().Any(r => !IsOfAWord(r)))
                return Refusal.Invalid("A tag is made of letters, digits and hyphens, at most {0} of them: \"{1}\" is not.", field, Tag.MaxNameLength, name);
        return Result<IReadOnlyList<string>>.Of(names);
    }

    /// <summary>As names of tags are stored.</summary>
    public static string Normal(string? typed) => Typed.Line(typed).Normalize(NormalizationForm.FormKC).ToLowerInvariant();

    /// <summary>The tag of that name, or the one that the name is a synonym of. The database compares: SQL Server's collation takes "straße" for "strasse", so two names may be one tag.</summary>
    public static IQueryable<Tag> TagsNamed(this ForumDbContext db, string name) =>
        db.Tags.AsNoTracking().Where(r => r.Id == db.Tags.Where(t => t.Name == name).Select(t => t.SynonymOfId ?? t.Id).FirstOrDefault());

    /// <summary>Tags that exist for these rights: those that staff keep for everybody, and those of topics to be seen.</summary>
    public static IQueryable<Tag> TagsKnownTo(this ForumDbContext db, Rights rights)
    {
        var readable = db.Topics.ReadableBy(rights);
        return db.Tags.Where(t => t.SynonymOfId == null && (t.Kept || db.TopicTags.Any(x => x.TagId == t.Id && readable.Any(r => r.Id == x.TopicId))));
    }

    /// <summary>Letters with the marks that some scripts write vowels with, digits, and what names of techniques have in them.</summary>
    private static bool IsOfAWord(Rune rune) => Rune.IsLetterOrDigit(rune) || rune.Value is '-' or '.' or '+' or '#' or '_'
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
