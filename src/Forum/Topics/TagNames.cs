using System.Text;
using Forum.Data;
using Microsoft.EntityFrameworkCore;

namespace Forum.Topics;

/// <summary>Reads the tags a person typed and finds or makes their rows.</summary>
internal static class TagNames
{
    /// <summary>Lower-case names without repeats, at most <see cref="Topic.MaxTags"/>; words are set apart by blanks or commas.</summary>
    public static Result<IReadOnlyList<string>> Read(IEnumerable<string> typed)
    {
        var names = typed.SelectMany(t => Typed.Line(t).ToLowerInvariant().Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries))
            .Select(n => n.TrimStart('#')).Where(n => n.Length > 0).Distinct().ToList();
        if (names.Count > Topic.MaxTags)
            return Refusal.Invalid("Please choose at most {0} tags.", "Tags", Topic.MaxTags);
        foreach (var name in names)
            if (name.Length > Tag.MaxNameLength || name.EnumerateRunes().Any(r => !Rune.IsLetterOrDigit(r) && r.Value is not ('-' or '.' or '+' or '#' or '_')))
                return Refusal.Invalid("A tag is made of letters, digits and hyphens, at most {0} of them: \"{1}\" is not.", "Tags", Tag.MaxNameLength, name);
        return Result<IReadOnlyList<string>>.Of(names);
    }

    /// <summary>Gives the topic exactly these tags and moves their counters.</summary>
    public static async Task TagAsync(this Deed deed, long topicId, IReadOnlyList<string> names, CancellationToken cancellation)
    {
        var db = deed.Db;
        var held = await db.TopicTags.Where(t => t.TopicId == topicId).Include(t => t.Tag).ToListAsync(cancellation);
        var gone = held.Where(t => !names.Contains(t.Tag.Name)).ToList();
        db.TopicTags.RemoveRange(gone);
        foreach (var tagId in gone.Select(t => t.TagId).Order())
            await MoveAsync(db, tagId, -1, cancellation);

        var fresh = names.Except(held.Select(t => t.Tag.Name)).ToList();
        var known = await db.Tags.AsNoTracking().Where(t => fresh.Contains(t.Name)).ToListAsync(cancellation);
        foreach (var name in fresh.Except(known.Select(t => t.Name)))
            db.TopicTags.Add(new TopicTag { TopicId = topicId, TagId = 0, Tag = new Tag { Name = name, Topics = 1 } });
        foreach (var tag in known.OrderBy(t => t.Id))
        {
            db.TopicTags.Add(new TopicTag { TopicId = topicId, TagId = tag.Id });
            await MoveAsync(db, tag.Id, 1, cancellation);
        }
    }

    /// <summary>Moves the counters of all tags of a topic that comes into sight (1) or leaves it (-1).</summary>
    public static Task CountTagsAsync(this Deed deed, long topicId, int by, CancellationToken cancellation) =>
        deed.Db.Tags.Where(t => deed.Db.TopicTags.Any(x => x.TopicId == topicId && x.TagId == t.Id))
            .ExecuteUpdateAsync(set => set.SetProperty(t => t.Topics, t => t.Topics + by), cancellation);

    private static Task MoveAsync(ForumDbContext db, long tagId, int by, CancellationToken cancellation) =>
        db.Tags.Where(t => t.Id == tagId).ExecuteUpdateAsync(set => set.SetProperty(t => t.Topics, t => t.Topics + by), cancellation);
}
