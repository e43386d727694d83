using System.Net;
using Forum.Members;
using Forum.Topics;

namespace Forum.Web.Tests.Moderation;

/// <summary>Watched words by their page, without JavaScript.</summary>
public sealed class WatchedWordsPageTests(WebForum forum) : IClassFixture<WebForum>
{
    private const string Words = "/admin/words", Watch = "form[aria-labelledby=watch]", Try = "form[aria-labelledby=try]";

    [Fact]
    public async Task A_manager_watches_for_a_word_tries_it_and_takes_it_away()
    {
        var manager = await forum.SignInAsync((await forum.MemberAsync("Mona Manager", SiteRole.Manager)).Email!);
        var refused = await manager.SubmitAsync(await manager.GetAsync(Words), Watch, ("Pattern", "???"), ("Action", "Refuse"), ("Note", "Sold here too often."));
        Assert.Equal((HttpStatusCode.BadRequest, "???", "Sold here too often."), (refused.Status, refused.One("#pattern").GetAttribute("value"), refused.One("#note").GetAttribute("value")));
        Assert.True((await manager.SubmitAsync(refused, Watch, ("Pattern", "wrist watch*"))).IsRedirect);

        var page = await manager.GetAsync(Words);
        Assert.Equal(["wrist watch*"], page.TextsOf(".entries h3"));
        var tried = await manager.SubmitAsync(page, Try, ("Text", "Who needs WRIST watches?"));
        Assert.Equal(["wrist watch*: The post is not taken"], tried.TextsOf("main .notice[role=status] li"));
        Assert.Equal(["Who needs WRIST watches?"], tried.TextsOf("#sample"));
        Assert.Contains("Nothing is found", (await manager.SubmitAsync(page, Try, ("Text", "Who needs watches?"))).TextOf("main .notice[role=status]"), StringComparison.Ordinal);

        var member = await forum.SignUpAsync();
        await forum.BoardAsync("watching");
        var ask = await member.SubmitAsync(await member.GetAsync("/ask"), "form:has([name$=Title])", ("Title", "Who needs a thing to wear?"), ("Markdown", "My wrist watches are for sale here."), ("Board", "watching"));
        Assert.Equal(HttpStatusCode.BadRequest, ask.Status);
        Assert.Contains("wrist watch*", string.Join(" ", ask.TextsOf("[role=alert]")), StringComparison.Ordinal);
        Assert.Contains("My wrist watches are for sale here.", ask.TextOf("textarea"), StringComparison.Ordinal);

        Assert.True((await manager.SubmitAsync(page, "form[action$='/remove']")).IsRedirect);
        Assert.False((await manager.GetAsync(Words)).Has(".entries"));
    }

    [Fact]
    public async Task The_author_sees_that_a_post_waits_and_moderators_see_why()
    {
        _ = (await forum.Get<SetWatchedWord>().RunAsync(Actor.Operator, new("sundial", false, WatchedAction.Hold), default)).Required;
        await forum.BoardAsync("dials");
        var author = await forum.MemberAsync();
        var topic = (await forum.Get<AskQuestion>().RunAsync(Actor.Member(author.Id), new("dials", "Who needs a thing to look at?", "My sundial is for sale here.", [], null), default)).Required;
        var address = $"/t/{topic.TopicId}/{topic.Slug}";
        Assert.Contains("Waits for a moderator", (await (await forum.SignInAsync(author.Email!)).GetAsync(address)).TextOf("#post-1 .held"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await forum.Visitor().GetAsync(address)).Status);
        var moderator = await forum.SignInAsync((await forum.MemberAsync("Sam Staff", SiteRole.Moderator)).Email!);
        Assert.Contains("It holds a watched word or link", (await moderator.GetAsync("/mod/queue")).TextOf("section:has(#held)"), StringComparison.Ordinal);
    }
}
