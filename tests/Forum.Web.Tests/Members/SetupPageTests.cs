using System.Net;
using Forum.Members;
using Microsoft.EntityFrameworkCore;

namespace Forum.Web.Tests.Members;

public sealed class SetupPageTests
{
    private const string Form = "form[method=post]";

    [Fact]
    public async Task Check_12_the_link_makes_the_first_administrator_and_signs_them_in_once()
    {
        await using var forum = await WebForum.StartAsync();
        var link = await LinkAsync(forum);
        var (browser, other) = (forum.Visitor(), forum.Visitor());
        var opened = await other.GetAsync(link);
        var page = await browser.GetAsync(link);
        Assert.Equal((HttpStatusCode.OK, "Set up this forum"), (page.Status, page.TextOf("h1")));

        var weak = await browser.SubmitAsync(page, Form, ("Name", "Ada Admin"), ("Handle", "ada"), ("Email", "ada@example.org"), ("Password", "short"));
        Assert.Equal((HttpStatusCode.BadRequest, "Ada Admin"), (weak.Status, weak.One("input[name='Input.Name']").GetAttribute("value")));
        Assert.Contains("at least 10 characters", weak.TextOf("#password-error"), StringComparison.Ordinal);
        var done = await browser.SubmitAsync(weak, Form, ("Password", WebForum.Password));
        Assert.Equal("/", done.Location);

        Assert.Contains("Ada A", (await browser.GetAsync("/")).TextOf(".menu .who"), StringComparison.Ordinal);
        await using (var db = forum.Db())
            Assert.Equal(("ada", SiteRole.Admin), await db.Users.Select(m => ValueTuple.Create(m.UserName, m.Roles)).SingleAsync());
        Assert.Equal(HttpStatusCode.NotFound, (await forum.Visitor().GetAsync(link)).Status);
        var late = await other.SubmitAsync(opened, Form, ("Name", "Late Comer"), ("Email", "late@example.org"), ("Password", WebForum.Password));
        Assert.Equal(HttpStatusCode.NotFound, late.Status);
        await forum.SignInAsync("ada@example.org");
    }

    [Theory]
    [InlineData("/setup")]
    [InlineData("/setup?token=")]
    [InlineData("/setup?token=guessed")]
    public async Task Check_12_without_a_link_that_was_offered_there_is_nothing(string address)
    {
        await using var forum = await WebForum.StartAsync();
        await LinkAsync(forum);
        Assert.Equal(HttpStatusCode.NotFound, (await forum.Visitor().GetAsync(address)).Status);
    }

    private static async Task<string> LinkAsync(WebForum forum) => $"/setup?token={(await forum.Get<OfferSetup>().RunAsync(Actor.Operator, default)).Required}";
}
