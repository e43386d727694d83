using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Forum.Members;
using Forum.Settings;

namespace Forum.Web.Tests.Admin;

/// <summary>The page of settings without JavaScript, and what the rest of the forum makes of them.</summary>
public sealed partial class SettingsPageTests : IAsyncLifetime
{
    private WebForum forum = null!;
    private Browser admin = null!;

    public async Task InitializeAsync()
    {
        forum = await WebForum.StartAsync([("Forum:Site:TimeZone", "Europe/Berlin")]);
        admin = await forum.SignInAsync((await forum.MemberAsync("Ada Admin", SiteRole.Admin)).Email!);
    }

    public Task DisposeAsync() => forum.DisposeAsync().AsTask();

    [Fact]
    public async Task A_name_is_changed_shown_to_everybody_at_once_told_in_the_log_and_taken_back()
    {
        var visitor = forum.Visitor();
        Assert.Equal("Community", (await visitor.GetAsync("/")).TextOf(".brand"));
        var page = await admin.GetAsync((await admin.GetAsync("/admin")).One("a[href='/admin/settings']").GetAttribute("href")!);
        Assert.Contains("This is the default.", page.TextOf("#Site-Name-setting"), StringComparison.Ordinal);

        page = await admin.FollowAsync(await SaveAsync(page, ("Site:Name", "Fermentation club"), ("Site:Notice", "We move on Sunday.")));
        Assert.Equal("Saved. It holds on all pages from now on.", page.TextOf(".stack > [role=status]"));
        Assert.Matches("^.*Default: Community · changed by Ada A .*Back to the default.*$", page.TextOf("#Site-Name-setting"));
        var front = await visitor.GetAsync("/");
        Assert.Equal(("Fermentation club", "Fermentation club", "We move on Sunday."), (front.TextOf(".brand"), front.TextOf("title"), front.TextOf(".site-notice")));
        Assert.Single((await admin.GetAsync("/mod/log?of=setting")).TextsOf(".entries li"), line => Regex.IsMatch(line, "Ada A changed a setting.*Community.*Fermentation club.*Forum:Site:Name"));

        await admin.FollowAsync(await SaveAsync(page, ("default", "Site:Name")));
        Assert.Equal("Community", (await visitor.GetAsync("/")).TextOf(".brand"));
    }

    [Fact]
    public async Task A_refused_value_comes_back_with_its_reason_at_the_field_and_with_everything_that_was_typed()
    {
        var page = await SaveAsync(await admin.GetAsync("/admin/settings"), ("Site:Headline", "Ask away"), ("Site:Accent", "#ffcc00"));
        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Equal("true", page.One("#Site-Accent").GetAttribute("aria-invalid"));
        Assert.Contains("a contrast of 1.3 : 1", page.TextOf("#Site-Accent-error"), StringComparison.Ordinal);
        Assert.Equal(("Ask away", "#ffcc00"), (page.One("#Site-Headline").GetAttribute("value"), page.One("#Site-Accent").GetAttribute("value")));
        Assert.Equal("", forum.Get<ForumOptions>().Site.Headline);
        Assert.Equal("", page.One("input[name='was:Site:Headline']").GetAttribute("value"));

        Assert.True((await SaveAsync(page, ("Site:Accent", "#7a1f1f"))).IsRedirect);
        Assert.Equal("Ask away", forum.Get<ForumOptions>().Site.Headline);
    }

    [Fact]
    public async Task Settings_are_found_by_what_they_do_and_those_of_the_operator_are_shown_and_stay()
    {
        var page = await admin.GetAsync("/admin/settings?q=time+zone");
        Assert.Equal(["Time zone"], page.TextsOf(".setting label[for^=Site]"));
        Assert.Contains("Set by the operator of this forum: Forum:Site:TimeZone", page.TextOf(".setting"), StringComparison.Ordinal);
        Assert.True(page.One("#Site-TimeZone").HasAttribute("disabled"));
        Assert.Equal("Europe/Berlin", page.One("#Site-TimeZone").GetAttribute("value"));
        var forged = await admin.PostAsync("/admin/settings", ("__RequestVerificationToken", page.Document.QuerySelector("[name=__RequestVerificationToken]")!.GetAttribute("value")!), ("_handler", "settings"), ("was:Site:TimeZone", "Europe/Berlin"), ("Site:TimeZone", "UTC"));
        Assert.Equal(HttpStatusCode.Forbidden, forged.Status);
        Assert.Equal("No setting speaks of that", (await admin.GetAsync("/admin/settings?q=chandelier")).TextOf(".empty h2"));

        page = await admin.GetAsync("/admin/settings?q=upvotes+a+day");
        page = await admin.FollowAsync(await SaveAsync(page, ("Limits:UpvotesPerDay", "55")));
        Assert.Equal("55", page.One("#Limits-UpvotesPerDay").GetAttribute("value"));
        Assert.Equal(55, forum.Get<ForumOptions>().Limits.UpvotesPerDay);
    }

    [Fact]
    public async Task Managers_see_everything_and_change_ranks()
    {
        var manager = await forum.SignInAsync((await forum.MemberAsync("Mara Manager", SiteRole.Manager)).Email!);
        var page = await manager.GetAsync("/admin/settings");
        Assert.True(page.One("#Site-Name").HasAttribute("disabled"));
        Assert.False(page.Has("input[name='was:Site:Name']"));
        Assert.True((await manager.SubmitAsync(page, "form:has([name='Site:Ranks:Guru'])", ("Site:Ranks:Guru", "Brewmaster"))).IsRedirect);
        Assert.Contains("Brewmaster", (await forum.Visitor().GetAsync("/ranks")).TextOf("#ranks"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Colours_come_as_a_sheet_that_is_kept_for_as_long_as_they_stay()
    {
        var visitor = forum.Visitor();
        Assert.False((await visitor.GetAsync("/")).Has("link[href^='/site.css']"));
        await SaveAsync(await admin.GetAsync("/admin/settings"), ("Site:Accent", "#7a1f1f"));

        var address = (await visitor.GetAsync("/")).One("link[href^='/site.css']").GetAttribute("href")!;
        var sheet = await visitor.GetAsync(address);
        Assert.Contains("--brand: light-dark(#7a1f1f, #8ab0fe);", sheet.Text, StringComparison.Ordinal);
        Assert.Equal(("text/css; charset=utf-8", "public, max-age=31536000, immutable"), (sheet.Header("Content-Type"), sheet.Header("Cache-Control")));
        Assert.Equal("no-cache", (await visitor.GetAsync("/site.css?v=older")).Header("Cache-Control"));

        await SaveAsync(await admin.GetAsync("/admin/settings"), ("Site:Accent", "#134f4f"));
        Assert.NotEqual(address, (await visitor.GetAsync("/")).One("link[href^='/site.css']").GetAttribute("href"));
    }

    [Fact]
    public async Task Links_of_the_site_stand_in_the_bar()
    {
        await SaveAsync(await admin.GetAsync("/admin/settings"), ("Site:Menu", "Shop | https://example.org/shop?a=1&b=2\r\n  Rules|/help/lists\r\n\r\n"));
        var page = await forum.Visitor().GetAsync("/");
        Assert.Equal(["https://example.org/shop?a=1&b=2", "/help/lists"], page.Document.QuerySelectorAll(".bar nav a").TakeLast(2).Select(a => a.GetAttribute("href")));
        Assert.Equal("Shop | https://example.org/shop?a=1&b=2\nRules|/help/lists", forum.Get<ForumOptions>().Site.Menu.Replace("  ", "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_read_only_forum_says_so_keeps_what_was_typed_and_lets_administrators_sign_in_and_end_it()
    {
        await forum.BoardAsync("help");
        var member = await forum.SignUpAsync();
        var ask = await member.GetAsync("/ask?board=help");
        await SaveAsync(await admin.GetAsync("/admin/settings"), ("Site:ReadOnly", "true"));

        Assert.Contains("read-only", (await forum.Visitor().GetAsync("/")).TextOf(".site-notice"), StringComparison.Ordinal);
        var refused = await member.SubmitAsync(ask, "form[method=post]:has([name$=Markdown])", ("Title", Scenario.Question), ("Markdown", Scenario.Body), ("Board", "help"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.Status);
        Assert.Contains(Scenario.Body, refused.Text, StringComparison.Ordinal);
        Assert.Contains("The forum is read-only at the moment", refused.Text, StringComparison.Ordinal);

        var again = await forum.SignInAsync((await forum.MemberAsync("Otto Other", SiteRole.Admin)).Email!);
        await again.SubmitAsync(await again.GetAsync("/admin/settings"), "form.stack[method=post]", ("Site:ReadOnly", "false"));
        Assert.False((await forum.Visitor().GetAsync("/")).Has(".site-notice"));
    }

    [Fact]
    public async Task Whoever_is_quoted_is_soon_named_as_names_are_shown_from_now_on()
    {
        await forum.BoardAsync("help");
        var author = await forum.MemberAsync("Muhammad Ali");
        var topic = await forum.AskAsync(author, "help");
        await forum.ReplyAsync(await forum.MemberAsync(), topic, $"> [x](/t/{topic.TopicId}/x/1) wrote:\n> Words.\n\nI see.");
        Assert.Equal("Muhammad A wrote:", (await admin.GetAsync($"/t/{topic.TopicId}/{topic.Slug}")).TextOf("#post-2 .attribution"));

        await SaveAsync(await admin.GetAsync("/admin/settings"), ("Site:DisplayNames", "Handle"));

        await WebForum.HoldsSoonAsync(async () => (await admin.GetAsync($"/t/{topic.TopicId}/{topic.Slug}")).TextOf("#post-2 .attribution") == $"{author.Handle} wrote:", "named by the handle", TimeSpan.FromSeconds(20));
        var signedIn = await forum.SignUpAsync("Nora Neu");
        Assert.DoesNotContain("Nora", (await signedIn.GetAsync("/")).TextOf(".bar .who bdi"), StringComparison.Ordinal);
    }

    /// <summary>What contrasts are measured against is written down twice: in the sheet, and where colours are checked.</summary>
    [Fact]
    public async Task The_surfaces_that_colours_are_checked_against_are_those_of_the_sheet()
    {
        var sheet = (await forum.Visitor().GetAsync("/forum.css")).Text;
        foreach (var (token, place) in new[] { ("paper", 0), ("wash", 1), ("sunk", 2) })
            Assert.Equal((Accent.LightSurfaces[place], Accent.DarkSurfaces[place]), Token(sheet, token));
        Assert.Equal((Color.Parse(SiteOptions.HouseAccent)!.Value, Color.Parse(SiteOptions.HouseAccentInTheDark)!.Value), Token(sheet, "brand"));
        Assert.Equal((new Color(255, 255, 255), Accent.OnDark(default).Ink), Token(sheet, "brand-ink"));
    }

    private Task<Answer> SaveAsync(Answer page, params (string, string)[] typed) =>
        admin.SubmitAsync(page, "form.stack[method=post]", typed);

    private static (Color Light, Color Dark) Token(string sheet, string name)
    {
        var found = LightDark().Match(sheet, sheet.IndexOf($"--{name}: ", StringComparison.Ordinal));
        return (Read(found.Groups[1].Value), Read(found.Groups[2].Value));
    }

    /// <summary>A colour of the sheet in sRGB [Ottosson: Oklab].</summary>
    private static Color Read(string color)
    {
        if (color == "#fff")
            return new(255, 255, 255);
        var parts = color["oklch(".Length..^1].Split(' ').Select(p => double.Parse(p.TrimEnd('%'), CultureInfo.InvariantCulture)).ToArray();
        var (lightness, a, b) = (parts[0] / 100, parts[1] * Math.Cos(parts[2] * Math.PI / 180), parts[1] * Math.Sin(parts[2] * Math.PI / 180));
        var l = Math.Pow(lightness + 0.3963377774 * a + 0.2158037573 * b, 3);
        var m = Math.Pow(lightness - 0.1055613458 * a - 0.0638541728 * b, 3);
        var s = Math.Pow(lightness - 0.0894841775 * a - 1.2914855480 * b, 3);
        return new(Part(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s), Part(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s), Part(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s));

        static byte Part(double linear) => (byte)Math.Round(255 * Math.Clamp(linear <= 0.0031308 ? 12.92 * linear : 1.055 * Math.Pow(linear, 1 / 2.4) - 0.055, 0, 1));
    }

    [GeneratedRegex(@"light-dark\((#fff|oklch\([^)]*\)), (oklch\([^)]*\))\)")]
    private static partial Regex LightDark();
}
