using System.Net;
using Forum.Members;
using Forum.Moderation;
using Forum.Web.Tests.Api;

namespace Forum.Web.Tests.Moderation;

/// <summary>What a network that is kept out can do: read.</summary>
public sealed class BlocksTests
{
    [Fact]
    public async Task From_a_blocked_network_people_read_and_what_they_write_is_handed_back()
    {
        await using var forum = await WebForum.ServeAsync(("Forum:Limits:Enabled", "false"));
        var board = await forum.FreshBoardAsync();
        var author = await forum.MemberAsync();
        var topic = await forum.AskAsync(author, board);
        var (member, token) = (await forum.SignInAsync(author.Email!), await forum.ApiOfAsync(author));
        var page = await member.GetAsync($"/t/{topic.TopicId}/{topic.Slug}");
        foreach (var network in new[] { "127.0.0.0/8", "::1" })
            _ = (await forum.Get<SetBlock>().RunAsync(Actor.Operator, new(BlockKind.Network, network, 1, "A test of the door."), default)).Required;

        var answer = await member.SubmitAsync(page, "form:has([name$=Markdown])", ("Markdown", "A long and thoughtful reply."));
        Assert.Equal((HttpStatusCode.Forbidden, "A long and thoughtful reply."), (answer.Status, answer.TextOf("textarea")));
        (await token.PostAsync($"topics/{topic.TopicId}/posts", new { markdown = "A long and thoughtful reply." })).Is(HttpStatusCode.Forbidden);
        Assert.Equal(HttpStatusCode.OK, (await forum.Visitor().GetAsync($"/t/{topic.TopicId}/{topic.Slug}")).Status);
        var visitor = forum.Visitor();
        Assert.Equal(HttpStatusCode.Forbidden, (await visitor.SubmitAsync(await visitor.GetAsync("/account/sign-in"), "form[method=post]", ("Email", author.Email!), ("Password", WebForum.Password))).Status);
        Assert.True((await member.SubmitAsync(await member.GetAsync("/"), "form[action='/account/sign-out']")).IsRedirect);
    }

    [Fact]
    public async Task A_manager_keeps_a_network_out_by_the_page_and_lets_it_in_again()
    {
        await using var forum = await WebForum.StartAsync();
        var manager = await forum.SignInAsync((await forum.MemberAsync("Mona Manager", SiteRole.Manager)).Email!);
        var refused = await manager.SubmitAsync(await manager.GetAsync("/admin/blocks"), "form[aria-labelledby=keep]", ("Pattern", "0.0.0.0/0"), ("Reason", "A wave of spam."));
        Assert.Equal((HttpStatusCode.BadRequest, "0.0.0.0/0", "A wave of spam."), (refused.Status, refused.One("#pattern").GetAttribute("value"), refused.One("#reason").GetAttribute("value")));
        Assert.True((await manager.SubmitAsync(refused, "form[aria-labelledby=keep]", ("Pattern", "192.0.2.0/24"))).IsRedirect);
        var page = await manager.GetAsync("/admin/blocks");
        Assert.Equal(["192.0.2.0/24"], page.TextsOf(".entries h3"));
        Assert.True((await manager.SubmitAsync(page, "form[action$='/lift']")).IsRedirect);
        Assert.False((await manager.GetAsync("/admin/blocks")).Has(".entries"));
    }
}
