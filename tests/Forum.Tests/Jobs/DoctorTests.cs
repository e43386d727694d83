using Forum.Data;
using Forum.Following;
using Forum.Jobs;
using Forum.Members;
using Forum.Outbox;
using Forum.Solutions;
using Forum.Standing;
using Forum.Tests.Standing;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;

namespace Forum.Tests.Jobs;

public sealed class DoctorTests
{
    private static async Task<Diagnosis> RunAsync(TestForum forum, bool repair = false) =>
        (await forum.Get<Doctor>().RunAsync(Actor.Operator, repair, null, default)).Required;

    /// <summary>A topic with a solution, votes, tags and a hidden reply: enough that every counter is more than zero.</summary>
    private static async Task<TestForum> HealthyAsync()
    {
        var forum = await TestForum.StartAsync();
        await forum.BoardAsync();
        var (asker, helper, staff) = (await forum.MemberAsync("Ana Costa"), await forum.MemberAsync("Ben Hale"), await forum.MemberAsync("Cleo Moore", SiteRole.Moderator));
        var topic = await forum.AskAsync(asker, tags: ["projects", "owners"]);
        var reply = await forum.ReplyAsync(helper, topic.TopicId);
        await forum.ReplyAsync(asker, topic.TopicId, "That did it.", reply.PostId);
        var hidden = await forum.ReplyAsync(helper, topic.TopicId, "Buy my watches.");
        _ = (await forum.Get<Forum.Moderation.HidePost>().RunAsync(staff, hidden.PostId, "spam", default)).Required;
        _ = (await forum.Get<Forum.Votes.Upvote>().RunAsync(asker, reply.PostId, default)).Required;
        _ = (await forum.Get<Forum.Votes.Upvote>().RunAsync(helper, topic.PostId, default)).Required;
        _ = (await forum.Get<AcceptSolution>().RunAsync(asker, topic.TopicId, reply.PostId, default)).Required;
        forum.Get<ReadMarks>().Note(asker.MemberId!.Value, topic.TopicId, 3);
        await forum.Get<ReadMarks>().FlushAsync(default);
        await forum.Get<BadgeRounds>().JudgeNewAsync(default);
        return forum;
    }

    [Fact]
    public async Task There_is_nothing_to_find_in_a_forum_that_people_used()
    {
        await using var forum = await HealthyAsync();

        Assert.Empty((await RunAsync(forum)).Findings);
        Assert.Empty((await RunAsync(forum, repair: true)).Findings);
    }

    public static readonly TheoryData<string, string> Faults = new()
    {
        { "posts with a wrong score", "post.score" },
        { "posts with a wrong number of replies", "post.replies" },
        { "topics with a wrong number of replies", "topic.replies" },
        { "topics with a wrong last number", "topic.number" },
        { "topics with a wrong score", "topic.score" },
        { "topics with a wrong time of last activity", "topic.activity" },
        { "topics with a wrong last poster", "topic.poster" },
        { "topics wrongly solved or unsolved", "topic.solved" },
        { "topics whose first post is hidden or deleted and they are not, or the other way round", "topic.visibility" },
        { "boards with a wrong number of topics", "board.topics" },
        { "boards with a wrong number of posts", "board.posts" },
        { "boards with a wrong number of solved topics", "board.solved" },
        { "tags with a wrong number of topics", "tag.topics" },
        { "members with a wrong number of posts", "member.posts" },
        { "members whose points are not the sum of their ledger", "member.points" },
        { "members with a wrong number of solutions", "member.solutions" },
        { "members with a wrong number of topics read", "member.topics-read" },
        { "members with fewer days visited than are on record", "member.days" },
        { "members with fewer posts read than are on record", "member.posts-read" },
        { "badges with a wrong number of holders", "badge.holders" },
        { "members whose badges are not those they hold", "member.badges" },
        { "members whose badges are not those they hold", "member.badges-missing" },
        { "members whose roles are not those they were granted", "member.roles" },
        { "days of a member whose upvotes are not those received", "day.wrong" },
        { "days of a member whose upvotes are not those received", "day.missing" },
        { "days of a member whose upvotes are not those received", "day.extra" },
        { "solutions that are not a visible reply of their topic", "solution.hidden" },
        { "solutions that are not a visible reply of their topic", "solution.first" },
        { "events missing from the outbox; after this, rebuild the search index", "outbox.gap" },
        { "events missing from the outbox; after this, rebuild the search index", "outbox.end" },
        { "events of the outbox beyond its counter", "outbox.counter" },
        { "events that a part of the forum could not handle, by their place in the outbox", "outbox.parked" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_planted_fault_is_found_and_mended(string what, string fault)
    {
        await using var forum = await HealthyAsync();
        await using (var db = forum.Db())
            Assert.NotEqual(0, await PlantAsync(db, fault));

        var seen = await RunAsync(forum);
        var mended = await RunAsync(forum, repair: true);

        var finding = seen.Findings.Single(f => f.What == what);
        Assert.False(finding.Repaired);
        Assert.InRange(finding.Count, 1, 3);
        Assert.True(mended.Findings.Single(f => f.What == what).Repaired);
        Assert.Empty((await RunAsync(forum)).Findings);
        await Recount.AssertEverythingAsync(forum);
    }

    private static async Task<int> PlantAsync(ForumDbContext db, string fault)
    {
        switch (fault)
        {
            case "post.score": return await db.Posts.Where(p => p.Number == 2).ExecuteUpdateAsync(s => s.SetProperty(p => p.Score, 99));
            case "post.replies": return await db.Posts.Where(p => p.Number == 2).ExecuteUpdateAsync(s => s.SetProperty(p => p.Replies, 0));
            case "topic.replies": return await db.Topics.ExecuteUpdateAsync(s => s.SetProperty(t => t.Replies, 3));
            case "topic.number": return await db.Topics.ExecuteUpdateAsync(s => s.SetProperty(t => t.LastNumber, 2));
            case "topic.score": return await db.Topics.ExecuteUpdateAsync(s => s.SetProperty(t => t.Score, -1));
            case "topic.activity": return await db.Topics.ExecuteUpdateAsync(s => s.SetProperty(t => t.LastActivity, new DateTime(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc)));
            case "topic.poster": return await db.Topics.ExecuteUpdateAsync(s => s.SetProperty(t => t.LastPosterId, t => db.Users.Max(m => m.Id)));
            case "topic.solved": return await db.Topics.ExecuteUpdateAsync(s => s.SetProperty(t => t.Solved, false));
            case "topic.visibility": return await db.Topics.ExecuteUpdateAsync(s => s.SetProperty(t => t.Visibility, Visibility.Hidden));
            case "board.topics": return await db.Boards.ExecuteUpdateAsync(s => s.SetProperty(b => b.Topics, 7));
            case "board.posts": return await db.Boards.ExecuteUpdateAsync(s => s.SetProperty(b => b.Posts, 7));
            case "board.solved": return await db.Boards.ExecuteUpdateAsync(s => s.SetProperty(b => b.Solved, 7));
            case "tag.topics": return await db.Tags.ExecuteUpdateAsync(s => s.SetProperty(t => t.Topics, 7));
            case "member.posts": return await db.Users.ExecuteUpdateAsync(s => s.SetProperty(m => m.Posts, m => m.Posts + 1));
            case "member.points": return await db.Users.ExecuteUpdateAsync(s => s.SetProperty(m => m.Points, m => m.Points + 1));
            case "member.solutions": return await db.Users.ExecuteUpdateAsync(s => s.SetProperty(m => m.Solutions, m => m.Solutions + 1));
            case "member.topics-read": return await db.Users.ExecuteUpdateAsync(s => s.SetProperty(m => m.TopicsRead, m => m.TopicsRead + 1));
            case "member.days": return await db.Users.ExecuteUpdateAsync(s => s.SetProperty(m => m.DaysVisited, 0));
            case "member.posts-read": return await db.Users.ExecuteUpdateAsync(s => s.SetProperty(m => m.PostsRead, 0));
            case "badge.holders": return await db.Badges.Where(b => b.Id == 1).ExecuteUpdateAsync(s => s.SetProperty(b => b.Holders, 7));
            case "member.badges": return await db.Users.Where(m => m.Badges == "").ExecuteUpdateAsync(s => s.SetProperty(m => m.Badges, "1,4711"));
            case "member.badges-missing": return await db.Users.Where(m => m.Badges != "").ExecuteUpdateAsync(s => s.SetProperty(m => m.Badges, ""));
            case "member.roles": return await db.Users.ExecuteUpdateAsync(s => s.SetProperty(m => m.Roles, SiteRole.Admin));
            case "day.wrong": return await db.UpvoteDays.ExecuteUpdateAsync(s => s.SetProperty(d => d.Upvotes, 5));
            case "day.missing": return await db.UpvoteDays.ExecuteDeleteAsync();
            case "day.extra":
                var day = await db.UpvoteDays.AsNoTracking().OrderBy(d => d.MemberId).FirstAsync();
                db.UpvoteDays.Add(new UpvoteDay { BoardId = day.BoardId, MemberId = day.MemberId, Day = day.Day.AddDays(1), Upvotes = 2 });
                return await db.SaveChangesAsync();
            case "outbox.parked":
                db.ParkedEvents.Add(new ParkedEvent { Consumer = "Anybody", Sequence = 1, Kind = nameof(BoardChanged), Payload = "{}", Happened = new DateTime(2026, 3, 2, 9, 0, 0, DateTimeKind.Utc), Error = "It failed." });
                return await db.SaveChangesAsync();
            case "solution.hidden":
                return await db.Solutions.ExecuteUpdateAsync(s => s.SetProperty(x => x.PostId, db.Posts.Where(p => p.Visibility != Visibility.Visible).Select(p => p.Id).First()))
                + await db.PointEntries.Where(e => e.Reason == PointReason.SolutionAccepted || e.Reason == PointReason.SolutionMarked)
                    .ExecuteUpdateAsync(s => s.SetProperty(e => e.PostId, db.Posts.Where(p => p.Visibility != Visibility.Visible).Select(p => p.Id).First()));
            case "solution.first":
                return await db.Solutions.ExecuteUpdateAsync(s => s.SetProperty(x => x.PostId, db.Posts.Where(p => p.Number == 1).Select(p => p.Id).First()))
                + await db.PointEntries.Where(e => e.Reason == PointReason.SolutionAccepted || e.Reason == PointReason.SolutionMarked)
                    .ExecuteUpdateAsync(s => s.SetProperty(e => e.PostId, db.Posts.Where(p => p.Number == 1).Select(p => p.Id).First()));
            case "outbox.gap": return await db.OutboxEvents.Where(e => e.Sequence == 3 || e.Sequence == 4).ExecuteDeleteAsync();
            case "outbox.end":
                var last = await db.OutboxEvents.MaxAsync(e => e.Sequence);
                return await db.OutboxEvents.Where(e => e.Sequence == last).ExecuteDeleteAsync();
            case "outbox.counter": return await db.OutboxCounters.ExecuteUpdateAsync(s => s.SetProperty(c => c.Value, c => c.Value - 2));
            default: throw new ArgumentOutOfRangeException(nameof(fault), fault, null);
        }
    }

    [Fact]
    public async Task Old_events_cleared_away_are_no_gap()
    {
        await using var forum = await HealthyAsync();
        await using (var db = forum.Db())
            Assert.NotEqual(0, await db.OutboxEvents.Where(e => e.Sequence <= 3).ExecuteDeleteAsync());

        Assert.Empty((await RunAsync(forum)).Findings);
    }

    [Fact]
    public async Task Only_administrators_recount()
    {
        await using var forum = await HealthyAsync();

        var result = await forum.Get<Doctor>().RunAsync(await forum.MemberAsync("Dov Stern", SiteRole.Manager), true, null, default);

        Assert.Equal(RefusalKind.Forbidden, result.Refusal!.Kind);
    }
}
