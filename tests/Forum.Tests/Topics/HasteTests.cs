using Forum.Boards;
using Forum.Members;
using Forum.Moderation;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;

namespace Forum.Tests.Topics;

/// <summary>What new members send faster than it can be written waits.</summary>
public sealed class HasteTests : IAsyncLifetime
{
    private TestForum forum = null!;
    private PostedPost topic = null!;

    public async Task InitializeAsync()
    {
        forum = await TestForum.StartAsync(options => options.Limits.Enabled = true);
        await forum.BoardAsync();
        topic = await forum.AskAsync(await forum.MemberAsync("Muhammad Ali"));
    }

    public Task DisposeAsync() => forum.DisposeAsync().AsTask();

    private async Task<HeldReason?> ReasonAsync(Actor author, double? seconds, string body)
    {
        var post = (await forum.Get<PostReply>().RunAsync(author, new(topic.TopicId, body, null, null, seconds is { } some ? TimeSpan.FromSeconds(some) : null), default)).Required;
        await using var db = forum.Db();
        return await db.HeldPosts.Where(h => h.PostId == post.PostId).Select(h => (HeldReason?)h.Reason).SingleOrDefaultAsync();
    }

    private static readonly string prose = string.Join(' ', Enumerable.Repeat("These are the words of a long letter.", 10));

    public static TheoryData<double?, string, HeldReason?> Sent => new()
    {
        { 0, "I have it, too.", HeldReason.TooFast },
        { 2.9, "I have it, too.", HeldReason.TooFast },
        { 3, "I have it, too.", null },
        { null, $"{prose} https://shop.example/1", null },
        { 5, $"{prose} https://shop.example/1", HeldReason.Pasted },
        { 60, $"{prose} https://shop.example/1", null },
        { 5, prose, null },
        { 5, "See https://shop.example/1", null },
        { 5, $"See https://shop.example/1\n\n```\n{prose}\n```\n\n> {prose}", null },
    };

    [Theory]
    [MemberData(nameof(Sent))]
    public async Task A_new_member_who_is_too_fast_waits_and_nobody_else(double? seconds, string body, HeldReason? reason)
    {
        Assert.Equal(reason, await ReasonAsync(await forum.TrustedAsync(0), seconds, body));
        Assert.Null(await ReasonAsync(await forum.TrustedAsync(1), seconds, body));
        Assert.Null(await ReasonAsync(await forum.MemberAsync("Sam Staff", SiteRole.Staff), seconds, body));
    }

    [Theory]
    [InlineData(1, null, HeldReason.Suspect)]
    [InlineData(20, "https://shop.example", HeldReason.Suspect)]
    [InlineData(20, "", null)]
    [InlineData(null, null, null)]
    public async Task Who_signs_up_as_programs_do_is_let_in_and_waits_with_what_they_write_first(int? seconds, string? trap, HeldReason? reason)
    {
        _ = (await forum.Get<SignUp>().RunAsync(Actor.Visitor, new("Ines Rosa", null, "ines@example.org", "four words are enough", null, seconds is { } some ? TimeSpan.FromSeconds(some) : null, trap), null, default)).Required;
        await using var db = forum.Db();
        var author = Actor.Member((await db.Users.SingleAsync(m => m.Email == "ines@example.org")).Id);
        Assert.Equal(reason, await ReasonAsync(author, 30, "I would like to know that, too."));
        if (reason is null)
            return;
        var waiting = Assert.Single(await forum.Get<HeldQueries>().MineAsync(await db.RightsOfAsync(author, forum.Clock.GetUtcNow().UtcDateTime, default), default));
        Assert.Equal((topic.TopicId, 2, reason), (waiting.Topic.Id, waiting.Number, waiting.Reason));
        _ = (await forum.Get<DecideHeld>().RunAsync(await forum.MemberAsync("Sam Staff", SiteRole.Moderator), (await db.HeldPosts.SingleAsync()).PostId, Verdict.Keep, null, default)).Required;
        forum.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(await ReasonAsync(author, 30, "And one more thing about it."));
    }

    [Fact]
    public async Task A_question_waits_too_and_managers_turn_it_off()
    {
        async Task<Visibility> AskAsync(string title) => (await forum.PostAsync((await forum.Get<AskQuestion>().RunAsync(
            await forum.TrustedAsync(0), new("help", title, $"{Scenario.Body} {title}", [], null, TimeSpan.FromSeconds(1)), default)).Required.PostId)).Visibility;
        Assert.Equal(Visibility.Held, await AskAsync("How do I get paid by an agency?"));
        forum.Options.Limits.SecondsToWriteOfNewcomers = 0;
        Assert.Equal(Visibility.Visible, await AskAsync("How do I get paid by a client?"));
    }
}
