using System.Net;
using System.Text;
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
    public async Task What_a_new_member_sends_as_soon_as_the_form_is_open_waits_and_its_author_reads_why(int seconds, string? why)
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var forum = await WebForum.StartAsync([("Forum:Limits:Enabled", "true")], services => services.AddSingleton<TimeProvider>(clock));
        var board = await forum.FreshBoardAsync();
        var topic = await forum.AskAsync(await forum.TrustedAsync(1), board);
        var newcomer = await forum.SignUpAsync();
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
    public async Task The_time_runs_from_the_first_showing_of_the_form_and_cannot_be_made_up()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var forum = await WebForum.StartAsync([("Forum:Limits:Enabled", "true")], services => services.AddSingleton<TimeProvider>(clock));
        var board = await forum.FreshBoardAsync();
        var topic = await forum.AskAsync(await forum.TrustedAsync(1), board);
        var address = $"/t/{topic.TopicId}/{topic.Slug}";
        var patient = await forum.SignUpAsync();
        var page = await patient.GetAsync(address);
        clock.Advance(TimeSpan.FromSeconds(4));
        var refused = await patient.SubmitAsync(page, "#reply form", ("Markdown", ""));
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.True((await patient.SubmitAsync(refused, "#reply form", ("Markdown", "I would like to know that, too."))).IsRedirect);
        Assert.False((await patient.GetAsync(address)).Has("#post-2 .held"));

        var forger = await forum.SignUpAsync();
        page = await forger.GetAsync(address);
        clock.Advance(TimeSpan.FromSeconds(4));
        Assert.True((await forger.SubmitAsync(page, "#reply form", ("Markdown", "So would I, by the way."), ("Began", Convert.ToBase64String(Encoding.UTF8.GetBytes("0"))))).IsRedirect);
        Assert.True((await forger.GetAsync(address)).Has("#post-3 .held"));
    }
}
