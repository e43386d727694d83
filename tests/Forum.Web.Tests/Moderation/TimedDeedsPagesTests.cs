using System.Net;
using Forum.Members;
using Forum.Topics;
using Forum.Web.Tests.Api;

namespace Forum.Web.Tests.Moderation;

/// <summary>Pinning, locking, closing for a time and saying whose a post is, by pages; and the log as a file.</summary>
public sealed class TimedDeedsPagesTests(WebForum forum) : IClassFixture<WebForum>
{
    private async Task<Browser> ModeratorAsync() => await forum.SignInAsync((await forum.MemberAsync("Sam Staff", role: SiteRole.Moderator)).Email!);

    private async Task<PostedPost> TopicAsync() => await forum.AskAsync(await forum.MemberAsync(), await forum.FreshBoardAsync(), $"Where are the spoons {Guid.NewGuid():N}?", "I look for spoons made of silver.");

    [Fact]
    public async Task A_moderator_pins_a_topic_on_the_home_page_and_lets_it_go()
    {
        var (moderator, topic) = (await ModeratorAsync(), await TopicAsync());
        var refused = await moderator.SubmitAsync(await moderator.GetAsync($"/t/{topic.TopicId}/pin"), "form.form", ("Everywhere", "true"), ("Days", "12"));
        Assert.Equal((HttpStatusCode.BadRequest, "true"), (refused.Status, refused.One("input[type=radio][checked]").GetAttribute("value")));
        Assert.True((await moderator.SubmitAsync(refused, "form.form", ("Days", "7"))).IsRedirect);
        Assert.True((await forum.Visitor().GetAsync("/")).Has($"li:has(.icon-pin, use[href*=pin]) a[href='/t/{topic.TopicId}/{topic.Slug}']"));

        var page = await moderator.GetAsync($"/t/{topic.TopicId}/{topic.Slug}");
        Assert.True((await moderator.SubmitAsync(page, $"form[action='/t/{topic.TopicId}/unpin']")).IsRedirect);
        Assert.True((await moderator.GetAsync($"/t/{topic.TopicId}/{topic.Slug}")).Has($"a[href='/t/{topic.TopicId}/pin']"));
    }

    [Fact]
    public async Task A_topic_closed_for_a_day_says_when_it_opens_again()
    {
        var (moderator, topic) = (await ModeratorAsync(), await TopicAsync());
        Assert.True((await moderator.SubmitAsync(await moderator.GetAsync($"/t/{topic.TopicId}/close"), "form.form", ("Reason", "OffTopic"), ("Hours", "24"))).IsRedirect);
        Assert.Contains("It opens again", (await forum.Visitor().GetAsync($"/t/{topic.TopicId}/{topic.Slug}")).TextOf("#closed"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_moderator_locks_a_post_which_everybody_sees()
    {
        var (moderator, topic) = (await ModeratorAsync(), await TopicAsync());
        var page = await moderator.GetAsync($"/t/{topic.TopicId}/{topic.Slug}");
        Assert.True((await moderator.SubmitAsync(page, $"button[formaction='/posts/{topic.PostId}/lock']")).IsRedirect);
        Assert.Contains("Locked", (await forum.Visitor().GetAsync($"/t/{topic.TopicId}/{topic.Slug}")).TextsOf("#post-1 .pill"));
        page = await moderator.GetAsync($"/t/{topic.TopicId}/{topic.Slug}");
        Assert.True((await moderator.SubmitAsync(page, $"button[formaction='/posts/{topic.PostId}/lock']")).IsRedirect);
        Assert.DoesNotContain("Locked", (await forum.Visitor().GetAsync($"/t/{topic.TopicId}/{topic.Slug}")).TextsOf("#post-1 .pill"));
    }

    [Fact]
    public async Task A_moderator_says_whose_a_post_is_and_the_log_tells_what_was_so_before()
    {
        var (moderator, topic, heir) = (await ModeratorAsync(), await TopicAsync(), await forum.MemberAsync("Stella Maris"));
        var refused = await moderator.SubmitAsync(await moderator.GetAsync($"/posts/{topic.PostId}/author"), "form.form", ("Handle", "nobody-there"), ("Reason", "A second account"));
        Assert.Equal((HttpStatusCode.BadRequest, "nobody-there", "A second account"), (refused.Status, refused.One("#handle").GetAttribute("value"), refused.One("#reason").GetAttribute("value")));
        Assert.True((await moderator.SubmitAsync(refused, "form.form", ("Handle", heir.Handle))).IsRedirect);
        Assert.Contains("Stella M", (await forum.Visitor().GetAsync($"/t/{topic.TopicId}/{topic.Slug}")).TextOf("#post-1 .who"), StringComparison.Ordinal);

        var log = await moderator.GetAsync($"/mod/log?of=post&about={heir.Handle}");
        Assert.Equal((heir.Handle, "A second account"), (log.TextOf(".log ins"), log.TextOf(".log p.snippet:not(.change)")));
        var file = await moderator.GetAsync($"/mod/log.csv?of=post&about={heir.Handle}");
        Assert.StartsWith("attachment", file.Header("Content-Disposition"), StringComparison.Ordinal);
        var lines = file.Text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("at,by,deed,about,topic,post,before,after,why", lines[0]);
        Assert.EndsWith($",post.author-changed,{heir.Handle},{topic.TopicId},1,{log.TextOf(".log del")},{heir.Handle},A second account", Assert.Single(lines[1..]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/mod/log.csv")]
    [InlineData("/mod/log")]
    public async Task Others_do_not_get_the_log(string address)
    {
        var member = await forum.SignUpAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await member.GetAsync(address)).Status);
    }
}
