using Forum.Following;
using Forum.Members;
using Forum.Settings;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;

namespace Forum.Tests.Topics;

public sealed class NewcomersTests : IAsyncLifetime
{
    private const string Link = "https://example.org/a", Image = "![a map](/uploads/abcdefghijklmnopqrstuv/map.png)";

    private static readonly LimitOptions limits = new();

    private TestForum forum = null!;
    private Actor newcomer = null!;
    private PostedPost topic = null!;

    public async Task InitializeAsync()
    {
        forum = await TestForum.StartAsync(options => options.Limits.Enabled = true);
        await forum.BoardAsync();
        newcomer = await forum.TrustedAsync(0);
        topic = await forum.AskAsync(await forum.MemberAsync("Muhammad Ali"));
        forum.Clock.Advance(Newcomers.LeastTime);
    }

    public Task DisposeAsync() => forum.DisposeAsync().AsTask();

    private Task<Result<PostedPost>> ReplyAsync(Actor actor, string body) => forum.Get<PostReply>().RunAsync(actor, new(topic.TopicId, body, null, null), default);

    private static string Many(string what, int count) => "Look here: " + string.Join(" and ", Enumerable.Repeat(what, count));

    private async Task<string> MentionsAsync(int count)
    {
        var handles = new List<string>();
        for (var i = 0; i < count; i++)
            handles.Add("@" + (await forum.MemberRowAsync(await forum.MemberAsync("Kwame Osei"))).Handle);
        return "I ask " + string.Join(" and ", handles);
    }

    [Fact]
    public async Task A_post_of_theirs_has_two_links_to_elsewhere_one_image_and_two_mentions()
    {
        foreach (var (most, more) in new[]
        {
            (Many(Link, limits.LinksOfNewcomers), Many(Link, limits.LinksOfNewcomers + 1)),
            (Many(Image, limits.ImagesOfNewcomers), Many(Image, limits.ImagesOfNewcomers + 1)),
            (await MentionsAsync(limits.MentionsOfNewcomers), await MentionsAsync(limits.MentionsOfNewcomers + 1)),
        })
        {
            var refusal = (await ReplyAsync(newcomer, more)).Refusal;
            Assert.Equal((RefusalKind.Invalid, "Markdown"), (refusal?.Kind, refusal?.Field));
            Assert.Equal("Markdown", (await forum.Get<AskQuestion>().RunAsync(newcomer, new("help", Scenario.Question, $"{Scenario.Body}\n\n{more}", [], null), default)).Refusal?.Field);
            var posted = (await ReplyAsync(newcomer, most)).Required;
            Assert.Equal("Markdown", (await forum.Get<EditPost>().RunAsync(newcomer, new(posted.PostId, 1, more), default)).Refusal?.Field);
            _ = (await ReplyAsync(await forum.TrustedAsync(1), more)).Required;
            forum.Clock.Advance(TimeSpan.FromSeconds(limits.SecondsBetweenPostsOfNewcomers));
        }
    }

    [Fact]
    public async Task Links_into_the_forum_are_free_and_so_are_staff()
    {
        _ = (await ReplyAsync(newcomer, Many($"/t/{topic.TopicId}", 5))).Required;
        _ = (await ReplyAsync(await forum.MemberAsync("Stefan Staff", SiteRole.Staff), Many(Link, 5))).Required;
        _ = (await ReplyAsync(await forum.BoardModeratorAsync("help"), Many(Link, 5))).Required;
    }

    [Fact]
    public async Task Who_has_read_enough_is_none_any_more()
    {
        var topics = new List<PostedPost> { topic };
        for (var i = 1; i < Newcomers.TopicsToRead; i++)
            topics.Add(await forum.AskAsync(await forum.MemberAsync("Stella Maris", SiteRole.Staff)));
        foreach (var each in topics)
            for (var number = 2; number <= Newcomers.PostsToRead / Newcomers.TopicsToRead; number++)
                await forum.ReplyAsync(await forum.MemberAsync("Sam Staff", SiteRole.Staff), each.TopicId, $"Answer {number}.");
        var young = await forum.TrustedAsync(0);
        foreach (var each in topics)
        {
            Assert.Equal(0, (await forum.MemberRowAsync(newcomer)).Trust);
            await ReadAsync(newcomer, each);
            await ReadAsync(young, each);
        }
        Assert.Equal((1, 0), ((await forum.MemberRowAsync(newcomer)).Trust, (await forum.MemberRowAsync(young)).Trust));
        forum.Clock.Advance(Newcomers.LeastTime);
        await ReadAsync(young, topic);
        Assert.Equal(1, (await forum.MemberRowAsync(young)).Trust);
        await ReadAsync(young, topic);
        await using var db = forum.Db();
        Assert.Equal(2, await db.AuditEntries.CountAsync(e => e.Deed == "member.trusted" && e.ActorId == null));
    }

    [Fact]
    public async Task Going_to_the_end_of_one_long_topic_is_not_reading()
    {
        for (var number = 2; number <= 2 * Newcomers.PostsToRead; number++)
            await forum.ReplyAsync(await forum.MemberAsync("Sam Staff", SiteRole.Staff), topic.TopicId, $"Answer {number}.");
        await ReadAsync(newcomer, topic);
        for (var i = 1; i < Newcomers.TopicsToRead; i++)
            await ReadAsync(newcomer, await forum.AskAsync(await forum.MemberAsync("Stella Maris", SiteRole.Staff)));
        Assert.Equal(0, (await forum.MemberRowAsync(newcomer)).Trust);
    }

    private async Task ReadAsync(Actor reader, PostedPost of)
    {
        forum.Get<ReadMarks>().Note(reader.MemberId!.Value, of.TopicId, (await forum.TopicAsync(of.TopicId)).LastNumber);
        await forum.Get<ReadMarks>().FlushAsync(default);
    }
}
