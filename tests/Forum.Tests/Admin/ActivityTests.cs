using Forum.Admin;
using Forum.Boards;
using Forum.Following;
using Forum.Members;
using Forum.Moderation;
using Forum.Tests.Data;
using Microsoft.EntityFrameworkCore;

namespace Forum.Tests.Admin;

public sealed class ActivityTests : IAsyncLifetime
{
    private readonly CountedQueries counted = new();
    private TestForum forum = null!;

    public async Task InitializeAsync()
    {
        forum = await TestForum.StartAsync(add: counted.Attach);
        await forum.BoardAsync();
    }

    public Task DisposeAsync() => forum.DisposeAsync().AsTask();

    [Fact]
    public async Task Each_day_has_what_happened_on_it()
    {
        var (asker, helper, staff) = (await forum.MemberAsync(), await forum.MemberAsync("Vera Trau"), await forum.MemberAsync("Stella Stab", SiteRole.Staff));
        await forum.BoardAsync("talk", BoardKind.Conversation);
        var early = await forum.AskAsync(asker);
        forum.Clock.Advance(TimeSpan.FromMinutes(10));
        await forum.ReplyAsync(asker, early.TopicId, "I should add that it is urgent.");
        forum.Clock.Advance(TimeSpan.FromMinutes(20));
        var answer = await forum.ReplyAsync(helper, early.TopicId);
        _ = (await forum.AcceptAsync(asker, answer)).Required;
        await forum.AskAsync(asker);
        await forum.AskAsync(staff);
        await forum.AskAsync(asker, "talk");
        _ = (await forum.Get<FlagPost>().RunAsync(helper, new(early.PostId, FlagReason.Rude), default)).Required;
        await using (var db = forum.Db())
        {
            db.Deflections.Add(new() { TopicId = early.TopicId, At = forum.Clock.GetUtcNow().UtcDateTime });
            db.VisitDays.AddRange(new[] { asker, helper }.Select(m => new VisitDay { MemberId = m.MemberId!.Value, Day = Today }));
            await db.SaveChangesAsync();
        }
        forum.Clock.Advance(TimeSpan.FromDays(2));
        var late = await forum.AskAsync(asker);
        forum.Clock.Advance(TimeSpan.FromHours(3));
        await forum.ReplyAsync(helper, late.TopicId);

        var report = await ReportAsync(ActivityPeriod.Month);
        Assert.Equal(30, report.Rows.Count);
        var then = Today.AddDays(-2);
        Assert.Equal(new(then, then, 2, 2, TimeSpan.FromMinutes(30), 1, 1, 2, 1, 1, 0), report.Rows[27]);
        Assert.Equal(new(Today, Today, 1, 1, TimeSpan.FromHours(3), 0, 0, 0, 0, 1, 0), report.Rows[29]);
        Assert.Equal((TimeSpan.FromMinutes(30), TimeSpan.FromHours(3), 0), (report.FirstAnswer, report.FirstAnswerOfMost, report.Held));
        Assert.All(report.Rows.Take(27), r => Assert.Equal((0, 0, null, 0), (r.Questions, r.Answers, r.FirstAnswer, r.Queue)));

        var weeks = (await ReportAsync(ActivityPeriod.Quarter)).Rows;
        Assert.Equal((13, 3, 3, 2 / 7.0), (weeks.Count, weeks[^1].Questions, weeks[^1].Answers, weeks[^1].Active));
        var year = (await ReportAsync(ActivityPeriod.Year)).Rows;
        Assert.Equal((52, null, 3), (year.Count, year[0].Active, year.Sum(r => r.Questions)));
    }

    [Fact]
    public async Task What_waited_is_known_for_every_day_after_it_was_decided_too()
    {
        var (author, moderator) = (await forum.MemberAsync(), await forum.MemberAsync("Mo Derat", SiteRole.Moderator));
        var topic = await forum.AskAsync(author);
        _ = (await forum.Get<FlagPost>().RunAsync(await forum.MemberAsync("Vera Trau"), new(topic.PostId, FlagReason.Rude), default)).Required;
        forum.Clock.Advance(TimeSpan.FromDays(2));
        await using (var db = forum.Db())
            _ = (await forum.Get<DecideReview>().RunAsync(moderator, await db.Reviews.Select(r => r.Id).SingleAsync(), Verdict.Keep, null, default)).Required;
        forum.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal([0, 1, 1, 0, 0], (await ReportAsync(ActivityPeriod.Month)).Rows.TakeLast(5).Select(r => r.Queue));
    }

    [Fact]
    public async Task It_takes_as_many_queries_whatever_happened_and_is_for_managers()
    {
        async Task<int> CountAsync() => await counted.OfAsync(() => ReportAsync(ActivityPeriod.Year));
        var before = await CountAsync();
        for (var i = 0; i < 5; i++)
            await forum.ReplyAsync(await forum.MemberAsync("Vera Trau"), (await forum.AskAsync(await forum.MemberAsync())).TopicId);
        Assert.Equal(before, await CountAsync());
        Assert.True(before <= 9, $"{before} queries");
        Assert.Equal(RefusalKind.Forbidden, (await forum.Get<ActivityQueries>().ReportAsync(new Rights { MemberId = 1, Roles = SiteRole.Moderator }, ActivityPeriod.Month, default)).Refusal!.Kind);
    }

    private DateOnly Today => DateOnly.FromDateTime(forum.Clock.GetUtcNow().UtcDateTime);

    private async Task<ActivityReport> ReportAsync(ActivityPeriod period) => (await forum.Get<ActivityQueries>().ReportAsync(Rights.OfOperator, period, default)).Required;
}
