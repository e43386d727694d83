using Forum.Boards;
using Forum.Data;
using Microsoft.EntityFrameworkCore;

namespace Forum.Topics;

/// <summary>Which tags a person may give a topic: the board's rules, and who may make a new one.</summary>
internal static class TagChoice
{
    /// <summary>Tags that a refusal offers instead of a single unknown one, and how many of the most used it looks through for them.</summary>
    private const int Offered = 3, LookedThrough = 500;

    /// <summary>
    /// The tags that these names stand for, as the topic will carry them: synonyms are replaced, and what only staff may change stays as it is.
    /// What the topic carries already is refused to nobody.
    /// </summary>
    /// <param name="held">What the topic carries now; null for a new one.</param>
    /// <param name="again">The topic carried these names before, and nothing is asked of them but that they leave the staff's tags alone.</param>
    public static async Task<Result<IReadOnlyList<Tag>>> ChooseTagsAsync(
        this Deed deed, Rights rights, Board board, IReadOnlyList<string> names, IReadOnlyList<Tag>? held, bool again, CancellationToken cancellation)
    {
        var db = deed.Db;
        var carried = held?.Select(t => t.Id).ToHashSet() ?? [];
        var rules = await db.BoardTags.AsNoTracking().Where(b => b.BoardId == board.Id).Include(b => b.Tag).ToListAsync(cancellation);
        var (chosen, unknown) = (new List<Tag>(), new List<string>());
        foreach (var name in names)
        {
            var tag = await db.TagsNamed(name).SingleOrDefaultAsync(cancellation);
            var allowed = again || rights.MakesTagsOn(board.Id) || tag is not null
                && (carried.Contains(tag.Id) || rules.Any(r => r.TagId == tag.Id) || await db.TagsKnownTo(rights).AnyAsync(t => t.Id == tag.Id, cancellation));
            if (allowed)
                chosen.Add(tag ?? await MakeAsync(db, name, cancellation));
            else
                unknown.Add(name);
        }
        if (unknown.Count > 0)
            return await UnknownAsync(db, rights, unknown, cancellation);
        if (!rights.IsStaffOf(board.Id))
        {
            var staffs = rules.Where(r => r.Use == BoardTagUse.StaffOnly).Select(r => r.TagId).ToHashSet();
            if (!again && chosen.Find(t => staffs.Contains(t.Id) && !carried.Contains(t.Id)) is { } theirs)
                return new Refusal(RefusalKind.Forbidden, "Only staff put the tag “{0}” on a topic here.", "Tags", theirs.Name);
            chosen = [.. (held ?? []).Where(t => staffs.Contains(t.Id)), .. chosen.Where(t => !staffs.Contains(t.Id))];
        }
        chosen = [.. chosen.DistinctBy(t => t.Id)];
        if (held is not null && carried.SetEquals(chosen.Select(t => t.Id)))
            return Result<IReadOnlyList<Tag>>.Of(held);
        if (again)
            return Result<IReadOnlyList<Tag>>.Of([.. chosen.Take(Topic.MaxTags)]);
        if (chosen.Count > Topic.MaxTags)
            return Refusal.Invalid("Please choose at most {0} tags, those of the staff included.", "Tags", Topic.MaxTags);
        return Missing(board, rules, chosen) is { } missing ? missing : Result<IReadOnlyList<Tag>>.Of(chosen);
    }

    private static Refusal? Missing(Board board, List<BoardTag> rules, List<Tag> chosen)
    {
        var some = rules.Where(r => r.Use == BoardTagUse.OneOf).OrderBy(r => r.Tag.Name, StringComparer.Ordinal).ToList();
        return !board.NeedsTag || chosen.Any(t => some.Count == 0 || some.Any(r => r.TagId == t.Id)) ? null
            : some.Count == 0 ? Refusal.Invalid("Please choose at least one tag: this board asks for it.", "Tags")
            : Refusal.Invalid("Please choose at least one of these tags, which this board asks for: {0}.", "Tags", string.Join(", ", some.Select(r => r.Tag.Name)));
    }

    private static async Task<Tag> MakeAsync(ForumDbContext db, string name, CancellationToken cancellation)
    {
        var tag = new Tag { Name = name };
        db.Tags.Add(tag);
        await db.SaveChangesAsync(cancellation);
        return tag;
    }

    private static async Task<Refusal> UnknownAsync(ForumDbContext db, Rights rights, List<string> names, CancellationToken cancellation)
    {
        var like = new List<string>();
        foreach (var name in names)
            like.AddRange(await LikeAsync(db, rights, name, names.Count == 1 ? Offered : 1, cancellation));
        return new(RefusalKind.Forbidden, (names.Count == 1, like.Count > 0) switch
        {
            (true, true) => "There is no tag “{0}” yet, and new tags are made by members who have been here for a while. Did you mean {1}?",
            (true, false) => "There is no tag “{0}” yet, and new tags are made by members who have been here for a while. Please leave it out or choose another.",
            (false, true) => "There are no tags “{0}” yet, and new tags are made by members who have been here for a while. Did you mean {1}?",
            (false, false) => "There are no tags “{0}” yet, and new tags are made by members who have been here for a while. Please leave them out or choose others.",
        }, "Tags", string.Join("”, “", names), string.Join(", ", like.Distinct()));
    }

    /// <summary>What may have been meant: tags that hold the name or differ in a few letters, the closest first.</summary>
    private static async Task<List<string>> LikeAsync(ForumDbContext db, Rights rights, string name, int most, CancellationToken cancellation)
    {
        var start = name.EnumerateRunes().First().ToString();
        var known = await db.TagsKnownTo(rights).Where(t => t.Name.StartsWith(start) || t.Name.Contains(name))
            .OrderByDescending(t => t.Topics).ThenBy(t => t.Name).Take(LookedThrough).Select(t => t.Name).ToListAsync(cancellation);
        return [.. known.Select(k => (Name: k, Differs: Changes.Count(name, k, Math.Max(2, name.Length / 2)) ?? (k.Contains(name, StringComparison.Ordinal) ? Tag.MaxNameLength : (int?)null)))
            .Where(k => k.Differs is not null).OrderBy(k => k.Differs).Take(most).Select(k => k.Name)];
    }
}
