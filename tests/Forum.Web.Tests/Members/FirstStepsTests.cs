using Forum.Members;
using Forum.Web.Tests.Api;
using Microsoft.EntityFrameworkCore;

namespace Forum.Web.Tests.Members;

public sealed class FirstStepsTests(WebForum forum) : IClassFixture<WebForum>
{
    private const string Card = "section[aria-labelledby=first-steps]";

    [Fact]
    public async Task Somebody_new_finds_first_steps_on_the_home_page_and_sees_what_is_done()
    {
        var board = await forum.FreshBoardAsync();
        var topic = await forum.AskAsync(await forum.MemberAsync(), board);
        var member = await forum.MemberAsync("Nora Neu");
        var browser = await forum.SignInAsync(member.Email!);
        var home = await browser.GetAsync("/");
        Assert.Equal(5, home.Document.QuerySelectorAll($"{Card} li a").Length);
        foreach (var link in home.Document.QuerySelectorAll($"{Card} li a"))
            Assert.Equal(System.Net.HttpStatusCode.OK, (await browser.GetAsync(link.GetAttribute("href")!)).Status);

        await forum.ReplyAsync(member, topic);
        await forum.UpvoteAsync(member, topic);
        home = await browser.GetAsync("/");
        Assert.Equal(["Thank somebody with an upvote", "Ask something, or answer"], home.TextsOf($"{Card} li s"));

        await using var db = forum.Db();
        await db.Users.Where(m => m.Id == member.Id).ExecuteUpdateAsync(set => set.SetProperty(m => m.TopicsRead, FirstStepQueries.Topics).SetProperty(m => m.Avatar, "a"));
        db.UserLogins.Add(new() { LoginProvider = "company", ProviderKey = "1", UserId = member.Id });
        await db.SaveChangesAsync();
        Assert.False((await browser.GetAsync("/")).Has(Card));
    }

    [Fact]
    public async Task They_are_hidden_for_good_by_whoever_needs_none_and_are_for_newcomers_alone()
    {
        var browser = await forum.SignInAsync((await forum.MemberAsync()).Email!);
        Assert.True((await browser.SubmitAsync(await browser.GetAsync("/"), $"{Card} form")).IsRedirect);
        Assert.False((await browser.GetAsync("/")).Has(Card));
        Assert.False((await (await forum.SignInAsync((await forum.TrustedAsync(1)).Email!)).GetAsync("/")).Has(Card));
        Assert.False((await forum.Visitor().GetAsync("/")).Has(Card));
    }
}
