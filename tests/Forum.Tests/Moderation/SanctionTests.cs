using Forum.Boards;
using Forum.Members;
using Forum.Moderation;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;

namespace Forum.Tests.Moderation;

/// <summary>Warnings, silences and suspensions, and what staff note about a member.</summary>
public sealed class SanctionTests : IAsyncLifetime
{
    private TestForum forum = null!;
    private Actor member = null!, moderator = null!;
    private PostedPost topic = null!;

    public async Task InitializeAsync()
    {
        forum = await TestForum.StartAsync();
        await forum.BoardAsync();
        member = await forum.MemberAsync("Nils Neu");
        moderator = await forum.MemberAsync("Sam Staff", SiteRole.Moderator);
        topic = await forum.AskAsync(moderator);
    }

    public async Task DisposeAsync() => await forum.DisposeAsync();

    private async Task<Result<Done>> SanctionAsync(SanctionKind kind, int? days = 3, string? reason = "Please be kind.", Actor? actor = null, Actor? whom = null) =>
        await forum.Get<SanctionMember>().RunAsync(actor ?? moderator, new((await forum.MemberRowAsync(whom ?? member)).Handle, kind, days, reason), default);

    private async Task<Rights> RightsAsync(Actor who)
    {
        await using var db = forum.Db();
        return await db.RightsOfAsync(who, forum.Clock.GetUtcNow().UtcDateTime, default);
    }

    private async Task<MemberRecord> RecordAsync() => (await forum.Get<RecordQueries>().OfAsync(await RightsAsync(moderator), (await forum.MemberRowAsync(member)).Handle, default)).Required;

    private async Task<bool> RepliesAsync() => (await forum.Get<PostReply>().RunAsync(member, new(topic.TopicId, "One more thing.", null, null), default)).Refusal is null;

    private async Task<bool> VotesAsync() => (await forum.UpvoteAsync(member, topic.PostId)).Refusal is null;

    [Fact]
    public async Task Who_is_silenced_reads_and_votes_and_writes_again_when_it_is_over()
    {
        var own = await forum.ReplyAsync(member, topic.TopicId);
        _ = (await SanctionAsync(SanctionKind.Silence)).Required;
        Assert.Equal((false, true), (await RepliesAsync(), await VotesAsync()));
        Assert.NotNull((await forum.Get<AskQuestion>().RunAsync(member, new("help", Scenario.Question, Scenario.Body, [], null), default)).Refusal);
        Assert.NotNull((await forum.Get<EditPost>().RunAsync(member, new(own.PostId, 1, "Other words."), default)).Refusal);
        Assert.NotNull((await forum.Get<FlagPost>().RunAsync(member, new(topic.PostId, FlagReason.Spam), default)).Refusal);
        forum.Clock.Advance(TimeSpan.FromDays(3) + TimeSpan.FromMinutes(1));
        Assert.True(await RepliesAsync());
    }

    [Fact]
    public async Task Who_is_suspended_reads_and_does_nothing_else()
    {
        _ = (await SanctionAsync(SanctionKind.Suspension)).Required;
        Assert.Equal((false, false), (await RepliesAsync(), await VotesAsync()));
        Assert.Null((await forum.Get<TopicQueries>().FindAsync(await RightsAsync(member), topic.TopicId, default)).Refusal);
    }

    [Fact]
    public async Task A_suspension_is_lifted_before_its_time_and_stays_on_record()
    {
        _ = (await SanctionAsync(SanctionKind.Suspension, 30)).Required;
        var id = (await RecordAsync()).Sanctions.Single().Id;
        foreach (var actor in new[] { member, await forum.BoardModeratorAsync("help"), Actor.Visitor })
            Assert.NotNull((await forum.Get<LiftSanction>().RunAsync(actor, id, default)).Refusal);
        _ = (await forum.Get<LiftSanction>().RunAsync(moderator, id, default)).Required;
        _ = (await forum.Get<LiftSanction>().RunAsync(moderator, id, default)).Required;
        Assert.True(await RepliesAsync());
        Assert.NotNull((await RecordAsync()).Sanctions.Single().Lifted);
        await using var db = forum.Db();
        Assert.Equal(["member.suspended", "member.unsuspended"], await db.AuditEntries.Where(e => e.Deed.StartsWith("member.")).OrderBy(e => e.Id).Select(e => e.Deed).ToListAsync());
    }

    [Fact]
    public async Task A_longer_one_takes_the_place_of_the_one_that_holds()
    {
        _ = (await SanctionAsync(SanctionKind.Silence, 1)).Required;
        _ = (await SanctionAsync(SanctionKind.Silence, 7, "Once more.")).Required;
        var holding = (await RecordAsync()).Sanctions.Where(s => s.Holds(forum.Clock.GetUtcNow().UtcDateTime)).ToList();
        Assert.Equal(["Once more."], holding.Select(s => s.Reason));
        _ = (await forum.Get<LiftSanction>().RunAsync(moderator, holding[0].Id, default)).Required;
        Assert.True(await RepliesAsync());
    }

    [Fact]
    public async Task A_warning_takes_nothing_and_is_for_the_member_to_read()
    {
        _ = (await SanctionAsync(SanctionKind.Warning, null)).Required;
        Assert.True(await RepliesAsync());
        var own = Assert.Single(await forum.Get<RecordQueries>().OwnAsync(await RightsAsync(member), default));
        Assert.Equal((SanctionKind.Warning, "Please be kind.", null), (own.Kind, own.Reason, own.By));
        Assert.Empty(await forum.Get<RecordQueries>().OwnAsync(await RightsAsync(moderator), default));
    }

    [Fact]
    public async Task Staff_are_not_touched_and_only_moderators_of_the_site_do_it()
    {
        var board = await forum.BoardModeratorAsync("help");
        foreach (var staff in new[] { moderator, board, await forum.MemberAsync("Ada Admin", SiteRole.Admin), await forum.MemberAsync("Pia Produkt", SiteRole.Staff) })
            Assert.Equal((RefusalKind.Forbidden, "Kind"), ((await SanctionAsync(SanctionKind.Suspension, whom: staff)).Refusal!.Kind, (await SanctionAsync(SanctionKind.Suspension, whom: staff)).Refusal!.Field));
        foreach (var actor in new[] { board, await forum.TrustedAsync(4), member, await forum.MemberAsync("Pia Produkt", SiteRole.Staff), Actor.Visitor })
        {
            Assert.NotNull((await SanctionAsync(SanctionKind.Suspension, actor: actor)).Refusal);
            Assert.Equal(RefusalKind.NotFound, (await forum.Get<RecordQueries>().OfAsync(await RightsAsync(actor), (await forum.MemberRowAsync(member)).Handle, default)).Refusal!.Kind);
            Assert.NotNull((await forum.Get<NoteMember>().RunAsync(actor, (await forum.MemberRowAsync(member)).Handle, "A word.", default)).Refusal);
        }
    }

    [Fact]
    public async Task Wrong_input_is_refused_by_its_field()
    {
        Assert.Equal("Days", (await SanctionAsync(SanctionKind.Silence, 2)).Refusal!.Field);
        Assert.Equal("Reason", (await SanctionAsync(SanctionKind.Silence, reason: " ")).Refusal!.Field);
        Assert.Equal("Reason", (await SanctionAsync(SanctionKind.Silence, reason: new string('x', Sanction.MaxReasonLength + 1))).Refusal!.Field);
        Assert.Equal("Kind", (await SanctionAsync((SanctionKind)9)).Refusal!.Field);
        Assert.Equal("Handle", (await forum.Get<SanctionMember>().RunAsync(moderator, new("nobody-there", SanctionKind.Warning, null, "Please."), default)).Refusal!.Field);
    }

    [Fact]
    public async Task Moderators_share_notes_about_a_member()
    {
        _ = (await forum.Get<NoteMember>().RunAsync(moderator, (await forum.MemberRowAsync(member)).Handle, "Wrote to us by mail.", default)).Required;
        Assert.Equal([("Wrote to us by mail.", "Sam S")], (await RecordAsync()).Notes.Select(n => (n.Text, n.By!.DisplayName)));
    }
}
