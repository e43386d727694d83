using Forum.Data;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;

namespace Forum.Moderation;

/// <summary>Tells members what was done about their posts, their reports and themselves (rules of moderation): the word stands in a <see cref="Talk"/>, where they can answer it.</summary>
internal static class Telling
{
    /// <summary>Tells the author of a post what was done to it and why.</summary>
    /// <param name="what">As in the audit trail.</param>
    public static async Task TellAuthorAsync(this Deed deed, Post post, string what, string? reason, bool byNobody, CancellationToken cancellation)
    {
        var reported = deed.Db.Flags.Where(f => f.Review.PostId == post.Id && (f.Review.Decided == null || f.Review.Decided == deed.Now) && f.Reason != FlagReason.NotSolved);
        var rule = await reported.GroupBy(f => f.Reason).OrderByDescending(g => g.Count()).ThenBy(g => g.Key).Select(g => (FlagReason?)g.Key).FirstOrDefaultAsync(cancellation);
        await TellAsync(deed, post.AuthorId, post, new() { ById = byNobody ? null : deed.Actor.MemberId, ByStaff = true, At = deed.Now, Deed = what, Rule = rule, Text = reason }, cancellation);
    }

    /// <summary>Tells those who reported a post, besides its author, what came of it.</summary>
    public static async Task TellReportersAsync(this Deed deed, Post post, IReadOnlyList<long> memberIds, ReviewOutcome outcome, CancellationToken cancellation)
    {
        foreach (var id in memberIds.Where(id => id != post.AuthorId && id != deed.Actor.MemberId))
            await TellAsync(deed, id, post, new() { ById = outcome == ReviewOutcome.Withdrawn ? null : deed.Actor.MemberId, ByStaff = true, At = deed.Now, Deed = $"report.{outcome.ToString().ToLowerInvariant()}" }, cancellation);
    }

    /// <summary>Tells a member of a sanction against them.</summary>
    public static async Task TellSanctionedAsync(this Deed deed, Sanction sanction, string what, CancellationToken cancellation)
    {
        await deed.Db.SaveChangesAsync(cancellation);
        deed.Db.Talks.Add(new()
        {
            MemberId = sanction.MemberId,
            SanctionId = sanction.Id,
            LastAt = deed.Now,
            Unread = true,
            Words = [new() { ById = deed.Actor.MemberId, ByStaff = true, At = deed.Now, Deed = what, Text = sanction.Reason }],
        });
    }

    /// <summary>Tells a member what was done about their account as a whole.</summary>
    public static void TellOfAccount(this Deed deed, long memberId, string what, string? reason)
    {
        if (memberId != deed.Actor.MemberId)
            deed.Db.Talks.Add(new() { MemberId = memberId, LastAt = deed.Now, Unread = true, Words = [new() { ById = deed.Actor.MemberId, ByStaff = true, At = deed.Now, Deed = what, Text = reason }] });
    }

    /// <summary>Takes back what was told of a post by a deed that is undone.</summary>
    public static async Task UntellAsync(this Deed deed, long postId, DateTime at, CancellationToken cancellation)
    {
        var talks = deed.Db.Talks.Where(t => t.PostId == postId);
        await deed.Db.TalkWords.Where(w => w.At == at && w.ByStaff && talks.Any(t => t.Id == w.TalkId)).ExecuteDeleteAsync(cancellation);
        await talks.Where(t => !deed.Db.TalkWords.Any(w => w.TalkId == t.Id)).ExecuteDeleteAsync(cancellation);
    }

    private static async Task TellAsync(Deed deed, long memberId, Post post, TalkWord word, CancellationToken cancellation)
    {
        var db = deed.Db;
        var talk = await db.Talks.FirstOrDefaultAsync(t => t.MemberId == memberId && t.PostId == post.Id, cancellation);
        if (talk is null)
            db.Talks.Add(talk = new() { MemberId = memberId, PostId = post.Id, Quote = Quoted(post.Text), LastAt = deed.Now });
        (talk.LastAt, talk.Unread) = (deed.Now, true);
        talk.Words.Add(word);
        await db.SaveChangesAsync(cancellation);
    }

    /// <summary>The beginning of a post, as far as a quote goes.</summary>
    public static string Quoted(string text)
    {
        var line = Typed.Line(text);
        if (line.Length <= Talk.MaxQuoteLength)
            return line;
        var length = Talk.MaxQuoteLength - 1;
        return line[..(char.IsHighSurrogate(line[length - 1]) ? length - 1 : length)] + "…";
    }
}
