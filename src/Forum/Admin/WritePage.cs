using Forum.Boards;
using Forum.Data;
using Forum.Outbox;
using Forum.Rendering;
using Microsoft.EntityFrameworkCore;

namespace Forum.Admin;

/// <summary>Gives a page of the community new words, as a version of its own; none take it away. The same words again are no version.</summary>
public sealed class WritePage(ForumWriter writer, PostRenderer renderer, LiveSettings live)
{
    /// <param name="version">The version that whoever writes began from, 0 where there was none; another one by now is a conflict.</param>
    public async Task<Result<Done>> RunAsync(Actor actor, SitePage page, string? markdown, int version, CancellationToken cancellation)
    {
        var text = Typed.Text(markdown);
        if (text.Length > PageVersion.MaxLength)
            return Refusal.Invalid("Please shorten the text to {0} characters; it has {1} now.", "Markdown", PageVersion.MaxLength, text.Length);
        if (!renderer.Render(text).Is(out _, out var unreadable))
            return unreadable;
        var result = await writer.RunAsync<Done>(actor, async (deed, cancellation) =>
        {
            if ((await deed.Db.RightsOfAsync(actor, deed.Now, cancellation)).CannotChangePages() is { } mayNot)
                return mayNot;
            if (!Enum.IsDefined(page))
                return Refusal.NotFound;
            var newest = await deed.Db.PageVersions.AsNoTracking().Where(v => v.Page == page).OrderByDescending(v => v.Version).FirstOrDefaultAsync(cancellation);
            var last = newest?.Version ?? 0;
            if ((newest?.Markdown ?? "") == text)
                return new Done();
            if (last != version)
                return new Refusal(RefusalKind.Conflict, "Somebody else has changed this page meanwhile. Your text is kept: compare it with version {0} and save it again.", "Markdown", last);
            deed.Db.PageVersions.Add(new PageVersion { Page = page, Version = last + 1, Markdown = text, WrittenById = actor.MemberId, Written = deed.Now });
            deed.Audit("page.written", note: $"{page}, {last + 1}");
            deed.Tell(new PageChanged(page.ToString()));
            return new Done();
        }, cancellation);
        if (result.Refusal is null)
            await live.ReadAsync(cancellation);
        return result;
    }
}
