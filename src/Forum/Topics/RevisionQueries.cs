using System.Globalization;
using Forum.Boards;
using Forum.Data;
using Forum.Members;
using Forum.Settings;
using Microsoft.EntityFrameworkCore;

namespace Forum.Topics;

/// <summary>A version of a post: who made it, when and why.</summary>
/// <param name="By">Null where it is not known.</param>
/// <param name="Reason">In the words of whoever made it.</param>
public sealed record VersionRow(int Version, Byline? By, DateTime At, string? Reason, VersionText Text);

/// <summary>What a version said.</summary>
/// <param name="Title">Of the topic, for a first post.</param>
/// <param name="Tags">Separated by blanks, for a first post; null where they were not kept.</param>
public sealed record VersionText(string Markdown, string? Title, string? Tags);

/// <summary>A version of a post beside the one it replaced.</summary>
/// <param name="Current">Number of the post's present version.</param>
/// <param name="Before">What the post said before; null for the oldest version there is.</param>
public sealed record VersionView(int Current, VersionRow Version, VersionRow? Before);

/// <summary>Reads what posts said before, for everybody who may read what they say now.</summary>
public sealed class RevisionQueries(IDbContextFactory<ForumDbContext> contexts, TopicQueries topics, ForumOptions options, TimeProvider clock)
{
    /// <summary>The versions of a post, newest first, from the one below <paramref name="after"/> on; refused as the post itself is.</summary>
    public async Task<Result<Page<VersionRow>>> VersionsAsync(Rights rights, long postId, int? after, int size, CancellationToken cancellation)
    {
        if (!(await topics.PostAsync(rights, postId, cancellation)).Is(out var post, out var refusal))
            return refusal;
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        return await PageAsync(db, post, after ?? post.Version + 1, size, cancellation);
    }

    /// <summary>One version beside the one before it; the present one when none is named. Refused as the post itself is, and with NotFound where there is no such version.</summary>
    public async Task<Result<VersionView>> VersionAsync(Rights rights, long postId, int? version, CancellationToken cancellation)
    {
        if (!(await topics.PostAsync(rights, postId, cancellation)).Is(out var post, out var refusal))
            return refusal;
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var wanted = version ?? post.Version;
        var rows = (await PageAsync(db, post, wanted < int.MaxValue ? wanted + 1 : wanted, 2, cancellation)).Items;
        return rows.Count > 0 && rows[0].Version == wanted ? new VersionView(post.Version, rows[0], rows.ElementAtOrDefault(1)) : Refusal.NotFound;
    }

    /// <summary>A revision says what a version said, and who put an end to it: who made a version stands with the one below it.</summary>
    private async Task<Page<VersionRow>> PageAsync(ForumDbContext db, PostView post, int below, int size, CancellationToken cancellation)
    {
        var old = await db.Revisions.AsNoTracking().Where(r => r.PostId == post.Id && r.Version < below).OrderByDescending(r => r.Version).Take(size + 1).ToListAsync(cancellation);
        List<(int Version, VersionText Text)> texts = [.. old.Select(r => (r.Version, new VersionText(r.Markdown, r.Title, r.Tags)))];
        if (post.Version < below)
            texts.Insert(0, (post.Version, await PresentAsync(db, post, cancellation)));
        var ids = old.Select(r => r.ReplacedById).Distinct().ToList();
        var (policy, now) = (options.Site, clock.GetUtcNow().UtcDateTime);
        var editors = (await db.Users.AsNoTracking().Where(m => ids.Contains(m.Id)).Select(BylineRow.Of).ToListAsync(cancellation)).ToDictionary(m => m.Id, m => m.Show(policy, now));
        List<VersionRow> rows = [.. texts.Take(size).Select(t => old.FirstOrDefault(r => r.Version < t.Version) is { } maker
            ? new VersionRow(t.Version, editors.GetValueOrDefault(maker.ReplacedById), maker.Replaced, maker.Reason, t.Text)
            : new VersionRow(t.Version, post.Author, post.Created, null, t.Text))];
        return new(rows, texts.Count > size ? rows[^1].Version.ToString(CultureInfo.InvariantCulture) : null);
    }

    private static async Task<VersionText> PresentAsync(ForumDbContext db, PostView post, CancellationToken cancellation)
    {
        if (post.Number > 1)
            return new(post.Markdown!, null, null);
        var title = await db.Topics.Where(t => t.Id == post.TopicId).Select(t => t.Title).SingleAsync(cancellation);
        var tags = await db.TopicTags.Where(t => t.TopicId == post.TopicId).OrderBy(t => t.Tag.Name).Select(t => t.Tag.Name).ToListAsync(cancellation);
        return new(post.Markdown!, title, string.Join(' ', tags));
    }
}
