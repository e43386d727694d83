using Forum.Admin;
using Forum.Boards;
using Forum.Members;
using Forum.Settings;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace Forum.Tests.Admin;

public sealed class SettingsTests : IAsyncLifetime
{
    private TestForum forum = null!;
    private Actor admin = null!;

    public async Task InitializeAsync()
    {
        forum = await TestForum.StartAsync();
        await forum.BoardAsync();
        admin = await forum.MemberAsync("Ada Admin", SiteRole.Admin);
    }

    public Task DisposeAsync() => forum.DisposeAsync().AsTask();

    [Fact]
    public void Every_setting_is_there_once_and_its_default_keeps_its_own_rules()
    {
        Assert.Equal(SettingList.All.Count, SettingList.All.Select(s => s.Key).Distinct().Count());
        Assert.All(SettingList.All, setting =>
        {
            var options = new ForumOptions();
            var standard = setting.Of(options);
            Assert.Equal(standard, setting.Read(standard).Required);
            setting.Set(options, standard);
            Assert.Equal(standard, setting.Of(options));
            Assert.True(setting.Key.Length <= SiteSetting.MaxKeyLength && setting.Most <= SiteSetting.MaxValueLength || setting.Kind == SettingKind.Number, setting.Key);
            Assert.EndsWith(".", setting.Why.Replace("example.org", ".", StringComparison.Ordinal), StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task What_is_set_holds_at_once_here_and_as_soon_as_another_node_has_heard_of_it_and_after_a_start()
    {
        var elsewhere = new ForumOptions();
        using var node = new LiveSettings(forum.Get<IDbContextFactory<Forum.Data.ForumDbContext>>(), elsewhere, NullLogger<LiveSettings>.Instance);
        await SetAsync("Site:Name", "  Fermentation\tclub ");
        await SetAsync("Limits:TopicsPerDay", "7");

        Assert.Equal(("Fermentation club", 7), (forum.Options.Site.Name, forum.Options.Limits.TopicsPerDay));
        Assert.Equal("Community", elsewhere.Site.Name);
        await node.ReadAsync(default);
        Assert.Equal(("Fermentation club", 7), (elsewhere.Site.Name, elsewhere.Limits.TopicsPerDay));

        await SetAsync("Site:Name", null);
        await node.ReadAsync(default);
        Assert.Equal(("Community", "Community"), (forum.Options.Site.Name, elsewhere.Site.Name));
    }

    [Fact]
    public async Task A_change_says_who_made_it_and_what_was_so_before_and_nothing_is_said_where_nothing_changed()
    {
        await SetAsync("Site:Name", "Brewers");
        await SetAsync("Site:Name", "Brewers");
        await SetAsync("Site:Headline", "");
        await SetAsync("Site:Name", null);
        await SetAsync("Site:Name", null);

        await using var db = forum.Db();
        Assert.Equal(["Forum:Site:Name: Community → Brewers", "Forum:Site:Name: Brewers → Community"],
            await db.AuditEntries.Where(e => e.Deed == "setting.changed" && e.ActorId == admin.MemberId).OrderBy(e => e.Id).Select(e => e.Note + ": " + e.Before + " → " + e.After).ToListAsync());
        Assert.Empty(await db.SiteSettings.ToListAsync());
        Assert.Equal(2, await db.OutboxEvents.CountAsync(e => e.Kind == "SettingChanged"));
    }

    [Theory]
    [InlineData("Site:Name", " ")]
    [InlineData("Site:Name", "A name of more than sixty characters is too long for every bar there is")]
    [InlineData("Site:DisplayNames", "Initials")]
    [InlineData("Site:Language", "klingonish")]
    [InlineData("Site:TimeZone", "Middle/Earth")]
    [InlineData("Site:ReadOnly", "perhaps")]
    [InlineData("Limits:TopicsPerDay", "0")]
    [InlineData("Limits:TopicsPerDay", "201")]
    [InlineData("Limits:TopicsPerDay", "-1")]
    [InlineData("Limits:TopicsPerDay", "1e1")]
    [InlineData("Site:Accent", "blue")]
    [InlineData("Site:Accent", "#ff0")]
    [InlineData("Site:Accent", "#ffcc00")]
    [InlineData("Site:AccentInTheDark", "#333333")]
    [InlineData("Site:Menu", "Shop")]
    [InlineData("Site:Menu", "Shop | javascript:alert(1)")]
    [InlineData("Site:Menu", "Shop | //example.org")]
    [InlineData("Site:Menu", "Shop | /\\example.org")]
    [InlineData("Site:Menu", "Shop | https://me@example.org")]
    [InlineData("Site:Menu", "Shop | data:text/html,x")]
    [InlineData("Site:Menu", "A|/a\nB|/b\nC|/c\nD|/d\nE|/e\nF|/f\nG|/g")]
    public async Task What_a_setting_cannot_be_is_refused_at_its_field_and_nothing_else_of_the_form_is_taken(string key, string value)
    {
        var refusal = (await forum.Get<ChangeSettings>().RunAsync(admin, [new("Site:Notice", "Hello"), new(key, value)], default)).Refusal!;

        Assert.Equal((RefusalKind.Invalid, key), (refusal.Kind, refusal.Field));
        Assert.Equal("", forum.Options.Site.Notice);
        await using var db = forum.Db();
        Assert.Empty(await db.SiteSettings.ToListAsync());
    }

    [Fact]
    public async Task A_colour_that_cannot_be_read_is_refused_with_the_contrast_that_it_reaches()
    {
        var refusal = (await forum.Get<ChangeSettings>().RunAsync(admin, [new("Site:Accent", "#777777")], default)).Refusal!;
        Assert.Equal("Words in this colour reach a contrast of 3.8 : 1 on light pages and need 4.5 : 1. Please choose a darker one.", refusal.ToString());
        await SetAsync("Site:Accent", "#8A1C1C");
        Assert.Equal("#8A1C1C", forum.Options.Site.Accent);
    }

    [Fact]
    public async Task Ranks_are_the_managers_and_all_else_the_administrators()
    {
        foreach (var (role, ranks, rest) in new[] { (SiteRole.None, false, false), (SiteRole.Staff, false, false), (SiteRole.Moderator, false, false), (SiteRole.Manager, true, false), (SiteRole.Admin, true, true) })
        {
            var actor = await forum.MemberAsync($"Rita {role}", role);
            Assert.Equal(ranks, (await TryAsync(actor, "Site:Ranks:Guru", $"Sage {role}")).Refusal is null);
            Assert.Equal(rest, (await TryAsync(actor, "Site:Name", $"Forum {role}")).Refusal is null);
            await using var db = forum.Db();
            Assert.Equal(ranks, (await forum.Get<SettingQueries>().AllAsync(await db.RightsOfAsync(actor, forum.Clock.GetUtcNow().UtcDateTime, default), default)).Refusal is null);
        }
        Assert.Equal(RefusalKind.Forbidden, (await TryAsync(Actor.Visitor, "Site:Name", "Mine")).Refusal!.Kind);
        Assert.Null((await TryAsync(Actor.Operator, "Site:Name", "Ours")).Refusal);
        Assert.Equal(RefusalKind.NotFound, (await TryAsync(admin, "Site:Url", "https://example.org")).Refusal!.Kind);
    }

    [Fact]
    public async Task Whoever_saw_another_value_than_there_is_by_now_is_told_and_overwrites_nothing()
    {
        await SetAsync("Site:Name", "Brewers");
        var refusal = (await forum.Get<ChangeSettings>().RunAsync(admin, [new("Site:Name", "Bakers", "Community")], default)).Refusal!;
        Assert.Equal((RefusalKind.Conflict, "Site:Name"), (refusal.Kind, refusal.Field));
        Assert.Contains("Brewers", refusal.ToString(), StringComparison.Ordinal);
        Assert.Null((await forum.Get<ChangeSettings>().RunAsync(admin, [new("Site:Name", "Brewers", "Community")], default)).Refusal);
        Assert.Null((await forum.Get<ChangeSettings>().RunAsync(admin, [new("Site:Name", "Bakers", "Brewers")], default)).Refusal);
    }

    [Fact]
    public async Task What_the_operator_says_wins_and_is_not_changed_in_the_browser()
    {
        await SetAsync("Site:Name", "Brewers");
        var options = new ForumOptions { Site = { Name = "Theirs" } };
        options.Give(SettingList.Find("Site:Name")!);
        using var node = new LiveSettings(forum.Get<IDbContextFactory<Forum.Data.ForumDbContext>>(), options, NullLogger<LiveSettings>.Instance);
        await node.ReadAsync(default);
        Assert.Equal("Theirs", options.Site.Name);
        Assert.Equal(RefusalKind.Forbidden, (await new ChangeSettings(forum.Get<Forum.Data.ForumWriter>(), node, options).RunAsync(admin, [new("Site:Name", "Mine")], default)).Refusal!.Kind);
        var view = (await new SettingQueries(forum.Get<IDbContextFactory<Forum.Data.ForumDbContext>>(), node, options).AllAsync(Rights.OfOperator, default)).Required.Single(s => s.Setting.Key == "Site:Name");
        Assert.Equal(("Theirs", true, false), (view.Value, view.Given, view.MayChange));
    }

    [Fact]
    public async Task A_value_that_is_no_longer_fit_counts_as_none()
    {
        await using (var db = forum.Db())
        {
            db.SiteSettings.AddRange(new SiteSetting { Key = "Limits:TopicsPerDay", Value = "100000", Changed = DateTime.UnixEpoch }, new SiteSetting { Key = "Gone:Setting", Value = "x", Changed = DateTime.UnixEpoch });
            await db.SaveChangesAsync();
        }
        await forum.Get<LiveSettings>().ReadAsync(default);
        Assert.Equal(20, forum.Options.Limits.TopicsPerDay);
    }

    [Fact]
    public async Task While_the_forum_is_read_only_nobody_writes_but_the_operator_sign_in_works_and_administrators_end_it()
    {
        var member = await forum.MemberAsync("Ines Rosa");
        await SetAsync("Site:ReadOnly", "true");

        Assert.Equal(RefusalKind.Unavailable, (await forum.Get<AskQuestion>().RunAsync(member, new("help", Scenario.Question, Scenario.Body, [], null), default)).Refusal!.Kind);
        Assert.Equal(RefusalKind.Unavailable, (await forum.Get<CreateBoard>().RunAsync(admin, new("new", "New"), default)).Refusal!.Kind);
        Assert.Null((await forum.Get<CreateBoard>().RunAsync(Actor.Operator, new("new", "New"), default)).Refusal);
        var secret = (await forum.Get<StartSession>().RunAsync(member, Caller.Unknown, default)).Required;
        Assert.Null((await forum.Get<EndSession>().RunAsync(member, secret, default)).Refusal);

        await SetAsync("Site:ReadOnly", "false");
        _ = (await forum.Get<AskQuestion>().RunAsync(member, new("help", Scenario.Question, Scenario.Body, [], null), default)).Required;
    }

    [Fact]
    public async Task Limits_are_those_that_are_set()
    {
        forum.Options.Limits.Enabled = true;
        var member = await forum.TrustedAsync(1);
        await SetAsync("Limits:SecondsBetweenTopics", "0");
        await SetAsync("Limits:SecondsBetweenPosts", "0");
        await SetAsync("Limits:TopicsPerDay", "2");
        for (var i = 0; i < 2; i++)
            _ = (await forum.Get<AskQuestion>().RunAsync(member, new("help", $"{Scenario.Question} {i}", $"{Scenario.Body} {i}", [], null), default)).Required;
        var refusal = (await forum.Get<AskQuestion>().RunAsync(member, new("help", Scenario.Question, Scenario.Body, [], null), default)).Refusal!;
        Assert.Equal((RefusalKind.TooMany, 2), (refusal.Kind, (int)refusal.Args[0]));
    }

    private async Task SetAsync(string key, string? value) => _ = (await TryAsync(admin, key, value)).Required;

    private Task<Result<Done>> TryAsync(Actor actor, string key, string? value) => forum.Get<ChangeSettings>().RunAsync(actor, [new(key, value)], default);
}
