using Forum.Boards;
using Forum.Data;
using Forum.Members;
using Forum.Moderation;
using Forum.Standing;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;

namespace Forum.Benchmarks.Scale;

/// <summary>
/// A community of so many upvotes and little else, written by the database itself: 20,000 members on ten boards, the posts of some far more liked than those of
/// others, over a year.
/// </summary>
internal sealed class LeaderboardScale(Community community, int votes) : IAsyncDisposable
{
    public const int Members = 20_000, Boards = 10, Posts = 200_000, Days = 365, Rounds = 5;

    private const int TopicsPerBoard = 200;

    private static readonly DateTime now = TimeProvider.System.GetUtcNow().UtcDateTime;

    public static async Task<LeaderboardScale> WriteAsync(int votes)
    {
        var scale = new LeaderboardScale(await Community.EmptyAsync(), votes);
        await using var db = scale.Db();
        await db.Database.OpenConnectionAsync();
        // What is asked of the votes is not how fast they are written.
        await RunAsync(db, "PRAGMA foreign_keys = OFF");
        await RunAsync(db, "DROP INDEX \"IX_Votes_MemberId_Cast\"");
        await PeopleAsync(db);
        await PostsAsync(db);
        await scale.VotesAsync(db);
        await RunAsync(db, "CREATE INDEX \"IX_Votes_MemberId_Cast\" ON \"Votes\" (\"MemberId\", \"Cast\")");
        await RunAsync(db, "INSERT INTO \"UpvoteDays\" (\"Day\", \"BoardId\", \"MemberId\", \"Upvotes\") SELECT v.\"Day\", t.\"BoardId\", p.\"AuthorId\", COUNT(*) FROM \"Votes\" v "
            + "JOIN \"Posts\" p ON p.\"Id\" = v.\"PostId\" JOIN \"Topics\" t ON t.\"Id\" = p.\"TopicId\" GROUP BY 1, 2, 3");
        return scale;
    }

    private ForumDbContext Db()
    {
        var db = community.Db();
        db.Database.SetCommandTimeout(TimeSpan.FromMinutes(10));
        return db;
    }

    private static Task<int> RunAsync(ForumDbContext db, string sql) => db.Database.ExecuteSqlRawAsync(sql);

    /// <summary>The numbers from 1 to that one.</summary>
    private static string Numbers(int to) => $"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {to}) ";

    private static async Task PeopleAsync(ForumDbContext db)
    {
        db.Users.Add(new Member { UserName = "first", NormalizedUserName = "FIRST", Name = "First Member", Created = now.AddDays(-2 * Days) });
        for (var i = 1; i <= Boards; i++)
            db.Boards.Add(new Board { Slug = $"board-{i}", Name = $"Board {i}", Kind = BoardKind.Questions, Read = ReadAccess.Everyone });
        await db.SaveChangesAsync();
        var columns = db.Model.FindEntityType(typeof(Member))!.GetProperties().Select(p => p.GetColumnName()).Where(c => c is not ("Id" or "UserName" or "NormalizedUserName")).Select(c => $"\"{c}\"");
        var list = string.Join(", ", columns);
        await RunAsync(db, Numbers(Members - 1) + $"INSERT INTO \"AspNetUsers\" (\"UserName\", \"NormalizedUserName\", {list}) SELECT 'm' || i, 'M' || i, {list} FROM n, \"AspNetUsers\" WHERE \"Id\" = 1");
    }

    private static async Task PostsAsync(ForumDbContext db)
    {
        for (var i = 1; i <= Boards * TopicsPerBoard; i++)
            db.Topics.Add(new Topic { BoardId = 1 + i % Boards, AuthorId = 1, Title = $"Topic {i}", Slug = $"topic-{i}", Created = now.AddDays(-Days), LastActivity = now, LastPosterId = 1 });
        db.Posts.Add(new Post { TopicId = 0, Topic = db.Topics.Local.First(), Number = 1, AuthorId = 1, Markdown = "Thanks.", Text = "Thanks.", RendererVersion = 1, Created = now.AddDays(-Days) });
        await db.SaveChangesAsync();
        var columns = string.Join(", ", db.Model.FindEntityType(typeof(Post))!.GetProperties().Select(p => p.GetColumnName()).Where(c => c is not ("Id" or "TopicId" or "Number" or "AuthorId")).Select(c => $"\"{c}\""));
        // The square of a number spread evenly between 0 and 1: a tenth of the members get a third of the upvotes.
        await RunAsync(db, Numbers(Posts) + $"INSERT INTO \"Posts\" (\"Id\", \"TopicId\", \"Number\", \"AuthorId\", {columns}) SELECT 1 + i, 1 + i % {Boards * TopicsPerBoard}, 2 + i / {Boards * TopicsPerBoard}, "
            + $"1 + CAST({Members} * (i * 7919 % 10007 / 10007.0) * (i * 7919 % 10007 / 10007.0) AS INTEGER), {columns} FROM n, \"Posts\" WHERE \"Id\" = 1");
    }

    private async Task VotesAsync(ForumDbContext db)
    {
        await RunAsync(db, "CREATE TABLE days (i INTEGER PRIMARY KEY, day TEXT)");
        await RunAsync(db, Numbers(Days) + "INSERT INTO days SELECT i - 1, date('now', (1 - i) || ' days') FROM n");
        // As many voters for each post as it takes, never the same one twice, in the week in which it is read.
        var each = Math.Max(1, votes / Posts);
        await RunAsync(db, $"WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {votes - 1}) INSERT INTO \"Votes\" (\"PostId\", \"MemberId\", \"Cast\", \"Day\") "
            + $"SELECT 2 + n.i / {each}, 1 + (n.i / {each} * 7907 + n.i % {each} * 397) % {Members}, d.day || ' 12:00:00', d.day FROM n JOIN days d ON d.i = (n.i / {each} * 2654435761 / 65536 + n.i % {each} % 7) % {Days}");
    }

    public async Task<int> BucketsAsync()
    {
        await using var db = Db();
        return await db.UpvoteDays.CountAsync();
    }

    /// <summary>Milliseconds to sum a leaderboard that nobody remembers.</summary>
    public Task<double> SumAsync(LeaderboardPeriod period) => TimeAsync(Rounds, async () => _ = (await community.Make<LeaderboardQueries>().TopAsync(Rights.OfVisitor, period, null, default)).Required);

    /// <summary>Milliseconds of what is not done: to count the votes of 30 days when somebody asks.</summary>
    public Task<double> CountAsync() => TimeAsync(1, async () =>
    {
        await using var db = Db();
        var from = DateOnly.FromDateTime(now).AddDays(-29);
        _ = await db.Votes.Where(v => v.Day >= from).Join(db.Posts, v => v.PostId, p => p.Id, (v, p) => p.AuthorId).GroupBy(id => id).Select(g => new { g.Key, Count = g.Count() }).OrderByDescending(g => g.Count).Take(100).ToListAsync();
    });

    /// <summary>Milliseconds to find those who upvote each other, among the votes of 90 days.</summary>
    public Task<double> RingsAsync() => TimeAsync(1, async () => _ = (await community.Make<RingQueries>().SuspectsAsync(Rights.OfOperator, default)).Required);

    private static async Task<double> TimeAsync(int rounds, Func<Task> work)
    {
        var costs = new List<double>();
        // The first pays for the making of the query.
        for (var round = 0; round <= rounds; round++)
        {
            var begun = Environment.CpuUsage.TotalTime;
            await work();
            costs.Add((Environment.CpuUsage.TotalTime - begun).TotalMilliseconds);
        }
        return costs.Skip(1).Order().ElementAt(rounds / 2);
    }

    public ValueTask DisposeAsync() => community.DisposeAsync();
}
