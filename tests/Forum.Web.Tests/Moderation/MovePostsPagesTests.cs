using System.Net;
using Forum.Members;
using Forum.Moderation;
using Forum.Topics;
using Forum.Web.Tests.Api;

namespace Forum.Web.Tests.Moderation;

/// <summary>Moving replies and merging topics, without JavaScript.</summary>
public sealed class MovePostsPagesTests(WebForum forum) : IClassFixture<WebForum>
{
    private async Task<Browser> ModeratorAsync() => await forum.SignInAsync((await forum.MemberAsync("Silke Site", SiteRole.Moderator)).Email!);

    private async Task<PostedPost> TopicAsync() => await forum.AskAsync(await forum.MemberAsync(), await forum.FreshBoardAsync());

    private static string AddressOf(PostedPost topic) => $"/t/{topic.TopicId}/{topic.Slug}";

    [Fact]
    public async Task A_reply_becomes_a_topic_of_its_own_and_a_line_leads_to_it()
    {
        var (moderator, topic) = (await ModeratorAsync(), await TopicAsync());
        var reply = await forum.ReplyAsync(await forum.MemberAsync("Kwame Osei"), topic, "And how do kites get paid?");
        await forum.ReplyAsync(await forum.MemberAsync("Mei Tan"), topic, "Choose Transfer.");
        var menu = await moderator.GetAsync(AddressOf(topic));
        var page = await moderator.GetAsync(menu.One($"#post-2 a[href='/posts/{reply.PostId}/move']").GetAttribute("href")!);
        var refused = await moderator.SubmitAsync(page, "form.form", ("Title", "Short"), ("Reason", "Another question"));
        Assert.Equal((HttpStatusCode.BadRequest, "Short", "Another question"), (refused.Status, refused.One("#title").GetAttribute("value"), refused.One("#reason").GetAttribute("value")));
        var done = await moderator.SubmitAsync(refused, "form.form", ("Title", "How do kites get paid by an agency?"));
        Assert.True(done.IsRedirect);

        var visitor = forum.Visitor();
        var old = await visitor.GetAsync(AddressOf(topic));
        Assert.Equal(("1 reply", "1 post was moved to How do kites get paid by an agency?"), (old.TextOf("#replies"), old.TextOf(".moved-on")));
        Assert.False(old.Has("#post-2"));
        var led = await visitor.GetAsync($"{AddressOf(topic)}/2");
        Assert.Equal(HttpStatusCode.MovedPermanently, led.Status);
        var moved = await visitor.GetAsync(led.Location!.Split('#')[0]);
        Assert.Equal(("How do kites get paid by an agency?", "0 replies"), (moved.TextOf("h1"), moved.TextOf("#replies")));
        Assert.Contains("And how do kites get paid?", moved.TextOf("#post-1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_line_stands_where_the_reply_did_beside_a_refused_reply_too()
    {
        var topic = await TopicAsync();
        await forum.ReplyAsync(await forum.MemberAsync("Kwame Osei"), topic, "Choose Transfer.");
        var gone = await forum.ReplyAsync(await forum.MemberAsync("Mei Tan"), topic, "And how do kites get paid?");
        await forum.ReplyAsync(await forum.MemberAsync("Mei Tan"), topic, "Thank you.");
        _ = (await forum.Get<MovePosts>().RunAsync((await forum.MemberAsync("Silke Site", SiteRole.Moderator)).AsActor(), new(gone.PostId, MovedPart.Post, Title: "How do kites get paid by an agency?"), default)).Required;
        var member = await forum.SignUpAsync();
        var page = await member.GetAsync(AddressOf(topic));
        foreach (var shown in new[] { page, await member.SubmitAsync(page, "#reply form", ("Markdown", "?")) })
            Assert.Equal(["post-2", "", "post-4"], shown.Document.QuerySelectorAll(".replies > article, .replies > .moved-on").Select(e => e.Id ?? ""));
        Assert.Single((await member.GetAsync($"{AddressOf(topic)}?sort=newest")).TextsOf(".moved-on"));
    }

    [Fact]
    public async Task A_merged_topic_leads_to_the_other_one_for_everybody()
    {
        var (moderator, topic, other) = (await ModeratorAsync(), await TopicAsync(), await TopicAsync());
        await forum.ReplyAsync(await forum.MemberAsync("Kwame Osei"), topic);
        var menu = await moderator.GetAsync(AddressOf(topic));
        var page = await moderator.GetAsync(menu.One("a[href$='/merge']").GetAttribute("href")!);
        var refused = await moderator.SubmitAsync(page, "form.form", ("Into", "nowhere"));
        Assert.Equal((HttpStatusCode.BadRequest, "nowhere"), (refused.Status, refused.One("#into").GetAttribute("value")));
        Assert.True((await moderator.SubmitAsync(page, "form.form", ("Into", $"http://localhost{AddressOf(other)}"))).IsRedirect);
        foreach (var browser in new[] { forum.Visitor(), await forum.SignUpAsync(), moderator })
        {
            var led = await browser.GetAsync(AddressOf(topic));
            Assert.Equal((HttpStatusCode.MovedPermanently, AddressOf(other)), (led.Status, led.Location));
            Assert.Equal(HttpStatusCode.MovedPermanently, (await browser.GetAsync($"{AddressOf(topic)}/2")).Status);
            Assert.Equal("2 replies", (await browser.GetAsync(AddressOf(other))).TextOf("#replies"));
        }
    }

    [Fact]
    public async Task Who_does_not_moderate_there_comes_to_neither_page()
    {
        var topic = await TopicAsync();
        var reply = await forum.ReplyAsync(await forum.MemberAsync("Kwame Osei"), topic);
        var browser = await forum.SignInAsync((await forum.TrustedAsync(4)).Email!);
        foreach (var address in new[] { $"/posts/{reply.PostId}/move", $"/t/{topic.TopicId}/merge" })
            Assert.Equal(HttpStatusCode.Forbidden, (await browser.GetAsync(address)).Status);
        Assert.False((await browser.GetAsync(AddressOf(topic))).Has("a[href$='/merge']"));
    }
}
