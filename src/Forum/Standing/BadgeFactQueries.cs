using Forum.Boards;
using Forum.Data;
using Forum.Members;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;

namespace Forum.Standing;

/// <summary>Reads what badges are given for. Nothing is counted further than the highest number that a badge asks for.</summary>
internal static class BadgeFactQueries
{
    private sealed record Count(long MemberId, int Of);

    /// <summary>How much of a fact each of these members has, up to <paramref name="most"/>.</summary>
    public static async Task<IReadOnlyDictionary<long, int>> CountAsync(ForumDbContext db, BadgeFact fact, IReadOnlyList<long> memberIds, int most, DateTime now, CancellationToken cancellation)
    {
        var members = db.Users.Where(m => memberIds.Contains(m.Id));
        if (fact == BadgeFact.YearsHere)
            return (await members.Select(m => new { m.Id, m.Created }).ToListAsync(cancellation)).ToDictionary(m => m.Id, m => YearsBetween(m.Created, now));
        return await Counted(db, fact, members, most).ToDictionaryAsync(c => c.MemberId, c => c.Of, cancellation);
    }

    /// <summary>The post that brought the number up to <paramref name="threshold"/>; null for facts that are about none.</summary>
    public static Task<long?> PostAsync(ForumDbContext db, BadgeFact fact, long memberId, int threshold, CancellationToken cancellation)
    {
        var posts = Visible(db).Where(p => p.AuthorId == memberId);
        var solved = posts.Where(p => p.Topic.AuthorId != memberId);
        var found = fact switch
        {
            BadgeFact.Questions => posts.Where(p => p.Number == 1 && p.Topic.Board.Kind == BoardKind.Questions).OrderBy(p => p.Id),
            BadgeFact.Replies => posts.Where(p => p.Number > 1).OrderBy(p => p.Id),
            BadgeFact.Posts => posts.OrderBy(p => p.Id),
            BadgeFact.Solutions => solved.Where(p => db.Solutions.Any(s => s.PostId == p.Id)).OrderBy(p => db.Solutions.Where(s => s.PostId == p.Id).Select(s => s.Marked).First()).ThenBy(p => p.Id),
            BadgeFact.AcceptedByAsker => solved.Where(p => db.Solutions.Any(s => s.PostId == p.Id && s.MarkedById == p.Topic.AuthorId)).OrderBy(p => p.Id),
            BadgeFact.UpvotesOfOnePost => posts.Where(p => p.Score >= threshold).OrderByDescending(p => p.Score).ThenBy(p => p.Id),
            _ => null,
        };
        return found is null ? Task.FromResult<long?>(null)
            : found.Skip(fact == BadgeFact.UpvotesOfOnePost ? 0 : threshold - 1).Select(p => (long?)p.Id).FirstOrDefaultAsync(cancellation);
    }

    private static IQueryable<Post> Visible(ForumDbContext db) => db.Posts.Where(p => p.Visibility == Visibility.Visible);

    private static IQueryable<Count> Counted(ForumDbContext db, BadgeFact fact, IQueryable<Member> members, int most)
    {
        var posts = Visible(db);
        var solved = posts.Where(p => p.Number > 1 && p.Topic.AuthorId != p.AuthorId);
        return fact switch
        {
            BadgeFact.Questions => members.Select(m => new Count(m.Id, db.Topics.Where(t => t.AuthorId == m.Id && t.Visibility == Visibility.Visible && t.Board.Kind == BoardKind.Questions).Take(most).Count())),
            BadgeFact.Replies => members.Select(m => new Count(m.Id, posts.Where(p => p.AuthorId == m.Id && p.Number > 1).Take(most).Count())),
            BadgeFact.Posts => members.Select(m => new Count(m.Id, m.Posts)),
            BadgeFact.QuestionsHelped => members.Select(m => new Count(m.Id,
                posts.Where(p => p.AuthorId == m.Id && p.Number > 1 && p.Topic.AuthorId != m.Id && p.Topic.Board.Kind == BoardKind.Questions).Select(p => p.TopicId).Distinct().Take(most).Count())),
            BadgeFact.Solutions => members.Select(m => new Count(m.Id, m.Solutions)),
            BadgeFact.AcceptedByAsker => members.Select(m => new Count(m.Id, solved.Where(p => p.AuthorId == m.Id && db.Solutions.Any(s => s.PostId == p.Id && s.MarkedById == p.Topic.AuthorId)).Take(most).Count())),
            BadgeFact.UpvotesGiven => members.Select(m => new Count(m.Id, db.Votes.Where(v => v.MemberId == m.Id).Take(most).Count())),
            BadgeFact.UpvotesReceived => members.Select(m => new Count(m.Id, posts.Where(p => p.AuthorId == m.Id && p.Score > 0).Sum(p => p.Score))),
            BadgeFact.UpvotesOfOnePost => members.Select(m => new Count(m.Id, posts.Where(p => p.AuthorId == m.Id).Max(p => (int?)p.Score) ?? 0)),
            BadgeFact.TopicsRead => members.Select(m => new Count(m.Id, m.TopicsRead)),
            BadgeFact.PostsRead => members.Select(m => new Count(m.Id, m.PostsRead)),
            BadgeFact.DaysVisited => members.Select(m => new Count(m.Id, m.DaysVisited)),
            _ => members.Select(m => new Count(m.Id, 0)),
        };
    }

    private static int YearsBetween(DateTime from, DateTime to) => Math.Max(0, to.Year - from.Year - (to < from.AddYears(to.Year - from.Year) ? 1 : 0));
}
