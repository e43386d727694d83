using System.Globalization;
using Bunit;
using Forum.Members;
using Forum.Web.Shell;

namespace Forum.Web.Tests.Shell;

/// <summary>The small parts that every page is made of.</summary>
public sealed class PartsTests : IDisposable
{
    private readonly Stage stage = new();

    [Theory]
    [InlineData(1, "next /p/2, last /p/9")]
    [InlineData(5, "first /p/1, prev /p/4, next /p/6, last /p/9")]
    [InlineData(9, "first /p/1, prev /p/8")]
    public void A_pager_leads_to_the_neighbours_and_the_ends_and_never_to_where_one_is(int page, string links)
    {
        var pager = stage.Render<Pager>(p => p.Add(c => c.Page, page).Add(c => c.Pages, 9).Add(c => c.Address, n => $"/p/{n}"));
        Assert.Equal(links, string.Join(", ", pager.FindAll("nav a").Select(a => $"{a.GetAttribute("rel")} {a.GetAttribute("href")}")));
        Assert.Equal($"{page} of 9", pager.Find(".now").TextContent);
        Assert.All(pager.FindAll("nav a"), a => Assert.NotEmpty(a.TextContent.Trim()));
    }

    [Fact]
    public void A_time_is_written_as_its_date_for_everybody_and_as_an_instant_for_machines()
    {
        var time = stage.Render<TimeAgo>(p => p.Add(c => c.At, new DateTime(2026, 3, 2, 23, 5, 9, DateTimeKind.Utc))).Find("time");
        Assert.Equal("2026-03-02T23:05:09Z", time.GetAttribute("datetime"));
        Assert.Equal("2 Mar 2026", time.TextContent);
    }

    [Fact]
    public void A_time_is_an_instant_for_machines_whatever_calendar_people_use()
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("ar-SA");
        var time = stage.Render<TimeAgo>(p => p.Add(c => c.At, new DateTime(2026, 3, 2, 23, 5, 9, DateTimeKind.Utc))).Find("time");
        Assert.Equal("2026-03-02T23:05:09Z", time.GetAttribute("datetime"));
    }

    [Fact]
    public void A_name_is_set_apart_so_that_it_cannot_turn_the_words_around_it()
    {
        var name = stage.Render<MemberName>(p => p.Add(c => c.Author, Byline("\u202eeman deifsitas", staff: false)));
        Assert.Equal("\u202eeman deifsitas", name.Find("a > bdi").TextContent);
        Assert.Equal("/members/InesR1", name.Find("a").GetAttribute("href"));
    }

    [Fact]
    public void Check_25_the_staff_badge_comes_from_the_role_and_no_name_can_imitate_it()
    {
        Assert.Equal("Staff", stage.Render<MemberName>(p => p.Add(c => c.Author, Byline("Vera T", staff: true))).Find(".pill.staff").TextContent.Trim());
        var imitator = stage.Render<MemberName>(p => p.Add(c => c.Author, Byline("<span class=\"pill staff\">Staff</span>", staff: false)));
        Assert.Empty(imitator.FindAll(".pill"));
        Assert.Equal("<span class=\"pill staff\">Staff</span>", imitator.Find("bdi").TextContent);
    }

    [Theory]
    [InlineData("ines", "I")]
    [InlineData("élodie", "É")]
    [InlineData("e\u0301lodie", "E\u0301")]
    [InlineData("👩‍🚀 Sally", "👩‍🚀")]
    [InlineData("", "")]
    public void An_avatar_shows_the_first_letter_as_people_see_letters(string name, string initial) =>
        Assert.Equal(initial, stage.Render<Avatar>(p => p.Add(c => c.Name, name).Add(c => c.Seed, 1)).Find(".avatar").TextContent);

    [Fact]
    public void An_avatar_has_the_same_hue_wherever_its_member_is_shown_and_twelve_there_are()
    {
        string Hue(long seed, string? size) => stage.Render<Avatar>(p => p.Add(c => c.Name, "Ines").Add(c => c.Seed, seed).Add(c => c.Size, size)).Find(".avatar").ClassList.Single(c => c.StartsWith("hue-", StringComparison.Ordinal));
        Assert.Equal(Hue(77, "s"), Hue(77, "l"));
        Assert.Equal(Enumerable.Range(0, 12).Select(i => $"hue-{i}"), Enumerable.Range(0, 12).Select(i => Hue(24 + i, null)));
        Assert.Equal("true", stage.Render<Avatar>(p => p.Add(c => c.Name, "Ines").Add(c => c.Seed, 1)).Find(".avatar").GetAttribute("aria-hidden"));
    }

    [Fact]
    public void Crumbs_lead_from_the_home_page_down_and_say_the_same_to_machines()
    {
        IReadOnlyList<(string, string)> links = [("Forums", "/forums"), ("עזרה", "/forums/help")];
        var crumbs = stage.Render<Crumbs>(p => p.Add(c => c.Links, links));
        Assert.Equal("Breadcrumb", crumbs.Find("nav").GetAttribute("aria-label"));
        Assert.Equal(["Community /", "Forums /forums", "עזרה /forums/help"], crumbs.FindAll("ol > li > a").Select(a => $"{a.TextContent} {a.GetAttribute("href")}"));
        Assert.Equal("auto", crumbs.FindAll("a")[^1].GetAttribute("dir"));
        var linked = System.Text.Json.JsonSerializer.SerializeToNode(Crumbs.Linked(new("https://forum.example"), "Community", links))!;
        Assert.Equal(["1 https://forum.example/", "2 https://forum.example/forums", "3 https://forum.example/forums/help"], linked["itemListElement"]!.AsArray().Select(i => $"{i!["position"]} {i["item"]}"));
    }

    [Fact]
    public void Structured_data_cannot_end_its_element()
    {
        var data = stage.Render<JsonLd>(p => p.Add(c => c.Data, new Dictionary<string, object> { ["name"] = "</script><script>alert(1)</script><!--" }));
        var script = Assert.Single(data.FindAll("script"));
        Assert.Equal("</script><script>alert(1)</script><!--", System.Text.Json.Nodes.JsonNode.Parse(script.TextContent)!["name"]!.GetValue<string>());
        Assert.DoesNotContain("<!--", data.Markup, StringComparison.Ordinal);
    }

    public void Dispose() => stage.Dispose();

    private static Byline Byline(string name, bool staff) => new(1, "InesR1", name, "Community Member", staff, null, 0, 0);
}
