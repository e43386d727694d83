using Forum.Boards;
using Forum.Data;
using Forum.Outbox;
using Forum.Settings;
using Forum.Solutions;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;

namespace Forum.Moderation;

/// <summary>
/// A member says that an accepted solution no longer works. Doing it twice is doing it once. It is outdated at once where staff of the board or the asker say so,
/// and else when <see cref="Doubt.Enough"/> members do.
/// </summary>
public sealed class DoubtSolution(ForumWriter writer, ForumOptions options)
{
    /// <param name="note">What changed: 1 to <see cref="Doubt.MaxNoteLength"/> characters.</param>
    public Task<Result<Done>> RunAsync(Actor actor, long topicId, long postId, string? note, CancellationToken cancellation)
    {
        var said = Typed.Line(note);
        if (said.Length is 0 or > Doubt.MaxNoteLength)
            return Task.FromResult<Result<Done>>(Refusal.Invalid("Please say in at most {0} characters what changed.", "Note", Doubt.MaxNoteLength));
        return writer.RunAsync<Done>(actor, async (deed, cancellation) =>
        {
            if (!(await deed.DoubtableAsync(topicId, postId, cancellation)).Is(out var found, out var refusal))
                return refusal;
            var (db, memberId, solution) = (deed.Db, found.Rights.MemberId!.Value, found.Solution);
            if (await db.Doubts.AnyAsync(d => d.PostId == postId && d.MemberId == memberId, cancellation))
                return new Done();
            var staff = found.Rights.IsStaffOf(found.Topic.BoardId);
            if (!staff && solution.Checked + Review.Rest > deed.Now && !(solution.Post.Edited > solution.Checked))
                return Refusal.Forbidden("Staff have looked at this solution not long ago and say that it works. If it still fails for you, say so tomorrow.");
            if (options.Limits.Enabled && await deed.TooManyReportsAsync(options.Limits, memberId, cancellation) is { } tooMany)
                return tooMany;

            db.Doubts.Add(new Doubt { PostId = postId, MemberId = memberId, Note = said, Made = deed.Now });
            await db.SaveChangesAsync(cancellation);
            var asker = memberId == found.Topic.AuthorId;
            if (solution.Outdated is null ? staff || asker || await db.Doubts.CountAsync(d => d.PostId == postId, cancellation) >= Doubt.Enough : staff && solution.OutdatedById is null)
            {
                (solution.Outdated, solution.OutdatedNote, solution.OutdatedById) = (solution.Outdated ?? deed.Now, said, staff ? memberId : null);
                deed.Audit(staff || asker ? "solution.outdated" : "solution.outdated-by-members", topicId, postId, solution.Post.AuthorId, said, byNobody: !staff && !asker);
                deed.TellOutdated(found);
            }
            return new Done();
        }, cancellation);
    }
}

/// <summary>A member takes back that a solution no longer works. It works again where nobody of the staff or asker, and too few members, still say so.</summary>
public sealed class TakeBackDoubt(ForumWriter writer)
{
    public Task<Result<Done>> RunAsync(Actor actor, long topicId, long postId, CancellationToken cancellation) => writer.RunAsync<Done>(actor, async (deed, cancellation) =>
    {
        if (!(await deed.DoubtableAsync(topicId, postId, cancellation)).Is(out var found, out var refusal))
            return refusal;
        var (db, memberId, solution) = (deed.Db, found.Rights.MemberId!.Value, found.Solution);
        if (await db.Doubts.Where(d => d.PostId == postId && d.MemberId == memberId).ExecuteDeleteAsync(cancellation) == 0 || solution.Outdated is null)
            return new Done();
        if (solution.OutdatedById is { } confirmed && confirmed != memberId)
            return new Done();
        solution.OutdatedById = null;
        var askerId = found.Topic.AuthorId;
        if (await db.Doubts.AnyAsync(d => d.PostId == postId && d.MemberId == askerId, cancellation) || await db.Doubts.CountAsync(d => d.PostId == postId, cancellation) >= Doubt.Enough)
            return new Done();
        solution.WorksAgain();
        deed.Audit("solution.doubts-withdrawn", topicId, postId, solution.Post.AuthorId, byNobody: true);
        deed.TellOutdated(found);
        return new Done();
    }, cancellation);
}

/// <summary>What staff say about a solution.</summary>
/// <param name="Outdated">It no longer works; false says that it does, and ends all doubts.</param>
/// <param name="Note">What changed, or why it still works; at most <see cref="Doubt.MaxNoteLength"/> characters. May be left out where members have said it.</param>
/// <param name="SuccessorTopicId">The topic whose post works instead; null for none.</param>
/// <param name="SuccessorNumber">Of that post; the first one where it is null.</param>
public sealed record SolutionVerdict(long TopicId, long PostId, bool Outdated, string? Note = null, long? SuccessorTopicId = null, int? SuccessorNumber = null);

/// <summary>Staff of the board say whether a solution still works, and what does instead.</summary>
public sealed class JudgeSolution(ForumWriter writer)
{
    public Task<Result<Done>> RunAsync(Actor actor, SolutionVerdict verdict, CancellationToken cancellation)
    {
        var said = Typed.Line(verdict.Note);
        if (said.Length > Doubt.MaxNoteLength)
            return Task.FromResult<Result<Done>>(Refusal.Invalid("Please say in at most {0} characters what changed.", "Note", Doubt.MaxNoteLength));
        return writer.RunAsync<Done>(actor, async (deed, cancellation) =>
        {
            if (!(await deed.DoubtableAsync(verdict.TopicId, verdict.PostId, cancellation)).Is(out var found, out var refusal))
                return refusal;
            if (!found.Rights.IsStaffOf(found.Topic.BoardId))
                return Refusal.Forbidden("Only staff of this board say whether a solution still works.");
            return verdict.Outdated ? await OutdateAsync(deed, found, verdict, said, cancellation) : await KeepAsync(deed, found, said, cancellation);
        }, cancellation);
    }

    private static async Task<Result<Done>> OutdateAsync(Deed deed, Doubted found, SolutionVerdict verdict, string said, CancellationToken cancellation)
    {
        var (db, solution) = (deed.Db, found.Solution);
        if (!(await SuccessorAsync(db, found.Rights, verdict, cancellation)).Is(out var successor, out var refusal))
            return refusal;
        var note = said.Length > 0 ? said
            : solution.OutdatedNote ?? await db.Doubts.Where(d => d.PostId == verdict.PostId).OrderBy(d => d.Made).ThenBy(d => d.MemberId).Select(d => d.Note).FirstOrDefaultAsync(cancellation);
        if (note is null)
            return Refusal.Invalid("Please say in at most {0} characters what changed.", "Note", Doubt.MaxNoteLength);
        if (solution.OutdatedById is not null && solution.OutdatedNote == note && solution.SuccessorId == successor)
            return new Done();
        (solution.Outdated, solution.OutdatedNote, solution.OutdatedById, solution.SuccessorId) = (solution.Outdated ?? deed.Now, note, found.Rights.MemberId, successor);
        deed.Audit("solution.outdated", verdict.TopicId, verdict.PostId, solution.Post.AuthorId, note);
        deed.TellOutdated(found);
        return new Done();
    }

    private static async Task<Result<Done>> KeepAsync(Deed deed, Doubted found, string said, CancellationToken cancellation)
    {
        var solution = found.Solution;
        var doubts = await deed.Db.Doubts.Where(d => d.PostId == solution.PostId).ExecuteDeleteAsync(cancellation);
        if (doubts == 0 && solution.Outdated is null)
            return new Done();
        solution.WorksAgain();
        solution.Checked = deed.Now;
        deed.Audit("solution.works", solution.TopicId, solution.PostId, solution.Post.AuthorId, said.Length == 0 ? null : said);
        deed.TellOutdated(found);
        return new Done();
    }

    private static async Task<Result<long?>> SuccessorAsync(ForumDbContext db, Rights rights, SolutionVerdict verdict, CancellationToken cancellation)
    {
        if (verdict.SuccessorTopicId is not { } topicId)
            return Result<long?>.Of(null);
        var number = verdict.SuccessorNumber ?? 1;
        var id = await db.Posts.ReadableBy(rights).Where(p => p.TopicId == topicId && p.Number == number && p.Visibility == Visibility.Visible && p.Topic.Visibility == Visibility.Visible).Select(p => (long?)p.Id).SingleOrDefaultAsync(cancellation);
        return id is null ? Refusal.Invalid("There is no such topic or post.", "Successor")
            : id == verdict.PostId || topicId == verdict.TopicId && number == 1 ? Refusal.Invalid("Please name another post of this topic, or another topic.", "Successor")
            : Result<long?>.Of(id);
    }
}

/// <summary>A solution with who speaks about it.</summary>
internal sealed record Doubted(Rights Rights, Topic Topic, Solution Solution);

internal static class Doubting
{
    /// <summary>The solution and its topic, for a member who may write; the topic is this transaction's alone from here on.</summary>
    public static async Task<Result<Doubted>> DoubtableAsync(this Deed deed, long topicId, long postId, CancellationToken cancellation)
    {
        var db = deed.Db;
        await deed.RaiseVersionAsync(topicId, cancellation);
        var rights = await db.RightsOfAsync(deed.Actor, deed.Now, cancellation);
        var post = await db.Posts.AsNoTracking().Include(p => p.Topic).ThenInclude(t => t.Board).SingleOrDefaultAsync(p => p.Id == postId && p.TopicId == topicId, cancellation);
        if (post is null)
            return Refusal.NotFound;
        if ((post.CannotBeReadBy(rights) ?? rights.CannotPost()) is { } refusal)
            return refusal;
        var solution = await db.Solutions.Include(s => s.Post).SingleOrDefaultAsync(s => s.TopicId == topicId && s.PostId == postId, cancellation);
        return solution is null || !post.Topic.Board.HasSolutions ? Refusal.Invalid("This is not an accepted solution.") : new Doubted(rights, post.Topic, solution);
    }

    public static void WorksAgain(this Solution solution) =>
        (solution.Outdated, solution.OutdatedNote, solution.OutdatedById, solution.SuccessorId) = (null, null, null, null);

    public static void TellOutdated(this Deed deed, Doubted found) =>
        deed.Tell(new OutdatedChanged(found.Topic.Id, found.Topic.BoardId, found.Solution.PostId));
}
