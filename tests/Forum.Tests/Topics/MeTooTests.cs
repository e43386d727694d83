using Forum.Boards;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;

namespace Forum.Tests.Topics;

public sealed class MeTooTests : IAsyncLifetime
{
    private TestForum forum = null!;
    private Actor asker = null!, other = null!;
    private PostedPost question = null!;

    public async Task InitializeAsync()
    {
        forum = await TestForum.StartAsync();
        await forum.BoardAsync();
        asker = await forum.MemberAsync();
        other = await forum.MemberAsync("Muhammad Ali");
        question = await forum.AskAsync(asker);
    }

    public async Task DisposeAsync()
    {
        await Standing.Recount.AssertEverythingAsync(forum);
        await forum.DisposeAsync();
    }

    [Fact]
    public async Task Saying_it_twice_counts_once_and_taking_it_back_twice_too()
    {
        Assert.Equal(new MeTooState(1, true), (await SayAsync(other)).Required);
        Assert.Equal(new MeTooState(1, true), (await SayAsync(other)).Required);
        Assert.Equal(1, (await forum.TopicAsync(question.TopicId)).MeToos);
        Assert.Empty(await forum.LedgerAsync(asker));

        Assert.Equal(new MeTooState(0, false), (await TakeBackAsync(other)).Required);
        Assert.Equal(new MeTooState(0, false), (await TakeBackAsync(other)).Required);
        Assert.Equal(0, (await forum.TopicAsync(question.TopicId)).MeToos);
    }

    [Fact]
    public async Task Many_at_once_are_all_counted()
    {
        var members = new List<Actor>();
        for (var member = 0; member < 8; member++)
            members.Add(await forum.MemberAsync($"Member {member}"));
        await Task.WhenAll(members.Concat(members).Select(SayAsync));
        Assert.Equal(members.Count, (await forum.TopicAsync(question.TopicId)).MeToos);
    }

    [Fact]
    public async Task Only_the_questions_of_others_can_be_shared()
    {
        Assert.Equal(RefusalKind.Forbidden, (await SayAsync(asker)).Refusal?.Kind);
        Assert.Equal(RefusalKind.SignIn, (await SayAsync(Actor.Visitor)).Refusal?.Kind);
        await forum.BoardAsync("talk", BoardKind.Conversation);
        var talk = await forum.AskAsync(asker, "talk");
        Assert.Equal(RefusalKind.Invalid, (await forum.Get<SayMeToo>().RunAsync(other, talk.TopicId, default)).Refusal?.Kind);
        await forum.BoardAsync("staff", read: ReadAccess.Staff);
        var hidden = await forum.AskAsync(await forum.MemberAsync("Ada Admin", Forum.Members.SiteRole.Admin), "staff");
        Assert.Equal(RefusalKind.NotFound, (await forum.Get<SayMeToo>().RunAsync(other, hidden.TopicId, default)).Refusal?.Kind);
    }

    [Fact]
    public async Task An_answer_found_before_asking_is_counted_once_for_a_member()
    {
        for (var times = 0; times < 2; times++)
        {
            Assert.Equal(question.TopicId, (await forum.Get<CountDeflection>().RunAsync(other, question.TopicId, default)).Required.Id);
            _ = (await forum.Get<CountDeflection>().RunAsync(Actor.Visitor, question.TopicId, default)).Required;
        }
        await using var db = forum.Db();
        Assert.Equal((1, 2), (await db.Deflections.CountAsync(d => d.MemberId != null), await db.Deflections.CountAsync(d => d.MemberId == null)));
        Assert.Equal(RefusalKind.NotFound, (await forum.Get<CountDeflection>().RunAsync(other, 99, default)).Refusal?.Kind);
    }

    private Task<Result<MeTooState>> SayAsync(Actor actor) => forum.Get<SayMeToo>().RunAsync(actor, question.TopicId, default);

    private Task<Result<MeTooState>> TakeBackAsync(Actor actor) => forum.Get<TakeBackMeToo>().RunAsync(actor, question.TopicId, default);
}
