using Forum.Boards;
using Forum.Members;
using Forum.Moderation;
using Forum.Rendering;
using Forum.Topics;
using Forum.Uploads;

namespace Forum.Tests.Topics;

public sealed class WritingQueriesTests : IAsyncLifetime
{
    private TestForum forum = null!;
    private Actor asker = null!, staff = null!;
    private PostedPost open = null!, inner = null!, secret = null!;

    public async Task InitializeAsync()
    {
        forum = await TestForum.StartAsync();
        await forum.BoardAsync();
        await forum.BoardAsync("inner", read: ReadAccess.Members);
        await forum.BoardAsync("staff", read: ReadAccess.Staff);
        asker = await forum.MemberAsync();
        staff = await forum.MemberAsync("Berta Brett", SiteRole.Moderator);
        open = await forum.AskAsync(asker, title: "A topic that everybody may read");
        inner = await forum.AskAsync(asker, "inner", "A topic that members alone may read");
        secret = await forum.AskAsync(staff, "staff", "A topic that is for staff alone");
    }

    public async Task DisposeAsync() => await forum.DisposeAsync();

    private string Link(PostedPost post) => $"{forum.Options.Site.Url}t/{post.TopicId}/x";

    private async Task<RenderedPost> RenderAsync(Actor actor, string markdown, Place place) => (await forum.Get<WritingQueries>().RenderAsync(actor, markdown, place, default)).Required;

    [Fact]
    public async Task The_preview_and_what_is_stored_are_the_same_to_the_byte()
    {
        var quoted = await forum.ReplyAsync(staff, open.TopicId);
        var handle = (await forum.MemberRowAsync(staff)).Handle;
        var markdown = $"Hello @{handle}, see {Link(open)} and {Link(inner)}.[^1]\n\n> [Berta](/t/{open.TopicId}/x/{quoted.Number}) wrote:\n>\n> Choose Transfer.\n\n```js\nlet a = 1;\n```\n\n[^1]: A note.";

        var preview = await RenderAsync(asker, markdown, new(TopicId: open.TopicId));
        var reply = await forum.ReplyAsync(asker, open.TopicId, markdown);
        var stored = await forum.PostAsync(reply.PostId);

        Assert.Equal((preview.Html, preview.Text), (stored.Html, stored.Text));
        Assert.Equal(stored.Html, (await RenderAsync(asker, markdown, new(PostId: reply.PostId))).Html);
        Assert.Equal([staff.MemberId!.Value], preview.Mentions);
        Assert.Equal([new QuotedPost(quoted.PostId, staff.MemberId!.Value)], preview.Quotes);
        Assert.Equal([open.TopicId], preview.Topics);
        Assert.Contains(">Berta B</a> wrote:", stored.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("help", true, false, false)]
    [InlineData("inner", true, true, false)]
    [InlineData("staff", true, false, true)]
    [InlineData(null, true, false, false)]
    public async Task Titles_are_shown_of_topics_that_all_who_read_the_text_may_read(string? board, bool everybodys, bool members, bool staffs)
    {
        var html = (await RenderAsync(staff, $"{Link(open)} {Link(inner)} {Link(secret)}", new(board))).Html;

        Assert.Equal(
            (everybodys, members, staffs),
            (html.Contains("that everybody may read", StringComparison.Ordinal), html.Contains("members alone", StringComparison.Ordinal), html.Contains("staff alone", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Nobody_learns_a_title_by_a_preview_on_a_board_that_they_may_not_read()
    {
        var text = $"{Link(secret)}\n\n> [x](/t/{secret.TopicId}/x/1) wrote:\n> a";
        foreach (var place in new Place[] { new("staff"), new(TopicId: secret.TopicId), new(PostId: secret.PostId) })
        {
            var rendered = await RenderAsync(asker, text, place);

            Assert.DoesNotContain("staff alone", rendered.Html, StringComparison.Ordinal);
            Assert.DoesNotContain("Berta", rendered.Html, StringComparison.Ordinal);
            Assert.Empty(rendered.Topics);
            Assert.Empty(rendered.Quotes);
        }
    }

    [Fact]
    public async Task What_is_out_of_sight_is_neither_titled_nor_named()
    {
        var reply = await forum.ReplyAsync(staff, open.TopicId);
        var quote = $"> [x](/t/{open.TopicId}/x/{reply.Number}) wrote:\n> a";
        Assert.Contains("Berta", (await RenderAsync(asker, quote, new("help"))).Html, StringComparison.Ordinal);
        _ = (await forum.Get<HidePost>().RunAsync(staff, reply.PostId, "Off topic", default)).Required;
        Assert.DoesNotContain("Berta", (await RenderAsync(asker, quote, new("help"))).Html, StringComparison.Ordinal);

        Assert.Contains("everybody", (await RenderAsync(asker, Link(open), new("help"))).Html, StringComparison.Ordinal);
        _ = (await forum.Get<HidePost>().RunAsync(staff, open.PostId, "Off topic", default)).Required;
        Assert.DoesNotContain("everybody", (await RenderAsync(asker, Link(open), new("help"))).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_solved_topic_is_shown_as_solved()
    {
        Assert.Contains("class=\"topic\"", (await RenderAsync(asker, Link(open), Place.Nowhere)).Html, StringComparison.Ordinal);
        _ = (await forum.AcceptAsync(asker, await forum.ReplyAsync(staff, open.TopicId))).Required;

        Assert.Contains("class=\"topic solved\"", (await RenderAsync(asker, Link(open), Place.Nowhere)).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_uploaded_image_takes_its_room_before_it_comes()
    {
        await using (var db = forum.Db())
        {
            db.Uploads.Add(new Upload { Key = "abcdefghijklmnopqrstuv", MemberId = asker.MemberId!.Value, Name = "map.png", ContentType = "image/png", Bytes = 1, Width = 800, Height = 600, Created = forum.Clock.GetUtcNow().UtcDateTime });
            await db.SaveChangesAsync();
        }

        Assert.Contains(
            "width=\"800\" height=\"600\" srcset=\"/uploads/abcdefghijklmnopqrstuv/map.png?w=480 480w, /uploads/abcdefghijklmnopqrstuv/map.png 800w\"",
            (await RenderAsync(asker, "![a map](/uploads/abcdefghijklmnopqrstuv/map.png)", Place.Nowhere)).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_post_that_mentions_too_many_is_refused_and_nothing_is_stored()
    {
        var handles = new List<string>();
        for (var i = 0; i < 11; i++)
            handles.Add((await forum.MemberRowAsync(await forum.MemberAsync($"Member{i} Eleven"))).Handle);

        var refusal = (await forum.Get<PostReply>().RunAsync(asker, new(open.TopicId, string.Join(' ', handles.Select(h => "@" + h)), null, null), default)).Refusal;

        Assert.Equal((RefusalKind.Invalid, "Markdown"), (refusal?.Kind, refusal?.Field));
        Assert.Equal(0, (await forum.TopicAsync(open.TopicId)).Replies);
    }
}
