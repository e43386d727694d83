using System.Net;
using Forum.Boards;
using Forum.Members;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;

namespace Forum.Web.Tests.Api;

public sealed class TopicsApiTests(WebForum forum) : IClassFixture<WebForum>
{
    [Fact]
    public async Task Boards_are_listed_with_their_parents_and_counters()
    {
        var parent = await forum.FreshBoardAsync(BoardKind.Conversation);
        var child = (await forum.BoardAsync($"{parent}-sub", parent: parent)).Slug;
        await forum.AskAsync(await forum.MemberAsync(), child);
        var boards = (await forum.Anonymous().GetAsync("boards")).Is(HttpStatusCode.OK);
        Assert.Null(boards.Next);
        var board = Assert.Single(boards.Items, b => b!["slug"]!.GetValue<string>() == child)!;
        Assert.Equal(["slug", "name", "kind", "parent", "description", "topics", "posts", "url"], board.AsObject().Select(f => f.Key));
        Assert.Equal("questions", board["kind"]!.GetValue<string>());
        Assert.Equal(parent, board["parent"]!.GetValue<string>());
        Assert.Equal(1, board["topics"]!.GetValue<int>());
        Assert.Equal($"http://localhost:5080/forums/{child}", board["url"]!.GetValue<string>());
        Assert.Equal("conversation", Assert.Single(boards.Items, b => b!["slug"]!.GetValue<string>() == parent)!["kind"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_topic_is_made_read_and_listed_in_one_shape()
    {
        var board = await forum.FreshBoardAsync();
        await forum.TagsAsync("hand-over", "agency");
        var api = await forum.ApiOfAsync(await forum.MemberAsync("Muhammad Ali"));
        var made = (await api.PostAsync("topics", new { board, title = Scenario.Question, markdown = Scenario.Body, tags = new[] { "Hand-Over", "agency" } })).Is(HttpStatusCode.Created);
        Assert.Equal($"http://localhost:5080/api/v1/topics/{made.Id}", made.Message.Headers.Location!.OriginalString);
        Assert.Equal(
            ["id", "url", "title", "board", "tags", "author", "created", "lastActivity", "replies", "score", "views", "solved", "solutionPostId", "closed", "pinned", "outdated"],
            made.Json.AsObject().Select(f => f.Key));
        Assert.Equal(["handle", "displayName", "rank", "staff", "avatarUrl"], made.Json["author"]!.AsObject().Select(f => f.Key));
        Assert.Equal("Muhammad A", made.Json["author"]!["displayName"]!.GetValue<string>());
        Assert.Equal(["agency", "hand-over"], made.Json["tags"]!.AsArray().Select(t => t!.GetValue<string>()));
        Assert.Null(made.Json["solutionPostId"]);
        Assert.EndsWith("Z", made.Json["created"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.StartsWith($"http://localhost:5080/t/{made.Id}/how-do-i", made.Json["url"]!.GetValue<string>(), StringComparison.Ordinal);

        Assert.Equal(made.Text, (await forum.Anonymous().GetAsync($"topics/{made.Id}")).Is(HttpStatusCode.OK).Text);
        Assert.Equal(made.Text, Assert.Single((await forum.Anonymous().GetAsync($"topics?board={board}")).Is(HttpStatusCode.OK).Items)!.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
        Assert.Single((await forum.Anonymous().GetAsync($"topics?board={board}&tag=HAND-OVER")).Items);
        Assert.Empty((await forum.Anonymous().GetAsync($"topics?board={board}&tag=elsewhere")).Items);
    }

    [Fact]
    public async Task Whoever_has_the_question_too_says_so_once_and_takes_it_back()
    {
        var topic = await forum.AskAsync(await forum.MemberAsync(), await forum.FreshBoardAsync());
        var (one, two) = (await forum.ApiOfAsync(await forum.VoterAsync()), await forum.ApiOfAsync(await forum.VoterAsync()));
        var address = $"topics/{topic.TopicId}/metoo";

        (await one.PutAsync(address)).Is(HttpStatusCode.OK);
        Assert.Equal("""{"count":2,"mine":true}""", (await two.PutAsync(address)).Is(HttpStatusCode.OK).Text);
        Assert.Equal("""{"count":2,"mine":true}""", (await two.PutAsync(address)).Is(HttpStatusCode.OK).Text);
        Assert.Equal("""{"count":1,"mine":false}""", (await one.DeleteAsync(address)).Is(HttpStatusCode.OK).Text);
        Assert.Equal("""{"count":1,"mine":false}""", (await one.DeleteAsync(address)).Is(HttpStatusCode.OK).Text);
        var talk = await forum.AskAsync(await forum.MemberAsync(), await forum.FreshBoardAsync(BoardKind.Conversation));
        (await one.PutAsync($"topics/{talk.TopicId}/metoo")).Is(HttpStatusCode.BadRequest);
        (await one.PutAsync("topics/999999/metoo")).Is(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Lists_are_read_by_key_and_give_each_topic_once()
    {
        var board = await forum.FreshBoardAsync();
        var asker = await forum.MemberAsync();
        var asked = new List<long>();
        for (var i = 0; i < 5; i++)
            asked.Add((await forum.AskAsync(asker, board)).TopicId);
        foreach (var filter in (string[])["latest", "unanswered", "unsolved", "top"])
        {
            var seen = new List<long>();
            string? after = null;
            do
            {
                var page = (await forum.Anonymous().GetAsync($"topics?board={board}&filter={filter}&size=2&after={after}")).Is(HttpStatusCode.OK);
                Assert.InRange(page.Items.Count, 1, 2);
                seen.AddRange(page.Items.Select(t => t!["id"]!.GetValue<long>()));
                after = page.Next;
            }
            while (after is not null);
            Assert.Equal(asked.AsEnumerable().Reverse(), seen);
        }
        Assert.Empty((await forum.Anonymous().GetAsync($"topics?board={board}&filter=solved")).Is(HttpStatusCode.OK).Items);
    }

    [Fact]
    public async Task A_tag_is_found_by_its_synonym_and_a_new_one_is_refused_to_newcomers()
    {
        var board = await forum.FreshBoardAsync();
        await forum.TagsAsync("handovers");
        _ = (await forum.Get<MergeTag>().RunAsync(Actor.Operator, "handing-over", "handovers", default)).Required;
        var api = await forum.ApiOfAsync(await forum.MemberAsync());
        var question = (await api.PostAsync("topics", new { board, title = Scenario.Question, markdown = Scenario.Body, tags = new[] { "handing-over" } })).Is(HttpStatusCode.Created);
        Assert.Equal("handovers", Assert.Single(question.Json["tags"]!.AsArray())!.GetValue<string>());
        Assert.Equal(question.Id, Assert.Single((await api.GetAsync("topics?tag=Handing-Over")).Is(HttpStatusCode.OK).Items)!["id"]!.GetValue<long>());

        var refused = (await api.PostAsync("topics", new { board, title = Scenario.Question, markdown = Scenario.Body, tags = new[] { "handover-s" } })).Is(HttpStatusCode.Forbidden);
        Assert.EndsWith("Did you mean handovers?", refused.Json["errors"]!["tags"]![0]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Posts_come_in_their_order_with_their_markdown()
    {
        var board = await forum.FreshBoardAsync();
        var asker = await forum.MemberAsync();
        var topic = await forum.AskAsync(asker, board);
        var api = await forum.ApiOfAsync(await forum.MemberAsync("Vera Trau"));
        var first = (await api.PostAsync($"topics/{topic.TopicId}/posts", new { markdown = "Choose **Transfer**." })).Is(HttpStatusCode.Created);
        Assert.Equal($"http://localhost:5080/api/v1/posts/{first.Id}", first.Message.Headers.Location!.OriginalString);
        Assert.Equal(
            ["id", "topicId", "number", "replyTo", "author", "markdown", "html", "score", "voted", "isSolution", "created", "edited", "version", "outdated", "waits"],
            first.Json.AsObject().Select(f => f.Key));
        Assert.Equal("<p>Choose <strong>Transfer</strong>.</p>", first.Json["html"]!.GetValue<string>().Trim());
        var second = (await api.PostAsync($"topics/{topic.TopicId}/posts", new { markdown = "And invite them.", replyTo = first.Id })).Is(HttpStatusCode.Created);
        Assert.Equal(first.Id, second.Json["replyTo"]!.GetValue<long>());
        Assert.Null(first.Json["replyTo"]);
        var toTheQuestion = (await api.PostAsync($"topics/{topic.TopicId}/posts", new { markdown = "As the question says.", replyTo = topic.PostId })).Is(HttpStatusCode.Created);
        Assert.Equal(topic.PostId, toTheQuestion.Json["replyTo"]!.GetValue<long>());
        (await api.DeleteAsync($"posts/{toTheQuestion.Id}")).Is(HttpStatusCode.NoContent);

        var page = (await forum.Anonymous().GetAsync($"topics/{topic.TopicId}/posts?size=2")).Is(HttpStatusCode.OK);
        Assert.Equal([topic.PostId, first.Id], page.Items.Select(p => p!["id"]!.GetValue<long>()));
        Assert.Equal(Scenario.Body, page.Items[0]!["markdown"]!.GetValue<string>());
        var rest = (await forum.Anonymous().GetAsync($"topics/{topic.TopicId}/posts?size=2&after={page.Next}")).Is(HttpStatusCode.OK);
        Assert.Equal(second.Id, Assert.Single(rest.Items)!["id"]!.GetValue<long>());
        Assert.Null(rest.Next);
        Assert.Equal(second.Text, (await api.GetAsync($"posts/{second.Id}")).Is(HttpStatusCode.OK).Text);
    }

    [Fact]
    public async Task Fifty_identical_posts_with_one_key_make_one_post()
    {
        var topic = await forum.AskAsync(await forum.MemberAsync(), await forum.FreshBoardAsync());
        var api = await forum.ApiOfAsync(await forum.MemberAsync("Vera Trau"));
        var sent = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => api.PostAsync($"topics/{topic.TopicId}/posts", new { markdown = "Choose Transfer." }, key: "one and the same")));
        Assert.All(sent, reply => reply.Is(HttpStatusCode.Created));
        Assert.Single(sent.Select(reply => reply.Id).Distinct());
        Assert.Equal(2, (await api.GetAsync($"topics/{topic.TopicId}/posts")).Items.Count);

        Assert.NotEqual(sent[0].Id, (await api.PostAsync($"topics/{topic.TopicId}/posts", new { markdown = "Choose Transfer." }, key: "another")).Is(HttpStatusCode.Created).Id);
        var other = await forum.ApiOfAsync(await forum.MemberAsync());
        Assert.NotEqual(sent[0].Id, (await other.PostAsync($"topics/{topic.TopicId}/posts", new { markdown = "Choose Transfer." }, key: "one and the same")).Is(HttpStatusCode.Created).Id);
    }

    [Fact]
    public async Task A_key_counts_for_its_address_alone()
    {
        var board = await forum.FreshBoardAsync();
        var api = await forum.ApiOfAsync(await forum.MemberAsync());
        var question = new { board, title = Scenario.Question, markdown = Scenario.Body };
        var asked = (await api.PostAsync("topics", question, key: "1")).Is(HttpStatusCode.Created);
        Assert.Equal(asked.Id, (await api.PostAsync("topics", question, key: "1")).Is(HttpStatusCode.Created).Id);
        var reply = (await api.PostAsync($"topics/{asked.Id}/posts", new { markdown = "Choose Transfer." }, key: "1")).Is(HttpStatusCode.Created);
        Assert.Equal(2, reply.Json["number"]!.GetValue<int>());
    }

    [Fact]
    public async Task What_is_wrong_with_a_topic_is_said_with_its_field()
    {
        var board = await forum.FreshBoardAsync();
        var api = await forum.ApiOfAsync(await forum.MemberAsync());
        async Task RefusedAsync(object body, string field)
        {
            var reply = (await api.PostAsync("topics", body)).Is(HttpStatusCode.BadRequest);
            Assert.Equal(reply.Json["detail"]!.GetValue<string>(), reply.Json["errors"]![field]![0]!.GetValue<string>());
        }
        await RefusedAsync(new { board, title = "Short", markdown = Scenario.Body }, "title");
        await RefusedAsync(new { board, title = Scenario.Question }, "markdown");
        await RefusedAsync(new { board, title = Scenario.Question, markdown = new string('x', 30_001) }, "markdown");
        await RefusedAsync(new { board, title = Scenario.Question, markdown = Scenario.Body, tags = new[] { "a", "b", "c", "d", "e", "f" } }, "tags");
        await RefusedAsync(new { board = "nowhere", title = Scenario.Question, markdown = Scenario.Body }, "board");
        await RefusedAsync(new { title = Scenario.Question, markdown = Scenario.Body }, "board");
    }

    [Fact]
    public async Task Check_23_fields_that_nobody_may_set_are_left_alone()
    {
        var board = await forum.FreshBoardAsync();
        var author = await forum.MemberAsync();
        var other = await forum.MemberAsync("Vera Trau");
        var api = await forum.ApiOfAsync(author);
        var made = (await api.PostAsync("topics", new
        {
            board,
            title = Scenario.Question,
            markdown = Scenario.Body,
            id = 1,
            authorId = other.Id,
            author = new { handle = other.Handle },
            score = 1000,
            views = 1000,
            pinned = true,
            solved = true,
            created = "2001-01-01T00:00:00Z",
        })).Is(HttpStatusCode.Created);
        Assert.Equal(author.Handle, made.Json["author"]!["handle"]!.GetValue<string>());
        Assert.Equal((0, 0, false, false), (made.Json["score"]!.GetValue<int>(), made.Json["views"]!.GetValue<int>(), made.Json["pinned"]!.GetValue<bool>(), made.Json["solved"]!.GetValue<bool>()));
        await using var db = forum.Db();
        Assert.Equal(author.Id, (await db.Topics.SingleAsync(t => t.Id == made.Id)).AuthorId);
        Assert.Equal(SiteRole.None, (await db.Users.SingleAsync(m => m.Id == author.Id)).Roles);
    }
}
