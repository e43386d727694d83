using Forum.Data;
using Forum.Following;
using Forum.Members;
using Forum.Moderation;
using Forum.Outbox;
using Forum.Standing;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;

namespace Forum.Tests.Standing;

public sealed class TrustTests : IAsyncLifetime
{
    private TestForum forum = null!;
    private Actor member = null!, other = null!;
    private readonly List<PostedPost> topics = [];

    public async Task InitializeAsync()
    {
        forum = await TestForum.StartAsync();
        await forum.BoardAsync();
        member = await forum.TrustedAsync(1);
        other = await forum.MemberAsync("Muhammad Ali");
        forum.Clock.Advance(Newcomers.LeastTime);
    }

    public Task DisposeAsync() => forum.DisposeAsync().AsTask();

    private DateTime Now => forum.Clock.GetUtcNow().UtcDateTime;

    private async Task<byte> TrustAsync() => (await forum.MemberRowAsync(member)).Trust;

    private async Task<int> ReviewAsync() => (await forum.Get<ReviewTrust>().RunAsync(Actor.Operator, default)).Required;

    private async Task<TrustChange?> LastChangeAsync()
    {
        await using var db = forum.Db();
        return await db.TrustChanges.AsNoTracking().Where(c => c.MemberId == member.MemberId).OrderByDescending(c => c.Id).FirstOrDefaultAsync();
    }

    private async Task VisitAsync(Actor who)
    {
        forum.Get<Visits>().Note(who.MemberId!.Value);
        await forum.Get<Visits>().FlushAsync(default);
    }

    private async Task VisitOnDaysAsync(int days)
    {
        for (var i = 0; i < days; i++)
        {
            await VisitAsync(member);
            forum.Clock.Advance(TimeSpan.FromDays(1));
        }
        await VisitAsync(member);
    }

    private async Task HaveAsync(TrustFact fact, int count)
    {
        await using var db = forum.Db();
        var row = db.Users.Where(m => m.Id == member.MemberId);
        _ = fact switch
        {
            TrustFact.TopicsRead => await row.ExecuteUpdateAsync(set => set.SetProperty(m => m.TopicsRead, count)),
            TrustFact.PostsRead => await row.ExecuteUpdateAsync(set => set.SetProperty(m => m.PostsRead, count)),
            _ => throw new ArgumentOutOfRangeException(nameof(fact)),
        };
    }

    private async Task AskAsync(int count)
    {
        while (topics.Count < count)
            topics.Add(await forum.AskAsync(other));
    }

    /// <summary>Everything that level 2 takes but the days.</summary>
    private async Task DoWhatSecondTakesAsync()
    {
        await AskAsync(3);
        foreach (var topic in topics.Take(3))
            await forum.UpvoteAsync(other, (await forum.ReplyAsync(member, topic.TopicId)).PostId);
        await forum.UpvoteAsync(member, topics[0].PostId);
        await HaveAsync(TrustFact.TopicsRead, 20);
        await HaveAsync(TrustFact.PostsRead, 100);
    }

    /// <summary>Everything that level 3 takes, within the last 100 days.</summary>
    private async Task DoWhatThirdTakesAsync()
    {
        await VisitOnDaysAsync(50);
        await AskAsync(30);
        foreach (var topic in topics.Take(30))
            await forum.UpvoteAsync(member, topic.PostId);
        var replies = new List<PostedPost>();
        foreach (var topic in topics.Take(10))
            replies.Add(await forum.ReplyAsync(member, topic.TopicId));
        for (var voter = 0; voter < 5; voter++)
        {
            var upvoter = await forum.MemberAsync("Kwame Osei");
            foreach (var reply in replies.Take(4))
                await forum.UpvoteAsync(upvoter, reply.PostId);
        }
        foreach (var topic in topics.Take(10))
            forum.Get<ReadMarks>().Note(member.MemberId!.Value, topic.TopicId, 2);
        await forum.Get<ReadMarks>().FlushAsync(default);
        await HaveAsync(TrustFact.TopicsRead, 200);
        await HaveAsync(TrustFact.PostsRead, 500);
    }

    [Fact]
    public async Task A_day_counts_once_however_often_one_comes_and_on_however_many_nodes()
    {
        await VisitAsync(member);
        await VisitAsync(member);
        var today = DateOnly.FromDateTime(Now);
        for (var node = 0; node < 2; node++)
            _ = (await forum.Get<KeepVisits>().RunAsync(Actor.Operator, [(member.MemberId!.Value, today), (4711, today)], default)).Required;
        Assert.Equal(1, (await forum.MemberRowAsync(member)).DaysVisited);
        await VisitOnDaysAsync(2);
        Assert.Equal(3, (await forum.MemberRowAsync(member)).DaysVisited);
    }

    [Fact]
    public async Task Reading_counts_topics_once_and_posts_as_they_come_into_sight()
    {
        await AskAsync(1);
        for (var number = 2; number <= 30; number++)
            await forum.ReplyAsync(other, topics[0].TopicId, $"Answer {number}.");
        foreach (var (read, posts) in new[] { (10, 10), (10, 10), (5, 10), (30, 30) })
        {
            forum.Get<ReadMarks>().Note(member.MemberId!.Value, topics[0].TopicId, read);
            await forum.Get<ReadMarks>().FlushAsync(default);
            var row = await forum.MemberRowAsync(member);
            Assert.Equal((1, posts, 1), (row.TopicsRead, row.PostsRead, row.DaysVisited));
        }
    }

    [Fact]
    public async Task Level_2_comes_with_everything_that_it_takes_and_with_nothing_less()
    {
        await DoWhatSecondTakesAsync();
        await VisitOnDaysAsync(13);
        Assert.Equal((0, 1), (await ReviewAsync(), await TrustAsync()));
        await VisitOnDaysAsync(1);
        _ = await forum.Get<Forum.Votes.TakeBackUpvote>().RunAsync(member, topics[0].PostId, default);
        Assert.Equal((0, 1), (await ReviewAsync(), await TrustAsync()));
        await forum.UpvoteAsync(member, topics[0].PostId);

        Assert.Equal((1, 2), (await ReviewAsync(), await TrustAsync()));

        var change = (await LastChangeAsync())!;
        Assert.Equal((1, 2, TrustReason.Reached, Now), (change.From, change.To, change.Reason, change.At));
        Assert.Equal(0, await ReviewAsync());
        await using var db = forum.Db();
        var entry = await db.AuditEntries.SingleAsync(e => e.Deed == "member.trusted" && e.MemberId == member.MemberId);
        Assert.Equal(("1", "2", null), (entry.Before, entry.After, entry.Note));
        Assert.True(await db.OutboxEvents.AnyAsync(e => e.Kind == nameof(TrustChanged)));
    }

    [Fact]
    public async Task Replies_to_oneself_and_upvotes_taken_back_count_for_nothing()
    {
        await DoWhatSecondTakesAsync();
        await VisitOnDaysAsync(15);
        await using (var db = forum.Db())
            await db.Posts.Where(p => p.AuthorId == member.MemberId && p.TopicId != topics[0].TopicId).ExecuteUpdateAsync(set => set.SetProperty(p => p.Visibility, Visibility.Deleted));
        var own = await forum.AskAsync(member);
        for (var i = 0; i < 3; i++)
            await forum.ReplyAsync(member, own.TopicId);
        Assert.Equal(0, await ReviewAsync());
    }

    [Fact]
    public async Task Who_does_not_come_or_is_suspended_is_not_raised()
    {
        await DoWhatSecondTakesAsync();
        await VisitOnDaysAsync(15);
        await forum.SuspendAsync(member, TimeSpan.FromDays(20));
        Assert.Equal(0, await ReviewAsync());
        forum.Clock.Advance(TimeSpan.FromDays(21));
        Assert.Equal(0, await ReviewAsync());
        await VisitAsync(member);
        Assert.Equal(1, await ReviewAsync());
    }

    [Fact]
    public async Task Two_nodes_at_once_raise_once()
    {
        await DoWhatSecondTakesAsync();
        await VisitOnDaysAsync(15);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(ReviewAsync)));
        await using var db = forum.Db();
        Assert.Equal(1, await db.TrustChanges.CountAsync(c => c.MemberId == member.MemberId));
    }

    [Fact]
    public async Task Level_3_is_come_to_lately_kept_for_two_weeks_and_lost_with_what_it_took()
    {
        await DoWhatThirdTakesAsync();
        Assert.Equal((1, 3), (await ReviewAsync(), await TrustAsync()));
        Assert.Equal((1, 3), ((int)(await LastChangeAsync())!.From, (int)(await LastChangeAsync())!.To));

        // A hundred days later nothing of it is lately.
        forum.Clock.Advance(TrustRules.Grace - TimeSpan.FromHours(1));
        await ForgetDaysAsync(2);
        Assert.Equal(0, await ReviewAsync());
        forum.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal((0, 3), (await ReviewAsync(), await TrustAsync()));
        // Nine tenths of 50 days are 45.
        await ForgetDaysAsync(5);
        Assert.Equal((1, 2), (await ReviewAsync(), await TrustAsync()));

        var change = (await LastChangeAsync())!;
        Assert.Equal((TrustReason.Lapsed, TrustFact.DaysVisitedLately, 44, 50), (change.Reason, change.Lacking, change.Had, change.Needed));
        await using var db = forum.Db();
        var entry = await db.AuditEntries.SingleAsync(e => e.Deed == "member.trust-lapsed");
        Assert.Equal(("3", "2", "DaysVisitedLately 44, needed 50"), (entry.Before, entry.After, entry.Note));
        // Level 2 is kept whatever happens.
        forum.Clock.Advance(TimeSpan.FromDays(500));
        await VisitAsync(member);
        Assert.Equal((0, 2), (await ReviewAsync(), await TrustAsync()));
    }

    private async Task ForgetDaysAsync(int days)
    {
        await using var db = forum.Db();
        var oldest = await db.VisitDays.Where(d => d.MemberId == member.MemberId).OrderBy(d => d.Day).Take(days).Select(d => d.Day).ToListAsync();
        await db.VisitDays.Where(d => d.MemberId == member.MemberId && oldest.Contains(d.Day)).ExecuteDeleteAsync();
    }

    public static TheoryData<TrustFact> Lately => [TrustFact.TopicsReadLately, TrustFact.PostsReadLately, TrustFact.UpvotesReceivedLately, TrustFact.UpvotesGivenLately, TrustFact.TopicsRepliedToLately, TrustFact.PostsRemovedLately, TrustFact.SuspensionsLately];

    [Theory]
    [MemberData(nameof(Lately))]
    public async Task Level_3_does_not_come_without(TrustFact fact)
    {
        await DoWhatThirdTakesAsync();
        await using (var db = forum.Db())
            _ = fact switch
            {
                TrustFact.TopicsReadLately => await db.ReadMarks.ExecuteUpdateAsync(set => set.SetProperty(m => m.At, Now.AddDays(-101))),
                TrustFact.PostsReadLately => await db.VisitDays.ExecuteUpdateAsync(set => set.SetProperty(d => d.PostsRead, 0)),
                TrustFact.UpvotesReceivedLately => await db.PointEntries.ExecuteUpdateAsync(set => set.SetProperty(e => e.At, Now.AddDays(-101))),
                TrustFact.UpvotesGivenLately => await db.Votes.Where(v => v.MemberId == member.MemberId).Take(1).ExecuteDeleteAsync(),
                TrustFact.TopicsRepliedToLately => await db.Posts.Where(p => p.AuthorId == member.MemberId).Take(1).ExecuteUpdateAsync(set => set.SetProperty(p => p.Visibility, Visibility.Hidden)),
                TrustFact.SuspensionsLately => await db.Users.Where(m => m.Id == member.MemberId).ExecuteUpdateAsync(set => set.SetProperty(m => m.SuspendedUntil, Now.AddDays(-1))),
                _ => await ReportAsync(db),
            };
        Assert.Equal((1, 2), (await ReviewAsync(), await TrustAsync()));
    }

    private async Task<int> ReportAsync(ForumDbContext db)
    {
        var posts = await db.Posts.Where(p => p.AuthorId == member.MemberId).Select(p => p.Id).ToListAsync();
        foreach (var post in posts.Take(6))
            db.Reviews.Add(new Review { PostId = post, Round = 1, Opened = Now, Decided = Now, Outcome = ReviewOutcome.Upheld });
        return await db.SaveChangesAsync();
    }

    [Fact]
    public async Task What_a_manager_sets_stays_and_is_given_back_to_the_rules()
    {
        var manager = await forum.MemberAsync("Mara Manager", SiteRole.Manager);
        var handle = (await forum.MemberRowAsync(member)).Handle;
        await DoWhatSecondTakesAsync();
        await VisitOnDaysAsync(15);

        _ = (await forum.Get<SetTrust>().RunAsync(manager, handle, 0, "Spam in three topics.", default)).Required;
        Assert.Equal((0, 0), (await ReviewAsync(), await TrustAsync()));
        await AskAsync(5);
        Assert.Equal(TrustReason.ByHand, (await LastChangeAsync())!.Reason);
        Assert.Equal("Spam in three topics.", (await LastChangeAsync())!.Note);
        forum.Get<ReadMarks>().Note(member.MemberId!.Value, topics[3].TopicId, 1);
        await forum.Get<ReadMarks>().FlushAsync(default);
        Assert.Equal(0, await TrustAsync());

        _ = (await forum.Get<SetTrust>().RunAsync(manager, handle, 4, null, default)).Required;
        forum.Clock.Advance(TimeSpan.FromDays(200));
        Assert.Equal((0, 4), (await ReviewAsync(), await TrustAsync()));

        _ = (await forum.Get<SetTrust>().RunAsync(manager, handle, null, null, default)).Required;
        Assert.Equal((2, TrustReason.ByRulesAgain), (await TrustAsync(), (await LastChangeAsync())!.Reason));
        _ = (await forum.Get<SetTrust>().RunAsync(manager, handle, null, null, default)).Required;
        await using var db = forum.Db();
        Assert.Equal(3, await db.TrustChanges.CountAsync(c => c.MemberId == member.MemberId));
        Assert.Equal(2, await db.AuditEntries.CountAsync(e => e.Deed == "member.trust-set" && e.ActorId == manager.MemberId));
    }

    [Fact]
    public async Task Only_managers_set_trust_to_a_level_that_there_is()
    {
        var handle = (await forum.MemberRowAsync(member)).Handle;
        foreach (var actor in new[] { Actor.Visitor, member, await forum.MemberAsync("Silke Site", SiteRole.Moderator), await forum.BoardModeratorAsync("help") })
            Assert.Equal(RefusalKind.Forbidden, (await forum.Get<SetTrust>().RunAsync(actor, handle, 4, null, default)).Refusal?.Kind);
        var manager = await forum.MemberAsync("Mara Manager", SiteRole.Manager);
        Assert.Equal("Level", (await forum.Get<SetTrust>().RunAsync(manager, handle, 5, null, default)).Refusal?.Field);
        Assert.Equal("Handle", (await forum.Get<SetTrust>().RunAsync(manager, "Nobody99", 1, null, default)).Refusal?.Field);
    }

    [Fact]
    public async Task Members_and_moderators_see_how_far_it_is_to_the_next_level_and_others_do_not()
    {
        await DoWhatSecondTakesAsync();
        var view = (await ViewAsync(member)).Required;
        Assert.Equal(1, view.Level);
        Assert.Equal([(15, 0), (20, 20), (100, 100), (1, 1), (1, 3), (3, 3)], view.Next.Select(n => (n.Need.Number, n.Had)));
        Assert.NotNull((await ViewAsync(await forum.MemberAsync("Silke Site", SiteRole.Moderator))).Value);
        Assert.Equal(RefusalKind.NotFound, (await ViewAsync(other)).Refusal?.Kind);

        async Task<Result<TrustView>> ViewAsync(Actor reader)
        {
            await using var db = forum.Db();
            return await forum.Get<TrustQueries>().OfAsync(await Forum.Boards.RightsQueries.RightsOfAsync(db, reader, Now, default), member.MemberId!.Value, default);
        }
    }

    [Fact]
    public async Task Days_of_visits_go_when_nothing_counts_them_any_more_and_their_sum_stays()
    {
        await VisitOnDaysAsync(3);
        forum.Clock.Advance(TimeSpan.FromDays(VisitDay.KeptDays + 1));
        Assert.Equal(4, (await forum.Get<Forum.Jobs.TidyUp>().RunAsync(Actor.Operator, default)).Required.Days);
        Assert.Equal(4, (await forum.MemberRowAsync(member)).DaysVisited);
    }
}
