using Forum.Boards;
using Forum.Data;
using Forum.Members;
using Forum.Settings;
using Forum.Solutions;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;

namespace Forum.Moderation;

/// <summary>What a member says about a solution.</summary>
public sealed record DoubtRow(MemberLink By, string Note, DateTime Made);

/// <summary>A solution that members doubt, for staff to look at.</summary>
/// <param name="Excerpt">The first words of the solution.</param>
/// <param name="Marked">Since when it is the solution.</param>
/// <param name="Outdated">Since when it is shown as outdated; null while too few say so.</param>
public sealed record DoubtedSolution(long PostId, long TopicId, string Slug, string Title, int Number, string BoardName, string Excerpt, DateTime Marked, int Views, int Doubts, string LatestNote, DateTime? Outdated);

/// <summary>Reads what members say of solutions that no longer work: moderators of the site everything, those of a board what stands there.</summary>
public sealed class DoubtQueries(IDbContextFactory<ForumDbContext> contexts, ForumOptions options, TimeProvider clock)
{
    private const int ExcerptLength = 300;

    /// <summary>Solutions whose age and views are compared: those of the most viewed topics, since a multiple of views cannot be far behind.</summary>
    private const int Compared = 500;

    /// <summary>How many solutions wait for this moderator, at most one more than <paramref name="most"/>; 0 for everybody else.</summary>
    public async Task<int> CountAsync(Rights rights, int most, CancellationToken cancellation)
    {
        if (!rights.ModeratesAny)
            return 0;
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        return await Open(db, rights).Take(most + 1).CountAsync(cancellation);
    }

    /// <summary>Solutions that members doubt and staff have not confirmed as outdated, the most read and oldest first: age times views. As they are decided, others move up.</summary>
    /// <returns>Refused with NotFound to whoever moderates nothing.</returns>
    public async Task<Result<IReadOnlyList<DoubtedSolution>>> OpenAsync(Rights rights, CancellationToken cancellation)
    {
        if (!rights.ModeratesAny)
            return Refusal.NotFound;
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var compared = await Open(db, rights).OrderByDescending(s => s.Post.Topic.Views).ThenBy(s => s.PostId).Take(Compared).Select(s => new { s.PostId, s.Marked, s.Post.Topic.Views }).ToListAsync(cancellation);
        var now = clock.GetUtcNow().UtcDateTime;
        var ids = compared.OrderByDescending(s => (now - s.Marked).TotalDays * (1 + s.Views)).ThenBy(s => s.PostId).Take(Paging.PageSize).Select(s => s.PostId).ToList();
        var rows = await db.Solutions.AsNoTracking().Where(s => ids.Contains(s.PostId)).Select(s => new DoubtedSolution(
            s.PostId, s.TopicId, s.Post.Topic.Slug, s.Post.Topic.Title, s.Post.Number, s.Post.Topic.Board.Name, s.Post.Text.Substring(0, ExcerptLength), s.Marked, s.Post.Topic.Views,
            db.Doubts.Count(d => d.PostId == s.PostId), db.Doubts.Where(d => d.PostId == s.PostId).OrderByDescending(d => d.Made).Select(d => d.Note).First(), s.Outdated)).ToDictionaryAsync(s => s.PostId, cancellation);
        return Result<IReadOnlyList<DoubtedSolution>>.Of([.. ids.Where(rows.ContainsKey).Select(id => rows[id])]);
    }

    /// <summary>What members say of one solution, the first of them first; nobody but its staff reads it.</summary>
    public async Task<IReadOnlyList<DoubtRow>> OfAsync(Rights rights, long postId, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var boardId = await db.Posts.Where(p => p.Id == postId).Select(p => p.Topic.BoardId).SingleOrDefaultAsync(cancellation);
        if (!rights.IsStaffOf(boardId))
            return [];
        var rows = await db.Doubts.AsNoTracking().Where(d => d.PostId == postId).OrderBy(d => d.Made).ThenBy(d => d.MemberId).Take(Paging.PageSize)
            .Select(d => new { d.Member.UserName, d.Member.Name, d.Note, d.Made }).ToListAsync(cancellation);
        return rows.ConvertAll(d => new DoubtRow(new(d.UserName!, options.Site.Show(d.Name, d.UserName!)), d.Note, d.Made));
    }

    private static IQueryable<Solution> Open(ForumDbContext db, Rights rights)
    {
        var doubted = db.Solutions.AsNoTracking().Where(s => s.OutdatedById == null && s.Post.Topic.Visibility == Visibility.Visible && s.Post.Topic.Board.Kind == BoardKind.Questions
            && db.Doubts.Select(d => d.PostId).Contains(s.PostId));
        if (rights.Moderates(0))
            return doubted;
        var own = rights.ModeratedBoards;
        return doubted.Where(s => own.Contains(s.Post.Topic.BoardId));
    }
}
