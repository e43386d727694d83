using System.Globalization;
using System.Net;
using System.Text;
using Forum.Members;
using Forum.Web.Tests.Api;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Forum.Web.Tests.Topics;

/// <summary>How long the forms of posts were open, with limits on.</summary>
public sealed class HasteTests
{
    [Theory]
    [InlineData(2, "It came sooner than most people write, so a moderator looks at it first.")]
    [InlineData(4, null)]
    public async Task Check_50_what_a_new_member_sends_as_soon_as_the_form_is_open_waits_and_its_author_reads_why(int seconds, string? why)
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var forum = await WebForum.StartAsync([("Forum:Limits:Enabled", "true")], services => services.AddSingleton<TimeProvider>(clock));
        var board = await forum.FreshBoardAsync();
        var topic = await forum.AskAsync(await forum.TrustedAsync(1), board);
        var newcomer = await forum.SignInAsync((await forum.MemberAsync()).Email!);
        var address = $"/t/{topic.TopicId}/{topic.Slug}";
        var page = await newcomer.GetAsync(address);
        clock.Advance(TimeSpan.FromSeconds(seconds));
        Assert.True((await newcomer.SubmitAsync(page, "#reply form", ("Markdown", "I would like to know that, too."))).IsRedirect);
        var after = await newcomer.GetAsync(address);
        Assert.Equal(why is not null, after.Has("#post-2 .held"));
        if (why is not null)
            Assert.Equal(why, after.TextOf("#post-2 > p.muted"));
        Assert.Equal(why is null, (await forum.Visitor().GetAsync(address)).Has("#post-2"));
    }

    [Fact]
    public async Task Check_50_a_program_that_fills_in_what_people_do_not_see_is_let_in_and_reads_that_it_waits()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var forum = await WebForum.StartAsync([("Forum:Limits:Enabled", "true")], services => services.AddSingleton<TimeProvider>(clock));
        var topic = await forum.AskAsync(await forum.TrustedAsync(1), await forum.FreshBoardAsync());
        var program = forum.Visitor();
        var form = await program.GetAsync("/account/sign-up");
        Assert.Equal("true", form.One("#website").ParentElement!.GetAttribute("aria-hidden"));
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True((await program.SubmitAsync(form, "form[method=post]", ("Name", "Ines Rosa"), ("Email", "ines@example.org"), ("Password", WebForum.Password), ("Website", "https://shop.example"))).IsRedirect);
        Assert.True((await program.SubmitAsync(await program.GetAsync(await forum.LinkToAsync("ines@example.org")), "main form", [])).IsRedirect);
        var page = await program.GetAsync($"/t/{topic.TopicId}/{topic.Slug}");
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True((await program.SubmitAsync(page, "#reply form", ("Markdown", "I would like to know that, too."))).IsRedirect);
        var mine = await program.GetAsync("/account/moderation");
        Assert.Contains("It is your first post here, and a moderator looks at it first.", mine.TextOf("section:has(#waiting) .snippet"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_48_a_fourth_account_from_one_network_waits_until_tomorrow_with_what_was_typed()
    {
        await using var forum = await WebForum.ServeAsync(("Forum:Limits:Enabled", "true"));
        for (var i = 0; i < SignUp.MaxPerNetwork; i++)
            _ = await forum.SignUpAsync();
        var visitor = forum.Visitor();
        var refused = await visitor.SubmitAsync(await visitor.GetAsync("/account/sign-up"), "form[method=post]", ("Name", "Ines Rosa"), ("Email", "ines@example.org"), ("Password", WebForum.Password));
        Assert.Equal((HttpStatusCode.TooManyRequests, "Ines Rosa", "ines@example.org"), (refused.Status, refused.One("#name").GetAttribute("value"), refused.One("#email").GetAttribute("value")));
        Assert.True(int.Parse(refused.Header("Retry-After")!, CultureInfo.InvariantCulture) > 86_000);
        Assert.Contains("come back tomorrow", refused.Text, StringComparison.Ordinal);
        // Whoever is invited may sit beside others who are.
        var link = (await forum.Get<Forum.Admin.InviteByLink>().RunAsync(Actor.Operator, 1, default)).Required;
        var joined = await visitor.SubmitAsync(await visitor.GetAsync(link.PathAndQuery), "form[method=post]", ("Name", "Ines Rosa"), ("Email", "ines@example.org"), ("Password", WebForum.Password));
        Assert.Equal("/account/sent", joined.Location);
    }

    [Fact]
    public async Task The_time_runs_from_the_first_showing_of_the_form_and_cannot_be_made_up()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var forum = await WebForum.StartAsync([("Forum:Limits:Enabled", "true")], services => services.AddSingleton<TimeProvider>(clock));
        var board = await forum.FreshBoardAsync();
        var topic = await forum.AskAsync(await forum.TrustedAsync(1), board);
        var address = $"/t/{topic.TopicId}/{topic.Slug}";
        var patient = await forum.SignInAsync((await forum.MemberAsync()).Email!);
        var page = await patient.GetAsync(address);
        clock.Advance(TimeSpan.FromSeconds(4));
        var refused = await patient.SubmitAsync(page, "#reply form", ("Markdown", ""));
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.True((await patient.SubmitAsync(refused, "#reply form", ("Markdown", "I would like to know that, too."))).IsRedirect);
        Assert.False((await patient.GetAsync(address)).Has("#post-2 .held"));

        var forger = await forum.SignInAsync((await forum.MemberAsync()).Email!);
        page = await forger.GetAsync(address);
        clock.Advance(TimeSpan.FromSeconds(4));
        Assert.True((await forger.SubmitAsync(page, "#reply form", ("Markdown", "So would I, by the way."), ("Began", Convert.ToBase64String(Encoding.UTF8.GetBytes("0"))))).IsRedirect);
        Assert.True((await forger.GetAsync(address)).Has("#post-3 .held"));
    }
}
