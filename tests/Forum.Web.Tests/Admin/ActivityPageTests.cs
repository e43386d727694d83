using System.Net;
using Forum.Members;

namespace Forum.Web.Tests.Admin;

public sealed class ActivityPageTests(WebForum forum) : IClassFixture<WebForum>
{
    [Fact]
    public async Task Every_number_is_a_picture_that_says_what_it_shows_a_row_of_a_table_and_a_line_of_a_file()
    {
        await forum.BoardAsync("help");
        await forum.ReplyAsync(await forum.MemberAsync("Vera Trau"), await forum.AskAsync(await forum.MemberAsync(), "help"));
        var manager = await forum.SignInAsync((await forum.MemberAsync("Mara Manager", SiteRole.Manager)).Email!);

        var page = await manager.GetAsync((await manager.GetAsync("/admin")).One("a[href='/admin/reports']").GetAttribute("href")!);
        Assert.Equal(["Questions", "Answers", "Time to the first answer", "Share solved", "Found while asking", "Members a day", "Reports", "Waiting for a moderator", "E-mails sent"], page.TextsOf(".chart h2"));
        foreach (var picture in page.Document.QuerySelectorAll(".chart svg"))
        {
            Assert.Equal(("img", 30), (picture.GetAttribute("role"), picture.QuerySelectorAll("rect").Length));
            Assert.All(picture.GetAttribute("aria-labelledby")!.Split(' '), id => Assert.NotEqual("", page.TextOf($"#{id}")));
        }
        Assert.StartsWith("From ", page.TextOf("#questions-desc"), StringComparison.Ordinal);
        Assert.False(page.Has("[style]"));
        Assert.Equal(30, page.Document.QuerySelectorAll(".numbers tbody tr").Length);
        Assert.Equal("1", page.TextOf(".numbers tbody tr:first-child td:nth-of-type(1)"));

        await forum.SignUpAsync();
        page = await manager.GetAsync("/admin/reports?period=year");
        Assert.Equal("1", page.TextOf(".numbers tbody tr:first-child td:last-child"));
        Assert.Equal(52, page.Document.QuerySelectorAll(".numbers tbody tr").Length);
        var file = await manager.GetAsync(page.One("a[href^='/admin/reports.csv']").GetAttribute("href")!);
        Assert.Equal("text/csv; charset=utf-8", file.Header("Content-Type"));
        var lines = file.Text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(53, lines.Length);
        Assert.StartsWith("first_day,last_day,questions,answers,", lines[0], StringComparison.Ordinal);
        Assert.Equal(["1", "1", "0"], lines[^1].Split(',')[2..5]);
    }

    [Fact]
    public async Task For_moderators_and_visitors_it_is_not_there()
    {
        var moderator = await forum.SignInAsync((await forum.MemberAsync("Mo Derat", SiteRole.Moderator)).Email!);
        foreach (var address in new[] { "/admin/reports", "/admin/reports.csv" })
            Assert.Equal(HttpStatusCode.NotFound, (await moderator.GetAsync(address)).Status);
        Assert.True((await forum.Visitor().GetAsync("/admin/reports.csv")).IsRedirect);
    }
}
