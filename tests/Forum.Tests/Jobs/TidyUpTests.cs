using Forum.Jobs;
using Forum.Members;
using Forum.Outbox;
using Forum.Data;
using Forum.Tests.Search;
using Forum.Moderation;
using Forum.Search;
using Forum.Standing;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace Forum.Tests.Jobs;

public sealed class TidyUpTests
{
    /// <summary>Longer than it takes on a busy machine; only a failing test waits for it.</summary>
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task What_has_had_its_time_goes_and_the_rest_stays()
    {
        await using var forum = await TestForum.StartAsync();
        await TellAsync(forum, 2 * TidyUp.BatchSize + 5);
        forum.Clock.Advance(TidyUp.EventLifetime - TimeSpan.FromMinutes(1));
        await TellAsync(forum, 3);
        Assert.Equal(new Tidied(0, 0, 0, 0), await RunAsync(forum));

        forum.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(new Tidied(2 * TidyUp.BatchSize + 5, 0, 0, 0), await RunAsync(forum));

        await using var db = forum.Db();
        Assert.Equal(3, await db.OutboxEvents.CountAsync());
        Assert.Equal(new Tidied(0, 0, 0, 0), await RunAsync(forum));
        Assert.Empty((await forum.Get<Doctor>().RunAsync(Actor.Operator, false, null, default)).Required.Findings);
    }

    [Fact]
    public async Task A_reply_sent_again_makes_no_second_post_until_its_key_is_forgotten()
    {
        await using var forum = await TestForum.StartAsync();
        await forum.BoardAsync();
        var member = await forum.MemberAsync();
        var topic = await forum.AskAsync(member);
        async Task<long> ReplyAsync() => (await forum.Get<PostReply>().RunAsync(member, new(topic.TopicId, "Choose Transfer.", null, "a key"), default)).Required.PostId;

        var first = await ReplyAsync();
        forum.Clock.Advance(TidyUp.SubmissionLifetime - TimeSpan.FromMinutes(1));
        await RunAsync(forum);
        Assert.Equal(first, await ReplyAsync());
        forum.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(1, (await RunAsync(forum)).Submissions);
    }

    [Fact]
    public async Task An_account_whose_address_nobody_confirmed_goes_after_a_week_unless_it_is_confirmed_until_it_is_erased()
    {
        await using var forum = await TestForum.StartAsync();
        async Task<string> SignUpAsync(string email)
        {
            _ = (await forum.Get<SignUp>().RunAsync(Actor.Visitor, new("Nora Neu", null, email, "four words are enough"), null, default)).Required;
            await using var db = forum.Db();
            return await db.Letters.Where(l => l.To == email).OrderByDescending(l => l.Id).Select(l => l.Args).FirstAsync();
        }
        await SignUpAsync("forgotten@example.org");
        var imported = await forum.MemberAsync();
        forum.Clock.Advance(Member.KeptUnconfirmed - TimeSpan.FromMinutes(1));
        await SignUpAsync("young@example.org");
        await RunAsync(forum);
        await using var db = forum.Db();
        Assert.False(await db.Users.AnyAsync(m => m.ErasureDue != null));

        forum.Clock.Advance(TimeSpan.FromMinutes(2));
        await RunAsync(forum);
        Assert.Equal(1, (await forum.Get<EraseMembers>().RunAsync(Actor.Operator, default)).Required);
        Assert.False(await db.Users.AnyAsync(m => m.NormalizedEmail == "FORGOTTEN@EXAMPLE.ORG"));
        Assert.Equal(2, await db.Users.CountAsync(m => m.Erased == null));
        // The address is free again.
        Assert.Contains("token=", await SignUpAsync("forgotten@example.org"), StringComparison.Ordinal);

        var link = await SignUpAsync("late@example.org");
        await db.Users.Where(m => m.Email == "late@example.org").ExecuteUpdateAsync(set => set.SetProperty(m => m.ErasureDue, forum.Clock.GetUtcNow().UtcDateTime));
        _ = (await forum.Get<ConfirmEmail>().RunAsync(Actor.Visitor, System.Text.RegularExpressions.Regex.Match(link, @"token=([\w-]+)").Groups[1].Value, null, "four other words follow", default)).Required;
        Assert.Equal(0, (await forum.Get<EraseMembers>().RunAsync(Actor.Operator, default)).Required);
    }

    [Fact]
    public async Task Drafts_go_when_nobody_came_back_to_them_those_of_visitors_sooner()
    {
        await using var forum = await TestForum.StartAsync();
        var member = await forum.MemberAsync();
        await using (var db = forum.Db())
        {
            foreach (var owner in new[] { member.MemberId, null })
                db.Drafts.Add(new Draft { MemberId = owner, SecretHash = owner is null ? "a visitor's secret" : null, Place = "ask", Markdown = "Half a question", Saved = forum.Clock.GetUtcNow().UtcDateTime });
            await db.SaveChangesAsync();
        }

        forum.Clock.Advance(Draft.KeptForVisitors - TimeSpan.FromMinutes(1));
        Assert.Equal(0, (await RunAsync(forum)).Drafts);
        forum.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(1, (await RunAsync(forum)).Drafts);
        forum.Clock.Advance(Draft.Kept - Draft.KeptForVisitors - TimeSpan.FromMinutes(2));
        Assert.Equal(0, (await RunAsync(forum)).Drafts);
        forum.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(1, (await RunAsync(forum)).Drafts);
    }

    [Fact]
    public async Task Sessions_go_when_nobody_used_them_for_long_and_all_when_their_longest_time_is_over()
    {
        await using var forum = await TestForum.StartAsync();
        var member = await forum.MemberAsync();
        _ = (await forum.Get<StartSession>().RunAsync(member, Caller.Unknown, default)).Required;
        var used = Secrets.Hash((await forum.Get<StartSession>().RunAsync(member, Caller.Unknown, default)).Required);
        async Task UseAsync()
        {
            forum.Get<LastUse>().Note(used, DateTime.MinValue);
            await forum.Get<LastUse>().FlushAsync(default);
        }
        forum.Clock.Advance(Session.MaxIdle - TimeSpan.FromMinutes(1));
        await UseAsync();
        Assert.Equal(0, (await RunAsync(forum)).Sessions);
        forum.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(1, (await RunAsync(forum)).Sessions);
        forum.Clock.Advance(Session.MaxAge - Session.MaxIdle - TimeSpan.FromMinutes(2));
        await UseAsync();
        Assert.Equal(0, (await RunAsync(forum)).Sessions);
        forum.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(1, (await RunAsync(forum)).Sessions);
    }

    [Fact]
    public async Task Only_the_operator_tidies_up()
    {
        await using var forum = await TestForum.StartAsync();
        var admin = await forum.MemberAsync("Ada Admin", SiteRole.Admin);
        Assert.Equal(RefusalKind.Forbidden, (await forum.Get<TidyUp>().RunAsync(admin, default)).Refusal?.Kind);
    }

    [Fact]
    public async Task An_index_that_missed_events_which_are_gone_is_built_anew()
    {
        await using var forum = await SearchForum.StartAsync();
        await forum.AskAsync("What is a firkin of ale?", "I read the word.");
        await forum.CaughtUpAsync();

        await forum.RestartAsync(async () =>
        {
            await forum.AskAsync("What is a kilderkin then?", "Larger.");
            forum.Engine.Clock.Advance(TidyUp.EventLifetime + TimeSpan.FromMinutes(1));
            await RunAsync(forum.Engine);
        });

        Assert.Single(await forum.TitlesAsync("kilderkin"));
        Assert.Single(await forum.TitlesAsync("firkin"));
        Assert.Equal(2, forum.Index.Builds);
        await forum.RestartAsync();
        Assert.Equal(2, forum.Index.Builds);
    }

    [Fact]
    public async Task Housekeeping_comes_back_by_the_clock()
    {
        await using var forum = await TestForum.StartAsync();
        using var housekeeping = new Housekeeping(forum.Get<NoteNames>(), forum.Get<TidyUp>(), forum.Get<CollectUploads>(), forum.Get<ForgetSearches>(), forum.Get<ReviewTrust>(), forum.Get<BadgeRounds>(), forum.Get<CloseQuietTopics>(), forum.Get<EraseMembers>(), forum.Get<EndTimedDeeds>(), forum.Get<RenderAgain>(), forum.Get<RewriteMentions>(), forum.Get<FinishMerges>(), forum.Get<NightlySnapshot>(), forum.Clock, NullLogger<Housekeeping>.Instance);
        await housekeeping.StartAsync(default);
        for (var round = 0; round < 2; round++)
        {
            await TellAsync(forum, 1);
            using var limit = new CancellationTokenSource(patience);
            await using var db = forum.Db();
            var old = forum.Clock.GetUtcNow().UtcDateTime - TidyUp.EventLifetime;
            await db.OutboxEvents.ExecuteUpdateAsync(set => set.SetProperty(e => e.At, old), limit.Token);
            forum.Clock.Advance(Housekeeping.Interval);
            while (await db.OutboxEvents.AnyAsync(limit.Token))
                await Task.Yield();
        }
        await housekeeping.StopAsync(default);
    }

    private static async Task<Tidied> RunAsync(TestForum forum) => (await forum.Get<TidyUp>().RunAsync(Actor.Operator, default)).Required;

    private static Task TellAsync(TestForum forum, int events) => forum.Get<ForumWriter>().RunAsync<Done>(Actor.Operator, (deed, _) =>
    {
        for (var i = 0; i < events; i++)
            deed.Tell(new BoardChanged(0));
        return Task.FromResult<Result<Done>>(new Done());
    }, default);
}
