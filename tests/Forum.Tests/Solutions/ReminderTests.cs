using Forum.Boards;
using Forum.Members;
using Forum.Moderation;
using Forum.Settings;
using Forum.Solutions;
using Forum.Topics;

namespace Forum.Tests.Solutions;

/// <summary>Asking the asker whether an answer solved it. The forum's clock begins on a Monday at nine in UTC.</summary>
public sealed class ReminderTests : IAsyncLifetime
{
    private TestForum forum = null!;
    private Actor asker = null!, solver = null!;
    private PostedPost question = null!;

    public async Task InitializeAsync()
    {
        forum = await TestForum.StartAsync();
        await forum.BoardAsync();
        await forum.BoardAsync("talk", BoardKind.Conversation);
        (asker, solver) = (await forum.MemberAsync(), await forum.MemberAsync("Muhammad Ali"));
        question = await forum.AskAsync(asker);
    }

    public async Task DisposeAsync() => await forum.DisposeAsync();

    private async Task<IEnumerable<long>> DueAsync() => (await forum.Get<ReminderQueries>().DueAsync(10, default)).Select(d => d.TopicId);

    private async Task<IEnumerable<long>> OfAskerAsync(bool suspended = false) =>
        (await forum.Get<ReminderQueries>().OfMemberAsync(new() { MemberId = asker.MemberId, Suspended = suspended }, 10, default)).Select(d => d.TopicId);

    private Task<Result<Done>> NotYetAsync(Actor who) => forum.Get<SayNotSolvedYet>().RunAsync(who, question.TopicId, default);

    private async Task AnsweredAsync()
    {
        await forum.ReplyAsync(solver, question.TopicId);
        forum.Clock.Advance(SolutionReminder.After);
    }

    [Fact]
    public async Task It_is_due_three_days_after_the_last_answer_by_somebody_else_and_lapses_after_thirty()
    {
        await forum.ReplyAsync(solver, question.TopicId);
        forum.Clock.Advance(TimeSpan.FromDays(1));
        await forum.ReplyAsync(solver, question.TopicId, "Or choose Invite.");
        forum.Clock.Advance(TimeSpan.FromDays(1));
        await forum.ReplyAsync(asker, question.TopicId, "I will try, thank you.");
        forum.Clock.Advance(TimeSpan.FromDays(2) - TimeSpan.FromSeconds(1));
        Assert.Empty(await DueAsync());

        forum.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal([question.TopicId], await DueAsync());
        Assert.Equal([question.TopicId], await OfAskerAsync());
        var due = (await forum.Get<ReminderQueries>().DueAsync(10, default))[0];
        Assert.Equal((asker.MemberId, 3, Scenario.Question), (due.AskerId, due.Replies, due.Title));

        forum.Clock.Advance(SolutionReminder.Lapses - SolutionReminder.After);
        Assert.Equal([question.TopicId], await DueAsync());
        forum.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Empty(await DueAsync());
        Assert.Empty(await OfAskerAsync());
    }

    [Fact]
    public async Task Nobody_is_asked_who_has_no_answer_but_their_own_or_one_that_is_hidden()
    {
        await forum.ReplyAsync(asker, question.TopicId, "Does nobody know?");
        var hidden = await forum.ReplyAsync(solver, question.TopicId);
        _ = (await forum.Get<HidePost>().RunAsync(await forum.MemberAsync("Silke Site", SiteRole.Moderator), hidden.PostId, null, default)).Required;
        forum.Clock.Advance(SolutionReminder.After);

        Assert.Empty(await DueAsync());
    }

    [Theory]
    [InlineData("solved")]
    [InlineData("closed")]
    [InlineData("hidden")]
    [InlineData("suspended")]
    [InlineData("not yet")]
    public async Task Nobody_is_asked_who_may_not_mark_or_was_asked_before(string why)
    {
        var reply = await forum.ReplyAsync(solver, question.TopicId);
        forum.Clock.Advance(SolutionReminder.After);
        var moderator = await forum.MemberAsync("Silke Site", SiteRole.Moderator);
        switch (why)
        {
            case "solved": _ = (await forum.AcceptAsync(asker, reply)).Required; break;
            case "closed": await forum.CloseAsync(question.TopicId); break;
            case "hidden": _ = (await forum.Get<HidePost>().RunAsync(moderator, question.PostId, null, default)).Required; break;
            case "suspended": await forum.SuspendAsync(asker, TimeSpan.FromDays(1)); break;
            default: _ = (await NotYetAsync(asker)).Required; _ = (await NotYetAsync(asker)).Required; break;
        }

        Assert.Empty(await DueAsync());
        Assert.Empty(await OfAskerAsync(why == "suspended"));
    }

    [Fact]
    public async Task Conversations_have_no_solutions_and_nobody_is_asked_there()
    {
        var talk = await forum.AskAsync(asker, "talk");
        await forum.ReplyAsync(solver, talk.TopicId);
        forum.Clock.Advance(SolutionReminder.After);

        Assert.Empty(await DueAsync());
    }

    [Fact]
    public async Task Only_the_asker_says_that_it_is_not_solved_yet()
    {
        await AnsweredAsync();

        Assert.Equal(RefusalKind.Forbidden, (await NotYetAsync(solver)).Refusal!.Kind);
        Assert.Equal(RefusalKind.SignIn, (await NotYetAsync(Actor.Visitor)).Refusal!.Kind);
        Assert.Equal(RefusalKind.NotFound, (await forum.Get<SayNotSolvedYet>().RunAsync(asker, 4711, default)).Refusal!.Kind);
        Assert.Equal([question.TopicId], await DueAsync());
    }

    [Fact]
    public async Task At_night_nobody_is_asked_who_does_not_come_by()
    {
        await AnsweredAsync();
        forum.Clock.SetUtcNow(new DateTimeOffset(2026, 3, 5, 20, 59, 59, TimeSpan.Zero));
        Assert.NotEmpty(await DueAsync());
        forum.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Empty(await DueAsync());
        Assert.NotEmpty(await OfAskerAsync());
        forum.Clock.SetUtcNow(new DateTimeOffset(2026, 3, 6, 7, 59, 59, TimeSpan.Zero));
        Assert.Empty(await DueAsync());
        forum.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.NotEmpty(await DueAsync());
    }

    [Theory]
    // Clocks go forward in the night of 29 March 2026 and back in that of 25 October.
    [InlineData("Europe/Berlin", "2026-03-28T06:59:59Z", true)]
    [InlineData("Europe/Berlin", "2026-03-28T07:00:00Z", false)]
    [InlineData("Europe/Berlin", "2026-03-29T05:59:59Z", true)]
    [InlineData("Europe/Berlin", "2026-03-29T06:00:00Z", false)]
    [InlineData("Europe/Berlin", "2026-10-24T19:00:00Z", true)]
    [InlineData("Europe/Berlin", "2026-10-25T19:59:59Z", false)]
    [InlineData("Europe/Berlin", "2026-10-25T20:00:00Z", true)]
    [InlineData("Asia/Kolkata", "2026-03-05T02:29:59Z", true)]
    [InlineData("Asia/Kolkata", "2026-03-05T02:30:00Z", false)]
    [InlineData("America/Los_Angeles", "2026-03-05T04:59:59Z", false)]
    [InlineData("America/Los_Angeles", "2026-03-05T05:00:00Z", true)]
    public void The_night_is_that_of_the_zone(string zone, string instant, bool night) =>
        Assert.Equal(night, SolutionReminder.IsNight(DateTimeOffset.Parse(instant, null).UtcDateTime, TimeZoneInfo.FindSystemTimeZoneById(zone)));

    [Theory]
    [InlineData("UTC", "2026-03-29", "2026-03-29T00:00:00Z")]
    [InlineData("Europe/Berlin", "2026-03-29", "2026-03-28T23:00:00Z")]
    [InlineData("Europe/Berlin", "2026-03-30", "2026-03-29T22:00:00Z")]
    // Midnight is skipped there, and comes twice there.
    [InlineData("Africa/Cairo", "2026-04-24", "2026-04-23T22:00:00Z")]
    [InlineData("America/Havana", "2026-11-01", "2026-11-01T04:00:00Z")]
    [InlineData("Asia/Kolkata", "2026-03-05", "2026-03-04T18:30:00Z")]
    public void A_day_of_the_site_begins_at_its_midnight(string zone, string day, string instant)
    {
        var site = new SiteOptions { TimeZone = zone };
        var begins = DateTimeOffset.Parse(instant, null).UtcDateTime;

        Assert.Equal(begins, site.StartOf(DateOnly.Parse(day, null)));
        Assert.Equal(DateOnly.Parse(day, null), site.DayOf(begins));
        Assert.Equal(DateOnly.Parse(day, null).AddDays(-1), site.DayOf(begins.AddTicks(-1)));
    }
}
