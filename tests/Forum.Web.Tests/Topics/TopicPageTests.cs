using System.Net;
using System.Text.Json;
using Forum.Boards;
using Forum.Members;
using Forum.Moderation;

namespace Forum.Web.Tests.Topics;

public sealed class TopicPageTests
{
    [Fact]
    public async Task A_solved_topic_shows_its_solution_under_the_question_and_as_structured_data()
    {
        await using var forum = await WebForum.StartAsync();
        await forum.BoardAsync("help");
        var asker = await forum.MemberAsync("Muhammad Ali");
        var topic = await forum.AskAsync(asker, "help", tags: "handover");
        var reply = await forum.ReplyAsync(await forum.MemberAsync("Valeria Kern", SiteRole.Staff), topic);
        await forum.AcceptAsync(asker, reply);

        var page = await forum.Visitor().GetAsync($"/t/{topic.TopicId}/{topic.Slug}");

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Null(page.Header("Set-Cookie"));
        Assert.Contains("Choose Transfer", page.TextOf("#solution .body"), StringComparison.Ordinal);
        Assert.Equal("View solution in original post", page.TextOf("#solution .flagline a"));
        Assert.Equal("Staff", page.TextOf("#solution .pill.staff"));
        Assert.Equal("1 reply", page.TextOf(".replies-head h2"));
        Assert.DoesNotContain("Muhammad Ali", page.Text, StringComparison.Ordinal);
        var data = page.Document.QuerySelectorAll("script[type='application/ld+json']").Select(s => JsonDocument.Parse(s.TextContent).RootElement).ToList();
        var question = Assert.Single(data, d => d.GetProperty("@type").GetString() == "QAPage").GetProperty("mainEntity");
        Assert.Contains("Choose Transfer", question.GetProperty("acceptedAnswer").GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_of_twenty_posts_weighs_at_most_thirty_kilobytes_for_a_visitor()
    {
        // HTML of a post on a site of ordinary questions, answers and comments, on average.
        const int PostBytes = 500;
        await using var forum = await WebForum.StartAsync();
        await forum.BoardAsync("help");
        var topic = await forum.AskAsync(await forum.MemberAsync("Muhammad Ali"), "help", body: new('w', PostBytes));
        var replier = await forum.MemberAsync("Valeria Kern");
        for (var i = 1; i < Paging.PageSize; i++)
            await forum.ReplyAsync(replier, topic, new('w', PostBytes));

        var page = await forum.Visitor().GetAsync($"/t/{topic.TopicId}/{topic.Slug}");

        Assert.Equal(Paging.PageSize, page.Document.QuerySelectorAll("article").Length);
        Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(page.Text), Paging.PageSize * PostBytes, 30 * 1024);
    }

    [Fact]
    public async Task Replies_by_votes_lead_on_to_the_last()
    {
        await using var forum = await WebForum.StartAsync();
        await forum.BoardAsync("help");
        var asker = await forum.MemberAsync();
        var topic = await forum.AskAsync(asker, "help");
        for (var i = 0; i <= Paging.PageSize; i++)
            await forum.ReplyAsync(asker, topic);

        var page = await forum.Visitor().GetAsync($"/t/{topic.TopicId}/{topic.Slug}?sort=votes");
        var next = await forum.Visitor().GetAsync(page.One("a[rel=next]").GetAttribute("href")!);

        Assert.Equal($"post-{Paging.PageSize + 2}", next.Document.QuerySelectorAll("article").Select(a => a.Id).Last());
        Assert.False(next.Has("a[rel=next]"));
    }

    [Fact]
    public async Task A_wrong_slug_leads_to_the_right_one_and_a_post_to_its_page()
    {
        await using var forum = await WebForum.StartAsync();
        await forum.BoardAsync("help");
        var asker = await forum.MemberAsync();
        var topic = await forum.AskAsync(asker, "help");
        for (var i = 0; i < 24; i++)
            await forum.ReplyAsync(asker, topic, $"Reply number {i} of many.");

        var wrong = await forum.Visitor().GetAsync($"/t/{topic.TopicId}/something-else");
        Assert.Equal(HttpStatusCode.MovedPermanently, wrong.Status);
        Assert.Equal($"/t/{topic.TopicId}/{topic.Slug}", wrong.Location);
        Assert.Equal($"/t/{topic.TopicId}/{topic.Slug}?page=2#post-23", (await forum.Visitor().GetAsync($"/t/{topic.TopicId}/{topic.Slug}/23")).Location);
        Assert.True((await forum.Visitor().GetAsync($"/t/{topic.TopicId}/{topic.Slug}?page=2")).Has("#post-23"));
    }

    [Fact]
    public async Task A_deleted_topic_is_gone_and_one_of_a_closed_board_was_never_there()
    {
        await using var forum = await WebForum.StartAsync();
        await forum.BoardAsync("help");
        await forum.BoardAsync("inside", read: ReadAccess.Staff);
        var asker = await forum.MemberAsync();
        var staff = await forum.MemberAsync("Berta Brett", SiteRole.Moderator);
        var deleted = await forum.AskAsync(asker, "help");
        var inside = await forum.AskAsync(staff, "inside", "A question among ourselves only");
        _ = (await forum.Get<DeletePost>().RunAsync(staff.AsActor(), deleted.PostId, default)).Required;

        Assert.Equal(HttpStatusCode.Gone, (await forum.Visitor().GetAsync($"/t/{deleted.TopicId}/{deleted.Slug}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await forum.Visitor().GetAsync($"/t/{inside.TopicId}/{inside.Slug}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await (await forum.SignUpAsync()).GetAsync($"/t/{inside.TopicId}/{inside.Slug}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await forum.Visitor().GetAsync("/t/999999/nothing")).Status);
    }

    [Fact]
    public async Task Check_28_a_form_without_a_token_changes_nothing_and_gives_the_text_back()
    {
        await using var forum = await WebForum.StartAsync();
        await forum.BoardAsync("help");
        var topic = await forum.AskAsync(await forum.MemberAsync(), "help");
        var member = await forum.SignUpAsync();

        var refused = await member.PostAsync($"/t/{topic.TopicId}/{topic.Slug}", ("_handler", "reply"), ("Input.Markdown", "What I typed for an hour."));
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Equal("What I typed for an hour.", refused.TextOf("textarea"));
        Assert.Equal(HttpStatusCode.BadRequest, (await member.PostAsync($"/posts/{topic.PostId}/upvote")).Status);
        var page = await forum.Visitor().GetAsync($"/t/{topic.TopicId}/{topic.Slug}");
        Assert.Equal("0 replies", page.TextOf(".replies-head h2"));
    }

    [Fact]
    public async Task A_reply_to_a_topic_that_was_deleted_meanwhile_is_given_back()
    {
        await using var forum = await WebForum.StartAsync();
        await forum.BoardAsync("help");
        var topic = await forum.AskAsync(await forum.MemberAsync(), "help");
        var browser = await forum.SignInAsync((await forum.MemberAsync("Vera Trau")).Email!);
        var page = await browser.GetAsync($"/t/{topic.TopicId}/{topic.Slug}");
        _ = (await forum.Get<DeletePost>().RunAsync((await forum.MemberAsync("Berta Brett", SiteRole.Moderator)).AsActor(), topic.PostId, default)).Required;

        var refused = await browser.SubmitAsync(page, "#reply form", ("Markdown", "Choose Transfer."));

        Assert.Equal(HttpStatusCode.Gone, refused.Status);
        Assert.Equal("Choose Transfer.", refused.One("textarea").TextContent);
    }
}
