using System.Text.RegularExpressions;
using Forum.Boards;
using Forum.Data;
using Forum.Members;
using Forum.Settings;
using Forum.Solutions;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;

namespace Forum.Moderation;

/// <param name="Note">At most <see cref="Flag.MaxNoteLength"/> characters.</param>
public sealed record FlagInput(long PostId, FlagReason Reason, string? Note = null);

/// <summary>Reports a post to the moderators of its board. Doing it twice is doing it once. Enough reports hide the post until one of them decides.</summary>
public sealed partial class FlagPost(ForumWriter writer, ForumOptions options)
{
    /// <summary>What members can say is wrong.</summary>
    public static readonly IReadOnlyList<FlagReason> Reasons = [FlagReason.Spam, FlagReason.Rude, FlagReason.OffTopic, FlagReason.Duplicate, FlagReason.Other];

    public async Task<Result<Done>> RunAsync(Actor actor, FlagInput input, CancellationToken cancellation)
    {
        if (!Reasons.Contains(input.Reason))
            return Refusal.Invalid("Please say what is wrong with it.", "Reason");
        var note = Typed.Line(input.Note);
        if (note.Length > Flag.MaxNoteLength)
            return Refusal.Invalid("Please say it in at most {0} characters.", "Note", Flag.MaxNoteLength);
        if (note.Length == 0 && input.Reason == FlagReason.Other)
            return Refusal.Invalid("Please say in a few words what is wrong with it.", "Note");
        var other = TopicAddress().Match(note) is { Success: true } match && long.TryParse(match.Groups[1].ValueSpan, out var id) ? id : 0;
        return await writer.RunAsync<Done>(actor, (deed, cancellation) => FlagAsync(deed, input, note, other, cancellation), cancellation);
    }

    private async Task<Result<Done>> FlagAsync(Deed deed, FlagInput input, string note, long other, CancellationToken cancellation)
    {
        var db = deed.Db;
        // One report of a post after another: each must see what those before it weigh.
        await deed.RaiseVersionAsync(await db.Posts.Where(p => p.Id == input.PostId).Select(p => p.TopicId).SingleOrDefaultAsync(cancellation), cancellation);
        var rights = await db.RightsOfAsync(deed.Actor, deed.Now, cancellation);
        var last = await db.Reviews.Where(r => r.PostId == input.PostId).OrderByDescending(r => r.Round).FirstOrDefaultAsync(cancellation);
        // The post may have gone out of sight by this very report.
        if (last is { Decided: null } && rights.MemberId is { } me && await db.Flags.AnyAsync(f => f.ReviewId == last.Id && f.MemberId == me, cancellation))
            return new Done();
        var post = await db.Posts.AsNoTracking().Include(p => p.Topic).ThenInclude(t => t.Board).Include(p => p.Author).SingleOrDefaultAsync(p => p.Id == input.PostId, cancellation);
        if (post is null)
            return Refusal.NotFound;
        if (post.CannotBeFlaggedBy(rights) is { } refusal)
            return refusal;
        if (input.Reason == FlagReason.Duplicate && (other == post.TopicId || !await db.Topics.ReadableBy(rights).AnyAsync(t => t.Id == other, cancellation)))
            return Refusal.Invalid("Please add the address of the topic that has the same.", "Note");
        var memberId = rights.MemberId!.Value;
        if (last?.Decided is { } decided && decided + Review.Rest > deed.Now && !(post.Edited > decided))
            return Refusal.Forbidden("A moderator has looked at this post not long ago. If something is still wrong, report it tomorrow.");
        if (options.Limits.Enabled && await deed.TooManyReportsAsync(options.Limits, memberId, cancellation) is { } tooMany)
            return tooMany;

        if (last is not { Decided: null })
            db.Reviews.Add(last = new Review { PostId = post.Id, Round = (last?.Round ?? 0) + 1, Opened = deed.Now });
        last.Flags.Add(new Flag { ReviewId = last.Id, MemberId = memberId, Reason = input.Reason, Note = note.Length > 0 ? note : null, Made = deed.Now, Weight = await WeightAsync(db, rights, cancellation) });
        await db.SaveChangesAsync(cancellation);

        // A duplicate does no harm while it is seen; what staff write, and what was accepted as the solution, is for staff to judge.
        var vouched = await db.Solutions.AnyAsync(s => s.PostId == post.Id, cancellation) || post.Author.Roles != SiteRole.None || await db.BoardModerations.AnyAsync(m => m.BoardId == post.Topic.BoardId && m.MemberId == post.AuthorId, cancellation);
        if (vouched || await db.Flags.Where(f => f.ReviewId == last.Id && f.Reason != FlagReason.Duplicate).SumAsync(f => f.Weight, cancellation) < FlagWeight.Hides)
            return new Done();
        last.HidPost = true;
        return await deed.HideUntilReviewAsync(post.Id, cancellation);
    }

    private static async Task<int> WeightAsync(ForumDbContext db, Rights rights, CancellationToken cancellation)
    {
        var outcomes = await db.Flags.Where(f => f.MemberId == rights.MemberId && f.Reason != FlagReason.NotSolved && f.Review.Outcome != null && f.Review.Outcome != ReviewOutcome.Withdrawn)
            .GroupBy(f => f.Review.Outcome).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(cancellation);
        return FlagWeight.Of(rights.Trust, CountOf(ReviewOutcome.Upheld), CountOf(ReviewOutcome.Dismissed));

        int CountOf(ReviewOutcome outcome) => outcomes.SingleOrDefault(o => o.Key == outcome)?.Count ?? 0;
    }

    /// <summary>Where a text names a topic of this forum, or of any other.</summary>
    [GeneratedRegex(@"/t/(\d{1,18})\b", RegexOptions.CultureInvariant)]
    private static partial Regex TopicAddress();
}
