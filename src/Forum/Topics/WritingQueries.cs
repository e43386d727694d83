using System.Text.RegularExpressions;
using Forum.Boards;
using Forum.Data;
using Forum.Members;
using Forum.Rendering;
using Forum.Settings;
using Forum.Uploads;
using Microsoft.EntityFrameworkCore;

namespace Forum.Topics;

/// <summary>Renders texts with what they refer to. The preview and what is stored come from the same call, so they are the same to the byte.</summary>
public sealed partial class WritingQueries(IDbContextFactory<ForumDbContext> contexts, PostRenderer renderer, Screens screens, ForumOptions options, TimeProvider clock)
{
    /// <summary>Most images whose size is looked up for one post.</summary>
    private const int MaxImages = 100;

    /// <summary>What a text becomes at a place; refused with what to change in it.</summary>
    public async Task<Result<RenderedPost>> RenderAsync(Actor actor, string? typed, Place place, CancellationToken cancellation) =>
        await ScreenedAsync(actor, (await screens.CurrentAsync(cancellation)).Replace(Typed.Text(typed)), place, cancellation);

    private async Task<Result<RenderedPost>> ScreenedAsync(Actor actor, string markdown, Place place, CancellationToken cancellation)
    {
        if (!renderer.Read(markdown).Is(out var parsed, out var refusal))
            return refusal;
        using (parsed)
            return parsed.Render(await ReferencesAsync(actor, parsed, place, cancellation));
    }

    /// <summary>A post's text ready to be stored; <paramref name="minimum"/> is its least length in characters as people count them. Watched words are replaced, or it is refused, or it is to wait.</summary>
    /// <param name="title">Of the topic, where it goes with the text.</param>
    /// <param name="beside">Tags and other words that go with it and are looked through, too.</param>
    internal async Task<Result<Writing>> ReadAsync(Actor actor, string? typed, int minimum, Place place, CancellationToken cancellation, string? title = null, params IReadOnlyList<string?> beside)
    {
        var screen = await screens.CurrentAsync(cancellation);
        var markdown = screen.Replace(Typed.Text(typed));
        title = title is null ? null : screen.Replace(title);
        if (TopicRules.BodyRefusal(markdown, minimum) is { } refusal)
            return refusal;
        if (!(await ScreenedAsync(actor, markdown, place, cancellation)).Is(out var rendered, out refusal))
            return refusal;
        var links = Screens.LinksIn(rendered.Html).ToList();
        var found = screen.Look(string.Join('\n', [title, rendered.Text, .. beside]), links).FirstOrDefault(f => f.Action != WatchedAction.Replace);
        var tooMuch = options.Limits.Enabled ? Newcomers.Refusal(rendered, options.Limits) : null;
        if ((found is not null || tooMuch is not null) && await OrdinaryAsync(actor, place, cancellation) is { } rights)
        {
            if (rights.IsNewcomer && tooMuch is not null)
                return tooMuch;
            if (found is { Action: WatchedAction.Refuse })
                return Refusal.Invalid(found.Host ? "Links to {0} are not taken here. Your text is kept: take the link out." : "The word \"{0}\" is not taken here. Your text is kept: say it in another way.", "Markdown", found.Word);
            // What stands already does not go out of sight by an edit.
            if (found is not null && place.PostId is { } postId && !await WaitsAsync(postId, cancellation))
                return Refusal.Invalid("Moderators look at posts with \"{0}\" first, and this one is out already. Your text is kept: leave that out, or reply with it.", "Markdown", found.Word);
        }
        else
            found = null;
        return Writing.Of(markdown, rendered) with { Title = title, Watched = found is not null, Hosts = [.. links.Select(l => Uri.TryCreate(l, UriKind.Absolute, out var address) ? address.Host : "").Where(h => h.Length > 0).Distinct()] };
    }

    private async Task<bool> WaitsAsync(long postId, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        return await db.HeldPosts.AnyAsync(h => h.PostId == postId, cancellation);
    }

    /// <summary>The rights of an actor who is neither staff nor a moderator of the place's board; null for those.</summary>
    private async Task<Rights?> OrdinaryAsync(Actor actor, Place place, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var rights = await db.RightsOfAsync(actor, clock.GetUtcNow().UtcDateTime, cancellation);
        return rights.IsStaff || (await place.BoardOf(db).Select(b => b.Id).ToListAsync(cancellation)).Exists(rights.Moderates) ? null : rights;
    }

    /// <summary>One query for each kind of thing that the text refers to, none for the many that refer to nothing.</summary>
    private async Task<References> ReferencesAsync(Actor actor, ParsedPost parsed, Place place, CancellationToken cancellation)
    {
        if (parsed.Handles.Count + parsed.Topics.Count + parsed.Posts.Count + parsed.Images.Count == 0)
            return References.None;
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        List<KnownMember> members = [];
        if (parsed.Handles.Count > 0)
        {
            var handles = parsed.Handles.Select(Handles.Normalize).ToList();
            members = await db.Users.Where(m => handles.Contains(m.NormalizedUserName!)).Select(m => new KnownMember(m.Id, m.UserName!, null)).ToListAsync(cancellation);
            if (members.Count < handles.Count)
                members.AddRange(await db.FormerHandles.Where(f => handles.Contains(f.Normalized)).Join(db.Users, f => f.MemberId, m => m.Id, (f, m) => new KnownMember(m.Id, m.UserName!, f.Normalized)).ToListAsync(cancellation));
        }
        var images = await ImagesAsync(db, parsed.Images, cancellation);
        if (parsed.Topics.Count + parsed.Posts.Count == 0)
            return new(members, images: images);
        var topics = await TopicsAsync(db, actor, [.. parsed.Topics.Union(parsed.Posts.Select(p => p.TopicId))], place, cancellation);
        return new(members, topics, await PostsAsync(db, topics, parsed.Posts, cancellation), images);
    }

    private static async Task<List<KnownImage>> ImagesAsync(ForumDbContext db, IReadOnlyCollection<string> addresses, CancellationToken cancellation)
    {
        var keys = addresses.Select(a => (Address: a, Key: Key().Match(a).Groups[1].Value)).Where(a => a.Key.Length > 0).Take(MaxImages).ToList();
        if (keys.Count == 0)
            return [];
        var wanted = keys.Select(k => k.Key).Distinct().ToList();
        var sizes = await db.Uploads.Where(u => wanted.Contains(u.Key) && u.Width != null && u.Height != null)
            .Select(u => new { u.Key, Width = u.Width!.Value, Height = u.Height!.Value }).ToDictionaryAsync(u => u.Key, cancellation);
        return [.. keys.Where(k => sizes.ContainsKey(k.Key)).Select(k => (k.Address, Size: sizes[k.Key]))
            .Select(k => new KnownImage(k.Address, k.Size.Width, k.Size.Height, [.. Upload.SmallerThan(k.Size.Width)]))];
    }

    /// <summary>Visible topics that every reader of the place may read: those on boards open to everyone and, where the actor may read it, on the board of the place itself.</summary>
    private async Task<List<KnownTopic>> TopicsAsync(ForumDbContext db, Actor actor, List<long> ids, Place place, CancellationToken cancellation)
    {
        var rights = await db.RightsOfAsync(actor, clock.GetUtcNow().UtcDateTime, cancellation);
        var here = place.BoardOf(db).ReadableBy(rights).Select(b => b.Id);
        return await db.Topics.Where(t => ids.Contains(t.Id) && t.Visibility == Visibility.Visible && (t.Board.Read == ReadAccess.Everyone || here.Contains(t.BoardId)))
            .Select(t => new KnownTopic(t.Id, t.Slug, t.Title, t.Solved && t.Board.Kind == BoardKind.Questions)).ToListAsync(cancellation);
    }

    private async Task<List<KnownPost>> PostsAsync(ForumDbContext db, List<KnownTopic> topics, IReadOnlyCollection<TopicAddress> wanted, CancellationToken cancellation)
    {
        var slugs = topics.ToDictionary(t => t.Id, t => t.Slug);
        var ids = wanted.Select(p => p.TopicId).Distinct().Where(slugs.ContainsKey).ToList();
        if (ids.Count == 0)
            return [];
        var numbers = wanted.Select(p => p.Number!.Value).Distinct().ToList();
        var rows = await db.Posts.Where(p => ids.Contains(p.TopicId) && numbers.Contains(p.Number) && p.Visibility == Visibility.Visible)
            .Select(p => new { p.Id, p.TopicId, p.Number, p.AuthorId, p.Author.Name, Handle = p.Author.UserName! }).ToListAsync(cancellation);
        return [.. rows.Select(p => new KnownPost(p.Id, new(p.TopicId, p.Number), slugs[p.TopicId], p.AuthorId, options.Site.Show(p.Name, p.Handle)))];
    }

    [GeneratedRegex("^/uploads/([a-z2-7]{22})/")]
    private static partial Regex Key();
}
