using System.Globalization;
using System.Text.Json;
using Forum.Boards;
using Forum.Data;
using Forum.Solutions;
using Forum.Topics;
using Forum.Votes;
using Microsoft.EntityFrameworkCore;

namespace Forum.Moderation;

/// <summary>The steps of rolling an account back and of undoing that, each in a transaction of its own that looks once more whether it still may be.</summary>
public sealed class RollingBack(ForumWriter writer, WritingQueries writings, IDbContextFactory<ForumDbContext> contexts)
{
    /// <summary>Rolls one thing back as step <paramref name="number"/> of the deed; false where it is so already, or others were there meanwhile.</summary>
    internal async Task<Result<bool>> BackAsync(Actor actor, RollBackScope scope, RollBackThing thing, long deedId, int number, string why, CancellationToken cancellation)
    {
        var only = scope with { PostId = thing.PostId, Kinds = [KindOf(thing.Part)] };
        var words = thing.Part is RollBackPart.Text or RollBackPart.Emptied ? await WordsBeforeAsync(actor, only, thing, cancellation) : null;
        if (words?.Refusal is { } unsaid)
            return unsaid;
        return await writer.RunAsync<bool>(actor, async (deed, cancellation) =>
        {
            var db = deed.Db;
            var rights = await db.RightsOfAsync(actor, deed.Now, cancellation);
            if (await db.CannotRollBackAsync(rights, scope.MemberId, cancellation) is { } mayNot)
                return mayNot;
            await deed.LockAsync([thing.TopicId], cancellation);
            if ((await db.FindAsync(only, deed.Now, cancellation)).Things.FirstOrDefault(t => t.Part == thing.Part && t.TopicId == thing.TopicId) is not { } present)
                return false;
            var post = await db.Posts.Include(p => p.Topic).ThenInclude(t => t.Board).SingleAsync(p => p.Id == thing.PostId, cancellation);
            var done = thing.Part switch
            {
                RollBackPart.Written => await deed.SeeAsync(post, Visibility.Deleted, why, tell: false, cancellation),
                RollBackPart.Sight => await deed.SeeAsync(post, RollBackDeeds.SightBefore(present.Before)!.Value, why, tell: true, cancellation),
                RollBackPart.Text or RollBackPart.Emptied => await deed.SayAsync(rights, post, words!.Value!, why, cancellation),
                RollBackPart.Upvote => await deed.TakeUpvoteAsync(post, scope.MemberId, why, cancellation),
                RollBackPart.Mark => await deed.TakeMarkAsync(scope, post, why, cancellation),
                RollBackPart.Unmark => await deed.MarkAsBeforeAsync(scope, post, present.At, why, cancellation),
                RollBackPart.Closure => await deed.CloseOrOpenAsync(only, post, why, cancellation),
                _ => await deed.MoveAsync(post, present.Before!, why, cancellation),
            };
            if (!done.Is(out var step, out var refusal))
                return refusal;
            if (step is null)
                return false;
            db.UndoableSteps.Add(new() { DeedId = deedId, Number = number, PostId = post.Id, Part = thing.Part, Was = step.Was, Became = step.Became, RefId = step.RefId, Kept = step.Kept });
            return true;
        }, cancellation);
    }

    private static RollBackKind KindOf(RollBackPart part) => part switch
    {
        RollBackPart.Written or RollBackPart.Emptied => RollBackKind.Written,
        RollBackPart.Text => RollBackKind.Edits,
        RollBackPart.Upvote => RollBackKind.Upvotes,
        RollBackPart.Mark or RollBackPart.Unmark => RollBackKind.Solutions,
        _ => RollBackKind.Deeds,
    };

    /// <summary>Undoes a roll-back, the last step first; what others changed since stays. Where it stops, another time goes on.</summary>
    /// <returns>How many things are as they were.</returns>
    internal async Task<Result<int>> ForthAsync(Actor actor, UndoableDeed done, CancellationToken cancellation)
    {
        var count = 0;
        foreach (var step in done.Steps.OrderByDescending(s => s.Number))
        {
            var result = await ForthAsync(actor, done.MemberId!.Value, step, cancellation);
            if (result.Refusal is { Kind: RefusalKind.Forbidden or RefusalKind.SignIn or RefusalKind.Unavailable } mayNot)
                return mayNot;
            if (result.Value)
                count++;
        }
        return await writer.RunAsync<int>(actor, async (deed, cancellation) =>
        {
            if (await deed.Db.UndoableDeeds.Where(d => d.Id == done.Id && d.Undone == null).ExecuteUpdateAsync(set => set.SetProperty(d => d.Undone, deed.Now), cancellation) == 0)
                return count;
            deed.Audit("member.roll-back-undone", memberId: done.MemberId, after: count.ToString(CultureInfo.InvariantCulture));
            deed.TellOfAccount(done.MemberId!.Value, "member.roll-back-undone", null);
            return count;
        }, cancellation);
    }

    private async Task<Result<bool>> ForthAsync(Actor actor, long memberId, UndoableStep step, CancellationToken cancellation)
    {
        Result<OldWords>? words = null;
        if (step.Part is RollBackPart.Text or RollBackPart.Emptied)
        {
            words = await WordsOfAsync(actor, step.PostId!.Value, (int)step.Was, cancellation);
            if (words.Refusal is { } unsaid)
                return unsaid;
        }
        return await writer.RunAsync<bool>(actor, async (deed, cancellation) =>
        {
            var db = deed.Db;
            var rights = await db.RightsOfAsync(actor, deed.Now, cancellation);
            if (await db.CannotRollBackAsync(rights, memberId, cancellation) is { } mayNot)
                return mayNot;
            await deed.LockAsync([await db.Posts.Where(p => p.Id == step.PostId).Select(p => p.TopicId).SingleAsync(cancellation)], cancellation);
            var post = await db.Posts.Include(p => p.Topic).ThenInclude(t => t.Board).SingleAsync(p => p.Id == step.PostId, cancellation);
            return step.Part switch
            {
                RollBackPart.Written or RollBackPart.Sight => await deed.SeenAgainAsync(post, step, cancellation),
                RollBackPart.Text or RollBackPart.Emptied => post.Version != step.Became ? false
                    : (await deed.SayAsync(rights, post, words!.Value!, null, cancellation)).Is(out var said, out var refusal) ? said is not null : refusal,
                RollBackPart.Upvote => await deed.UpvotedAgainAsync(post, memberId, step, cancellation),
                RollBackPart.Mark => await deed.MarkedAgainAsync(post, step, cancellation),
                RollBackPart.Unmark => await deed.UnmarkedAgainAsync(post, step, cancellation),
                RollBackPart.Closure => await deed.ClosedAgainAsync(post, step, cancellation),
                _ => await deed.MovedAgainAsync(post, step, cancellation),
            };
        }, cancellation);
    }

    /// <summary>What the post said before the first of the member's edits, or what stands in its place.</summary>
    private async Task<Result<OldWords>> WordsBeforeAsync(Actor actor, RollBackScope scope, RollBackThing thing, CancellationToken cancellation)
    {
        if (thing.Part == RollBackPart.Emptied)
            return await WordsAsync(actor, thing.PostId, RollBack.InPlace, null, null, cancellation);
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var first = await db.Revisions.Where(r => r.PostId == thing.PostId && r.ReplacedById == scope.MemberId && r.Replaced >= scope.From && r.Replaced < scope.To)
            .OrderBy(r => r.Version).Select(r => r.Version).FirstAsync(cancellation);
        return await WordsOfAsync(actor, thing.PostId, first, cancellation);
    }

    private async Task<Result<OldWords>> WordsOfAsync(Actor actor, long postId, int version, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        return await db.Revisions.AsNoTracking().SingleOrDefaultAsync(r => r.PostId == postId && r.Version == version, cancellation) is not { } old ? Refusal.NotFound
            : await WordsAsync(actor, postId, old.Markdown, old.Title, old.Tags?.Split(' ', StringSplitOptions.RemoveEmptyEntries), cancellation);
    }

    private async Task<Result<OldWords>> WordsAsync(Actor actor, long postId, string markdown, string? title, IReadOnlyList<string>? tags, CancellationToken cancellation) =>
        (await writings.ReadAsync(actor, markdown, Post.MinReplyLength, new(PostId: postId), cancellation)).Is(out var writing, out var refusal) ? new OldWords(writing, title, tags) : refusal;
}

/// <summary>What a post is to say.</summary>
internal sealed record OldWords(Writing Writing, string? Title, IReadOnlyList<string>? Tags);

/// <summary>What a step keeps of itself.</summary>
internal sealed record RollBackStep(long Was, long Became, long? RefId = null, string? Kept = null);

/// <summary>What is done to one thing, by what the deeds of every day are made of.</summary>
internal static class RollBackSteps
{
    /// <summary>Shows a post, or takes it out of sight.</summary>
    public static async Task<Result<RollBackStep?>> SeeAsync(this Deed deed, Post post, Visibility sight, string? why, bool tell, CancellationToken cancellation)
    {
        var (db, was) = (deed.Db, post.Visibility);
        var waited = was == Visibility.Held ? await db.HeldPosts.Where(h => h.PostId == post.Id).Select(h => (long?)h.Reason).SingleOrDefaultAsync(cancellation) : null;
        if ((await deed.ChangeSightAsync(post.Id, sight == Visibility.StaffNote ? Visibility.Visible : sight, (_, _) => null, null, cancellation, tell: tell, note: why)).Refusal is { } refusal)
            return refusal;
        if (sight == Visibility.Held)
            db.HeldPosts.Add(new HeldPost { PostId = post.Id, Reason = HeldReason.FirstPost, Since = deed.Now });
        return new RollBackStep((long)was, (long)sight, waited);
    }

    public static async Task<bool> SeenAgainAsync(this Deed deed, Post post, UndoableStep step, CancellationToken cancellation)
    {
        var was = (Visibility)step.Was;
        if (post.Visibility != (Visibility)step.Became)
            return false;
        _ = (await deed.ChangeSightAsync(post.Id, was == Visibility.StaffNote ? Visibility.Visible : was, (_, _) => null, null, cancellation, tell: step.Part == RollBackPart.Sight)).Required;
        if (was == Visibility.Held)
            deed.Db.HeldPosts.Add(new HeldPost { PostId = post.Id, Reason = (HeldReason?)step.RefId ?? HeldReason.FirstPost, Since = deed.Now });
        return true;
    }

    /// <summary>Lets a post say something else, as a version of whoever rolls back or forth; nothing where it says so already.</summary>
    /// <param name="why">Null where a roll-back is undone.</param>
    public static async Task<Result<RollBackStep?>> SayAsync(this Deed deed, Rights rights, Post post, OldWords words, string? why, CancellationToken cancellation)
    {
        var was = post.Version;
        var reason = why is null ? "Roll-back undone" : $"Rolled back: {why}";
        if ((await deed.ReplaceAsync(post, rights, was, new(words.Writing, words.Title, words.Tags, reason[..Math.Min(reason.Length, Revision.MaxReasonLength)], Again: true), cancellation)).Refusal is { } refusal)
            return refusal;
        var version = await deed.Db.Posts.Where(p => p.Id == post.Id).Select(p => p.Version).SingleAsync(cancellation);
        if (version == was)
            return Result<RollBackStep?>.Of(null);
        deed.Audit(why is null ? "post.words-returned" : "post.words-rolled-back", post.TopicId, post.Id, post.AuthorId, why, before: Number(was), after: Number(version));
        return new RollBackStep(was, version);
    }

    public static async Task<Result<RollBackStep?>> TakeUpvoteAsync(this Deed deed, Post post, long voterId, string why, CancellationToken cancellation)
    {
        var vote = await deed.Db.Votes.AsNoTracking().SingleAsync(v => v.PostId == post.Id && v.MemberId == voterId, cancellation);
        await deed.TakeBackUpvotesAsync(post.Id, [voterId], cancellation);
        deed.Audit("vote.rolled-back", post.TopicId, post.Id, voterId, why);
        return new RollBackStep(vote.Cast.Ticks, vote.Day.DayNumber);
    }

    public static async Task<bool> UpvotedAgainAsync(this Deed deed, Post post, long voterId, UndoableStep step, CancellationToken cancellation)
    {
        if (post.Visibility != Visibility.Visible || post.AuthorId == voterId || await deed.Db.Votes.AnyAsync(v => v.PostId == post.Id && v.MemberId == voterId, cancellation))
            return false;
        await deed.CastAsync(post, new Vote { PostId = post.Id, MemberId = voterId, Cast = new(step.Was, DateTimeKind.Utc), Day = DateOnly.FromDayNumber((int)step.Became) }, cancellation);
        deed.Audit("vote.returned", post.TopicId, post.Id, voterId);
        return true;
    }

    /// <summary>Takes the member's mark off. Where a topic has one solution, the one of before has it again, if it still stands there.</summary>
    public static async Task<Result<RollBackStep?>> TakeMarkAsync(this Deed deed, RollBackScope scope, Post post, string why, CancellationToken cancellation)
    {
        var (db, topic) = (deed.Db, post.Topic);
        var mark = await db.Solutions.AsNoTracking().SingleAsync(s => s.PostId == post.Id, cancellation);
        var marked = await db.AuditEntries.Where(e => e.PostId == post.Id && e.ActorId == scope.MemberId && e.Deed == "solution.accepted").MaxAsync(e => (long?)e.Id, cancellation);
        await deed.UnmarkAsync(topic, post.Id, cancellation, why);
        var earlier = topic.Board.Solutions == 1 ? await db.AuditEntries.AsNoTracking()
            .Where(e => e.TopicId == topic.Id && e.Id < marked && !(e.ActorId == scope.MemberId && e.At >= scope.From && e.At < scope.To) && (e.Deed == "solution.accepted" || e.Deed == "solution.unmarked"))
            .OrderByDescending(e => e.Id).FirstOrDefaultAsync(cancellation) : null;
        var solver = earlier is not { Deed: "solution.accepted" } ? null : await db.Posts.AsNoTracking()
            .SingleOrDefaultAsync(p => p.Id == earlier.PostId && p.Id != post.Id && p.TopicId == topic.Id && p.Number > 1 && p.Visibility == Visibility.Visible, cancellation);
        if (solver is not null)
            await deed.MarkAsync(topic, solver, new Solution { TopicId = topic.Id, Slot = 0, PostId = solver.Id, MarkedById = earlier!.ActorId, ByStaff = await IsStaffAsync(deed, topic, earlier.ActorId, cancellation), Marked = earlier.At }, why, cancellation);
        return new RollBackStep(post.Id, solver?.Id ?? 0, Kept: JsonSerializer.Serialize(mark));
    }

    public static async Task<bool> MarkedAgainAsync(this Deed deed, Post post, UndoableStep step, CancellationToken cancellation)
    {
        var (db, topic, mark) = (deed.Db, post.Topic, JsonSerializer.Deserialize<Solution>(step.Kept!)!);
        var present = await db.Solutions.AsNoTracking().Where(s => s.TopicId == topic.Id).ToListAsync(cancellation);
        if (post.CannotBeSolution() is not null || topic.Id != mark.TopicId || topic.Board.Solutions == 1 && present.Exists(s => s.PostId != step.Became)
            || present.Count >= topic.Board.Solutions && !present.Exists(s => s.PostId == step.Became) || present.Exists(s => s.PostId == post.Id))
            return false;
        if (step.Became > 0)
            await deed.UnmarkAsync(topic, step.Became, cancellation);
        await deed.MarkAsync(topic, post, new Solution
        {
            TopicId = topic.Id,
            Slot = Enumerable.Range(0, topic.Board.Solutions).Except(present.Where(s => s.PostId != step.Became).Select(s => s.Slot)).First(),
            PostId = post.Id,
            MarkedById = mark.MarkedById,
            ByStaff = mark.ByStaff,
            Marked = mark.Marked,
            Outdated = mark.Outdated,
            OutdatedNote = mark.OutdatedNote,
            OutdatedById = mark.OutdatedById,
            SuccessorId = mark.SuccessorId,
            Checked = mark.Checked,
        }, null, cancellation);
        return true;
    }

    /// <summary>Gives back the mark that the member took off, as it was; where it is not known who gave it, nobody did.</summary>
    public static async Task<Result<RollBackStep?>> MarkAsBeforeAsync(this Deed deed, RollBackScope scope, Post post, DateTime taken, string why, CancellationToken cancellation)
    {
        var (db, topic) = (deed.Db, post.Topic);
        if (post.CannotBeSolution() is { } cannot)
            return cannot;
        var given = await db.AuditEntries.AsNoTracking().Where(e => e.TopicId == topic.Id && e.PostId == post.Id && e.Deed == "solution.accepted" && !(e.ActorId == scope.MemberId && e.At >= scope.From && e.At < scope.To))
            .OrderByDescending(e => e.Id).FirstOrDefaultAsync(cancellation);
        var slots = await db.Solutions.Where(s => s.TopicId == topic.Id).Select(s => s.Slot).ToListAsync(cancellation);
        var mark = new Solution
        {
            TopicId = topic.Id,
            Slot = Enumerable.Range(0, topic.Board.Solutions).Except(slots).First(),
            PostId = post.Id,
            MarkedById = given?.ActorId,
            ByStaff = await IsStaffAsync(deed, topic, given?.ActorId, cancellation),
            Marked = given?.At ?? taken,
        };
        await deed.MarkAsync(topic, post, mark, why, cancellation);
        return new RollBackStep(0, mark.Marked.Ticks);
    }

    public static async Task<bool> UnmarkedAgainAsync(this Deed deed, Post post, UndoableStep step, CancellationToken cancellation)
    {
        var given = new DateTime(step.Became, DateTimeKind.Utc);
        if (!await deed.Db.Solutions.AnyAsync(s => s.PostId == post.Id && s.Marked == given, cancellation))
            return false;
        await deed.UnmarkAsync(post.Topic, post.Id, cancellation);
        return true;
    }

    /// <summary>Opens what the member closed, or closes what the member opened.</summary>
    public static async Task<Result<RollBackStep?>> CloseOrOpenAsync(this Deed deed, RollBackScope scope, Post post, string why, CancellationToken cancellation)
    {
        var present = await deed.Db.Closures.SingleOrDefaultAsync(c => c.TopicId == post.TopicId, cancellation);
        if (present is not null)
        {
            await deed.OpenAsync(post.Topic, present, why, cancellation);
            return new RollBackStep(1, 0, Kept: JsonSerializer.Serialize(present));
        }
        if (await deed.Db.ClosureBeforeAsync(scope, post.TopicId, cancellation) is not { } before)
            return Result<RollBackStep?>.Of(null);
        await deed.CloseAsync(post.Topic, before, why, cancellation);
        return new RollBackStep(0, 1, Kept: JsonSerializer.Serialize(before));
    }

    public static async Task<bool> ClosedAgainAsync(this Deed deed, Post post, UndoableStep step, CancellationToken cancellation)
    {
        var (db, kept) = (deed.Db, JsonSerializer.Deserialize<Closure>(step.Kept!)!);
        var present = await db.Closures.SingleOrDefaultAsync(c => c.TopicId == post.TopicId, cancellation);
        if (step.Became == 1)
        {
            if (present is null || present.Closed != kept.Closed)
                return false;
            await deed.OpenAsync(post.Topic, present, null, cancellation);
            return true;
        }
        // The topic that it leads to may lead elsewhere by now.
        if (present is not null || kept.Until <= deed.Now || kept.DuplicateOfId is { } original && await db.Closures.AnyAsync(c => c.TopicId == original && c.DuplicateOfId != null, cancellation))
            return false;
        await deed.CloseAsync(post.Topic, kept, null, cancellation);
        if (kept.DuplicateOfId is { } leads)
            await deed.LeadDuplicatesOnAsync(post.TopicId, leads, cancellation);
        return true;
    }

    /// <summary>Puts a topic back on the board of that address.</summary>
    public static async Task<Result<RollBackStep?>> MoveAsync(this Deed deed, Post post, string slug, string? why, CancellationToken cancellation)
    {
        var topic = post.Topic;
        var (from, home) = (topic.Board, await deed.Db.Boards.SingleAsync(b => b.Slug == slug, cancellation));
        await deed.MoveToBoardAsync(topic, home, cancellation);
        deed.Audit(AuditQueries.Moved, topic.Id, memberId: topic.AuthorId, note: why, before: from.Slug, after: home.Slug);
        return new RollBackStep(from.Id, home.Id);
    }

    public static async Task<bool> MovedAgainAsync(this Deed deed, Post post, UndoableStep step, CancellationToken cancellation)
    {
        if (post.Topic.BoardId != step.Became || await deed.Db.Boards.Where(b => b.Id == step.Was).Select(b => b.Slug).SingleOrDefaultAsync(cancellation) is not { } slug)
            return false;
        _ = (await deed.MoveAsync(post, slug, null, cancellation)).Required;
        return true;
    }

    private static async Task<bool> IsStaffAsync(Deed deed, Topic topic, long? markerId, CancellationToken cancellation) =>
        markerId is { } id && id != topic.AuthorId && (await deed.Db.RightsOfAsync(Actor.Member(id), deed.Now, cancellation)).IsStaffOf(topic.BoardId);

    private static string Number(int version) => version.ToString(CultureInfo.InvariantCulture);
}
