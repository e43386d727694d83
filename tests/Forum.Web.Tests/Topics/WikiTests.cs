using Forum.Boards;
using Forum.Members;
using Forum.Topics;
using Forum.Web.Tests.Api;
using Microsoft.EntityFrameworkCore;

namespace Forum.Web.Tests.Topics;

public sealed class WikiTests(WebForum forum) : IClassFixture<WebForum>
{
    private const string Wiki = "button[formaction$='/wiki']";

    private async Task<(Member Asker, PostedPost Question, string Address)> SceneAsync()
    {
        var board = await forum.FreshBoardAsync();
        _ = (await forum.Get<ChangeBoard>().RunAsync(Actor.Operator, new(board, AllowsWiki: true), default)).Required;
        var asker = await forum.MemberAsync();
        var question = await forum.AskAsync(asker, board, tags: "contracts");
        return (asker, question, $"/t/{question.TopicId}/{question.Slug}");
    }

    private async Task<Browser> TrustedAsync()
    {
        var member = await forum.MemberAsync("Vera Trau");
        await using var db = forum.Db();
        await db.Users.Where(m => m.Id == member.Id).ExecuteUpdateAsync(set => set.SetProperty(m => m.Trust, EditRules.TrustOfWikis));
        return await forum.SignInAsync(member.Email!);
    }

    [Fact]
    public async Task Its_author_opens_a_post_and_another_member_edits_it()
    {
        var (asker, question, address) = await SceneAsync();
        var (author, other) = (await forum.SignInAsync(asker.Email!), await TrustedAsync());
        Assert.False((await other.GetAsync(address)).Has($"{Wiki}, a[href='/posts/{question.PostId}/edit']"));
        var opened = await author.SubmitAsync(await author.GetAsync(address), Wiki);
        Assert.Equal($"{address}#post-1", opened.Location);

        var page = await other.GetAsync(address);
        Assert.Contains("Wiki", page.TextsOf("#post-1 .pill"));
        Assert.Equal("Edit this wiki", page.TextOf($"#post-1 a[href='/posts/{question.PostId}/edit']"));
        var form = await other.GetAsync($"/posts/{question.PostId}/edit");
        Assert.False(form.Has("input[name$=Title], input[name$=Tags]"));
        Assert.True((await other.SubmitAsync(form, "main form.composer", ("Markdown", Scenario.Body + " And its files."))).IsRedirect);

        await WebForum.HoldsSoonAsync(async () => (await forum.Visitor().GetAsync(address)).TextOf("#post-1 .rank").Contains("edited by Vera T", StringComparison.Ordinal), "who edited the wiki");
        var visitor = await forum.Visitor().GetAsync(address);
        Assert.Contains("Wiki", visitor.TextsOf("#post-1 .pill"));
        Assert.False(visitor.Has($"{Wiki}, a[href$='/edit']"));

        _ = await author.SubmitAsync(await author.GetAsync(address), Wiki);
        Assert.DoesNotContain("Wiki", (await other.GetAsync(address)).TextsOf("#post-1 .pill"));
    }

    [Fact]
    public async Task Where_a_board_has_no_wikis_none_is_offered()
    {
        var asker = await forum.MemberAsync();
        var question = await forum.AskAsync(asker, await forum.FreshBoardAsync());
        var browser = await forum.SignInAsync(asker.Email!);

        Assert.False((await browser.GetAsync($"/t/{question.TopicId}/{question.Slug}")).Has(Wiki));
    }
}
