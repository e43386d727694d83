using System.Net;
using Forum.Members;
using Forum.Moderation;
using Forum.Topics;
using Forum.Web.Tests.Api;

namespace Forum.Web.Tests.Moderation;

/// <summary>The queue with two moderators at it, and what members read and answer, without JavaScript.</summary>
public sealed class QueuePageTests(WebForum forum) : IClassFixture<WebForum>
{
    private const string Queue = "/mod/queue", Mine = "/account/moderation";

    private async Task<(string Board, Member Author, PostedPost Reply)> ReportedAsync()
    {
        var board = await forum.FreshBoardAsync();
        var author = await forum.MemberAsync("Vera Trau");
        var reply = await forum.ReplyAsync(author, await forum.AskAsync(await forum.MemberAsync(), board), "Buy a watch, they are cheap.");
        _ = (await forum.Get<FlagPost>().RunAsync(Actor.Member((await forum.MemberAsync("Rita Report")).Id), new(reply.PostId, FlagReason.Spam), default)).Required;
        return (board, author, reply);
    }

    private async Task<Browser> ModeratorAsync(string name) => await forum.SignInAsync((await forum.MemberAsync(name, role: SiteRole.Moderator)).Email!);

    [Fact]
    public async Task A_moderator_sees_that_another_one_looks_at_a_post()
    {
        var (board, _, _) = await ReportedAsync();
        var (one, two) = (await ModeratorAsync("Sam Staff"), await ModeratorAsync("Silke Site"));
        var address = $"{Queue}?board={board}";
        Assert.Equal(address, (await one.SubmitAsync(await one.GetAsync(address), "form[action$='/claim']")).Location);
        Assert.Equal("true", (await one.GetAsync(address)).One("form[action$='/claim'] button").GetAttribute("aria-pressed"));
        var seen = await two.GetAsync(address);
        Assert.Equal("Sam S looks at it", seen.TextOf(".claim .pill"));
        Assert.False(seen.Has("form[action$='/claim']"));
    }

    [Fact]
    public async Task Who_comes_too_late_reads_who_decided_what()
    {
        var (board, _, _) = await ReportedAsync();
        var (one, two) = (await ModeratorAsync("Sam Staff"), await ModeratorAsync("Silke Site"));
        var late = await two.GetAsync($"{Queue}?board={board}");
        await one.SubmitAsync(await one.GetAsync($"{Queue}?board={board}"), "button[value=Delete]");
        var answer = await two.FollowAsync(await two.SubmitAsync(late, "button[value=Keep]"));
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Contains("Sam S decided about it a moment before you: The reports were right", answer.TextOf(".notice[role=alert]"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_51_a_decision_is_undone_where_it_was_made()
    {
        var (board, _, reply) = await ReportedAsync();
        var moderator = await ModeratorAsync("Sam Staff");
        var address = $"{Queue}?board={board}";
        await moderator.SubmitAsync(await moderator.GetAsync(address), "button[value=Hide]");
        var page = await moderator.GetAsync(address);
        Assert.StartsWith("Decided: ", page.TextOf(".notice.info p"), StringComparison.Ordinal);
        Assert.False(page.Has(".reviews > li"));
        await moderator.SubmitAsync(page, "form[action^='/mod/undo/']");
        Assert.True((await moderator.GetAsync(address)).Has(".reviews > li"));
        Assert.Equal(HttpStatusCode.OK, (await forum.Visitor().GetAsync($"/t/{reply.TopicId}/{reply.Slug}")).Status);
    }

    [Fact]
    public async Task Check_51_the_author_reads_why_a_post_is_gone_and_answers_and_a_moderator_reads_that()
    {
        var (board, author, _) = await ReportedAsync();
        var moderator = await ModeratorAsync("Sam Staff");
        await moderator.SubmitAsync(await moderator.GetAsync($"{Queue}?board={board}"), "button[value=Delete]", ("reason", "We sell no watches."));

        var member = await forum.SignInAsync(author.Email!);
        Assert.Contains("The moderators have a word for you.", (await member.GetAsync("/")).TextOf(".notice.told"), StringComparison.Ordinal);
        var page = await member.GetAsync(Mine);
        Assert.Equal(["A moderator deleted this post. Reported as: Spam.", "We sell no watches."], page.TextsOf(".said-so p"));
        Assert.Equal("Buy a watch, they are cheap.", page.TextOf(".talks blockquote"));
        Assert.DoesNotContain("Sam S", page.TextOf("main"), StringComparison.Ordinal);

        var form = await member.GetAsync(page.One(".talks a.btn").GetAttribute("href")!);
        var refused = await member.SubmitAsync(form, "form.form", ("Text", new string('x', TalkWord.MaxTextLength + 1)));
        Assert.Equal((HttpStatusCode.BadRequest, TalkWord.MaxTextLength + 1), (refused.Status, refused.TextOf("#text").Length));
        Assert.EndsWith(Mine, (await member.SubmitAsync(refused, "form.form", ("Text", "It was my own watch."))).Location, StringComparison.Ordinal);
        Assert.False((await member.GetAsync("/")).Has(".notice.told"));

        var queue = await moderator.GetAsync(Queue);
        Assert.Contains("It was my own watch.", queue.TextsOf(".talks .text"));
        await moderator.SubmitAsync(queue, $"form[action='/talks/{form.Message.RequestMessage!.RequestUri!.Segments[^1]}/settle']");
        Assert.DoesNotContain("It was my own watch.", (await moderator.GetAsync(Queue)).TextsOf(".talks .text"));
        Assert.Contains("It was my own watch.", (await moderator.GetAsync($"/mod/members/{author.Handle}")).TextsOf(".talks .text"));
    }

    [Fact]
    public async Task A_moderator_says_a_word_about_a_post_and_only_that_member_reads_it()
    {
        var (_, author, reply) = await ReportedAsync();
        var moderator = await ModeratorAsync("Sam Staff");
        var page = await moderator.GetAsync($"/mod/members/{author.Handle}?about={reply.PostId}");
        Assert.Equal(HttpStatusCode.BadRequest, (await moderator.SubmitAsync(page, "#tell", ("Text", ""))).Status);
        Assert.True((await moderator.SubmitAsync(page, "#tell", ("Text", "Please add the price."))).IsRedirect);

        var member = await forum.SignInAsync(author.Email!);
        var talk = (await member.GetAsync(Mine)).One(".talks a.btn").GetAttribute("href")!;
        Assert.Contains("Please add the price.", (await member.GetAsync(talk)).TextsOf(".talks .text"));
        Assert.Equal(HttpStatusCode.NotFound, (await (await forum.SignUpAsync()).GetAsync(talk)).Status);
    }
}
