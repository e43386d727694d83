using Forum.Jobs;
using Forum.Members;
using Forum.Tests.Standing;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;

namespace Forum.Tests.Jobs;

public sealed class EraseMembersTests : IAsyncLifetime
{
    private TestForum forum = null!;
    private Actor member = null!;

    public async Task InitializeAsync()
    {
        forum = await TestForum.StartAsync();
        await forum.BoardAsync();
        member = Actor.Member((await forum.Get<CreateMember>().RunAsync(Actor.Operator, new("Ines Rosa", null, "ines@example.org", Scenario.Password), default)).Required.Id);
    }

    public async Task DisposeAsync() => await forum.DisposeAsync();

    private Task<Result<Done>> AskAsync(bool posts, string password = Scenario.Password) => forum.Get<AskErasure>().RunAsync(member, password, posts, Caller.Unknown, default);

    private async Task<int> EraseAsync() => (await forum.Get<EraseMembers>().RunAsync(Actor.Operator, default)).Required;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_week_after_it_was_asked_for_an_account_is_gone_and_posts_with_it_or_without_a_name(bool posts)
    {
        var other = await forum.MemberAsync("Otto Other");
        var (answered, alone, others) = (await forum.AskAsync(member), await forum.AskAsync(member), await forum.AskAsync(other));
        await forum.ReplyAsync(other, answered.TopicId);
        var reply = await forum.ReplyAsync(member, others.TopicId);
        _ = (await forum.Get<StartSession>().RunAsync(member, new("192.0.2.7"), default)).Required;
        _ = (await forum.Get<SaveDraft>().RunAsync(member, new(DraftPlace.Reply(others.TopicId), 0, null, null, null, "Not yet said."), default)).Required;
        Assert.Equal("Current", (await AskAsync(posts, "not this one")).Refusal?.Field);
        _ = (await AskAsync(posts)).Required;
        forum.Clock.Advance(Member.ErasureGrace - TimeSpan.FromMinutes(1));
        Assert.Equal(0, await EraseAsync());
        forum.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, await EraseAsync());
        Assert.Equal(0, await EraseAsync());

        await using var db = forum.Db();
        var row = await db.Users.AsNoTracking().SingleAsync(m => m.Id == member.MemberId);
        Assert.Equal(("Former member", $"former-{row.Id}", null, null), (forum.Options.Site.Show(row.Name, row.Handle), row.Handle, row.Email, row.PasswordHash));
        Assert.Equal((0, 0, 0), (await db.Sessions.CountAsync(), await db.Drafts.CountAsync(), await db.SecurityEvents.CountAsync()));
        var gone = posts ? Visibility.Deleted : Visibility.Visible;
        Assert.Equal((Visibility.Visible, gone, gone), ((await forum.PostAsync(answered.PostId)).Visibility, (await forum.PostAsync(alone.PostId)).Visibility, (await forum.PostAsync(reply.PostId)).Visibility));
        await Recount.AssertEverythingAsync(forum);
        // The address is free again.
        _ = (await forum.Get<CreateMember>().RunAsync(Actor.Operator, new("Ines Rosa", null, "ines@example.org", null), default)).Required;
        Assert.Equal("Handle", (await forum.Get<CreateMember>().RunAsync(Actor.Operator, new("Ines Rosa", "former-12", "b@example.org", null), default)).Refusal?.Field);
    }

    [Fact]
    public async Task It_is_called_off_until_then_and_staff_give_their_role_back_first()
    {
        _ = (await AskAsync(false)).Required;
        _ = (await forum.Get<CallOffErasure>().RunAsync(member, default)).Required;
        forum.Clock.Advance(Member.ErasureGrace);
        Assert.Equal(0, await EraseAsync());
        _ = (await forum.Get<Forum.Boards.GrantRole>().RunAsync(Actor.Operator, "inesr", SiteRole.Staff, null, default)).Required;
        Assert.Equal(RefusalKind.Forbidden, (await AskAsync(false)).Refusal?.Kind);
        Assert.Equal(RefusalKind.Forbidden, (await forum.Get<EraseMembers>().RunAsync(member, default)).Refusal?.Kind);
    }
}
