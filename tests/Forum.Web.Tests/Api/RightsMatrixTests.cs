using System.Net;
using Forum.Boards;
using Forum.Members;
using Forum.Moderation;
using Forum.Topics;

namespace Forum.Web.Tests.Api;

/// <summary>Who may do what to whose: by role and by scope of the token.</summary>
public sealed class RightsMatrixTests(WebForum forum) : IClassFixture<WebForum>
{
    private const HttpStatusCode Yes = HttpStatusCode.OK, No = HttpStatusCode.Forbidden, Who = HttpStatusCode.Unauthorized;

    public static TheoryData<string, HttpStatusCode, HttpStatusCode, HttpStatusCode, HttpStatusCode, HttpStatusCode, HttpStatusCode, HttpStatusCode, HttpStatusCode> Deeds => new()
    {
        // deed, visitor, author of the reply, asker, stranger, moderator of the board, of another board, staff, moderator of the site
        { "reply", Who, Yes, Yes, Yes, Yes, Yes, Yes, Yes },
        { "edit the reply", Who, Yes, No, No, Yes, No, No, Yes },
        { "delete the reply", Who, Yes, No, No, Yes, No, No, Yes },
        { "upvote the reply", Who, No, Yes, Yes, Yes, Yes, Yes, Yes },
        { "take back the upvote", Who, Yes, Yes, Yes, Yes, Yes, Yes, Yes },
        { "share the question", Who, Yes, No, Yes, Yes, Yes, Yes, Yes },
        { "no longer share the question", Who, Yes, Yes, Yes, Yes, Yes, Yes, Yes },
        { "accept the reply", Who, No, Yes, No, Yes, No, Yes, Yes },
        { "unmark the reply", Who, No, Yes, No, Yes, No, Yes, Yes },
        { "doubt the solution", Who, Yes, Yes, Yes, Yes, Yes, Yes, Yes },
        { "no longer doubt the solution", Who, Yes, Yes, Yes, Yes, Yes, Yes, Yes },
        { "report the reply", Who, No, Yes, Yes, Yes, Yes, Yes, Yes },
    };

    [Theory]
    [MemberData(nameof(Deeds))]
    public async Task Check_19_rights_are_those_of_the_member(
        string deed, HttpStatusCode visitor, HttpStatusCode author, HttpStatusCode asker, HttpStatusCode stranger, HttpStatusCode moderator, HttpStatusCode elsewhere, HttpStatusCode staff, HttpStatusCode site)
    {
        var scene = await SceneAsync();
        var modHere = await forum.BoardModeratorAsync(scene.Board);
        var modElsewhere = await forum.BoardModeratorAsync(await forum.FreshBoardAsync());
        var strangers = await forum.MemberAsync("Stella Strange");
        var staffed = await forum.MemberAsync("Stefan Staff", SiteRole.Staff);
        var sited = await forum.MemberAsync("Silke Site", SiteRole.Moderator);
        foreach (var (who, expected) in new (Member?, HttpStatusCode)[]
        {
            (null, visitor), (scene.Author, author), (scene.Asker, asker), (strangers, stranger), (modHere, moderator), (modElsewhere, elsewhere), (staffed, staff), (sited, site),
        })
        {
            var reply = await forum.ReplyAsync(scene.Author, scene.Topic);
            var api = who is null ? forum.Anonymous() : await forum.ApiOfAsync(who, TokenScope.Moderate);
            if (deed.EndsWith("doubt the solution", StringComparison.Ordinal))
                await forum.AcceptAsync(scene.Asker, reply);
            var answer = await DoAsync(api, deed, scene.Topic, reply);
            Assert.True(expected == HttpStatusCode.OK ? answer.Message.IsSuccessStatusCode : answer.Is(expected) is not null, $"{who?.Name ?? "A visitor"} who would {deed}: {answer.Status} {answer.Text}");
        }
    }

    [Theory]
    [InlineData("edit the reply")]
    [InlineData("delete the reply")]
    [InlineData("accept the reply")]
    [InlineData("unmark the reply")]
    public async Task Power_over_others_needs_a_token_for_it(string deed)
    {
        var scene = await SceneAsync();
        foreach (var member in new[] { await forum.BoardModeratorAsync(scene.Board), await forum.MemberAsync("Silke Site", SiteRole.Moderator), await forum.MemberAsync("Ada Admin", SiteRole.Admin) })
            foreach (var (scope, may) in new[] { (TokenScope.Write, false), (TokenScope.Moderate, true), (TokenScope.Admin, true) })
            {
                var reply = await forum.ReplyAsync(scene.Author, scene.Topic);
                var answer = await DoAsync(await forum.ApiOfAsync(member, scope), deed, scene.Topic, reply);
                if (may)
                    Assert.True(answer.Message.IsSuccessStatusCode, $"{member.Name} with {scope}: {answer.Text}");
                else
                    answer.Is(HttpStatusCode.Forbidden);
            }
    }

    [Theory]
    [InlineData(ReadAccess.Members)]
    [InlineData(ReadAccess.Staff)]
    public async Task Check_20_what_one_may_not_read_is_nowhere(ReadAccess read)
    {
        // A word of its own: what members may read of the other case is no leak of this one.
        var (board, word) = (await forum.FreshBoardAsync(read: read), $"zanzibar{read}".ToLowerInvariant());
        var staff = await forum.MemberAsync("Stefan Staff", SiteRole.Staff);
        var topic = await forum.AskAsync(staff, board, $"A question about {word} spoons", $"Where are the {word} spoons kept in winter?", "zanzibar");
        await forum.UpvoteAsync(await forum.MemberAsync("Sven Staff", SiteRole.Staff), topic);
        var reply = await forum.ReplyAsync(staff, topic);
        List<ApiClient> shut = [forum.Anonymous()];
        List<ApiClient> open = [await forum.ApiOfAsync(staff, TokenScope.Moderate)];
        (read == ReadAccess.Staff ? shut : open).Add(await forum.ApiOfAsync(await forum.MemberAsync()));
        // A token below moderate is an ordinary member's, whoever holds it.
        (read == ReadAccess.Staff ? shut : open).Add(await forum.ApiOfAsync(staff, TokenScope.Write));
        string[] addresses = [$"topics/{topic.TopicId}", $"topics/{topic.TopicId}/posts", $"posts/{topic.PostId}", $"topics?board={board}", $"leaderboards/upvotes?board={board}"];

        foreach (var api in open)
            foreach (var address in addresses)
                (await api.GetAsync(address)).Is(HttpStatusCode.OK);
        await WebForum.HoldsSoonAsync(async () => (await open[0].GetAsync($"search?q={word}&board={board}")).Items.Count == 1, "found by those who may read it");
        foreach (var api in shut)
        {
            foreach (var address in addresses)
                (await api.GetAsync(address)).Is(HttpStatusCode.NotFound);
            foreach (var list in new[] { "boards", "topics", "topics?tag=zanzibar", "topics?filter=top", $"search?q={word}", $"search?q=&board={board}", $"similar?title={word} spoons in winter", "suggest?q=zanz", "leaderboards/upvotes?period=all" })
            {
                var text = (await api.GetAsync(list)).Is(HttpStatusCode.OK).Text;
                Assert.DoesNotContain(board, text, StringComparison.Ordinal);
                Assert.DoesNotContain(word, text, StringComparison.OrdinalIgnoreCase);
            }
        }
        foreach (var api in shut.Skip(1))
        {
            (await api.PostAsync($"topics/{topic.TopicId}/posts", new { markdown = "Choose Transfer." })).Is(HttpStatusCode.NotFound);
            (await api.PutAsync($"posts/{reply.PostId}", new { markdown = "Choose Transfer.", version = 1 })).Is(HttpStatusCode.NotFound);
            (await api.DeleteAsync($"posts/{reply.PostId}")).Is(HttpStatusCode.NotFound);
            (await api.PutAsync($"posts/{reply.PostId}/vote")).Is(HttpStatusCode.NotFound);
            (await api.DeleteAsync($"posts/{reply.PostId}/vote")).Is(HttpStatusCode.NotFound);
            (await api.PutAsync($"topics/{topic.TopicId}/metoo")).Is(HttpStatusCode.NotFound);
            (await api.DeleteAsync($"topics/{topic.TopicId}/metoo")).Is(HttpStatusCode.NotFound);
            (await api.PostAsync($"topics/{topic.TopicId}/watch", new { level = "watching" })).Is(HttpStatusCode.NotFound);
            (await api.PostAsync($"posts/{reply.PostId}/bookmark", new { })).Is(HttpStatusCode.NotFound);
            (await api.PostAsync($"posts/{reply.PostId}/flags", new { reason = "spam" })).Is(HttpStatusCode.NotFound);
            (await api.PutAsync($"topics/{topic.TopicId}/solution/{reply.PostId}")).Is(HttpStatusCode.NotFound);
            (await api.DeleteAsync($"topics/{topic.TopicId}/solution/{reply.PostId}")).Is(HttpStatusCode.NotFound);
            (await api.PutAsync($"topics/{topic.TopicId}/solution/{reply.PostId}/outdated", new { note = "It is gone." })).Is(HttpStatusCode.NotFound);
            (await api.DeleteAsync($"topics/{topic.TopicId}/solution/{reply.PostId}/outdated")).Is(HttpStatusCode.NotFound);
            var unknown = (await api.PostAsync("topics", new { board = "nowhere", title = Scenario.Question, markdown = Scenario.Body })).Is(HttpStatusCode.BadRequest);
            var hidden = (await api.PostAsync("topics", new { board, title = Scenario.Question, markdown = Scenario.Body })).Is(HttpStatusCode.BadRequest);
            Assert.Equal(unknown.Json["detail"]!.GetValue<string>(), hidden.Json["detail"]!.GetValue<string>());
        }
    }

    [Fact]
    public async Task A_hidden_post_is_there_for_moderators_alone()
    {
        var scene = await SceneAsync();
        var moderator = await forum.BoardModeratorAsync(scene.Board);
        var reply = await forum.ReplyAsync(scene.Author, scene.Topic, "Buy cheap zanzibarian watches.");
        _ = (await forum.Get<HidePost>().RunAsync(moderator.AsActor(), reply.PostId, null, default)).Required;
        foreach (var api in new[] { forum.Anonymous(), await forum.ApiOfAsync(scene.Author), await forum.ApiOfAsync(moderator) })
        {
            (await api.GetAsync($"posts/{reply.PostId}")).Is(HttpStatusCode.NotFound);
            Assert.DoesNotContain("zanzibarian", (await api.GetAsync($"topics/{scene.Topic.TopicId}/posts")).Is(HttpStatusCode.OK).Text, StringComparison.Ordinal);
        }
        (await (await forum.ApiOfAsync(moderator, TokenScope.Moderate)).GetAsync($"posts/{reply.PostId}")).Is(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("post", Visibility.Hidden, HttpStatusCode.NotFound)]
    [InlineData("post", Visibility.Deleted, HttpStatusCode.Gone)]
    [InlineData("topic", Visibility.Hidden, HttpStatusCode.NotFound)]
    [InlineData("topic", Visibility.Deleted, HttpStatusCode.Gone)]
    public async Task Check_20_a_deed_on_what_is_out_of_sight_answers_what_reading_it_answers(string what, Visibility sight, HttpStatusCode expected)
    {
        var scene = await SceneAsync();
        var reply = await forum.ReplyAsync(scene.Author, scene.Topic);
        var moderator = await forum.BoardModeratorAsync(scene.Board);
        var removed = what == "post" ? reply.PostId : scene.Topic.PostId;
        _ = sight == Visibility.Hidden
            ? (await forum.Get<HidePost>().RunAsync(moderator.AsActor(), removed, null, default)).Required
            : (await forum.Get<DeletePost>().RunAsync(moderator.AsActor(), removed, default)).Required;
        string[] deeds = ["edit the reply", "delete the reply", "upvote the reply", "take back the upvote", "accept the reply", "unmark the reply", "report the reply"];

        foreach (var who in new[] { scene.Author, scene.Asker, await forum.MemberAsync("Stella Strange"), await forum.MemberAsync("Stefan Staff", SiteRole.Staff) })
        {
            var api = await forum.ApiOfAsync(who, TokenScope.Moderate);
            (await api.GetAsync($"posts/{reply.PostId}")).Is(expected);
            foreach (var deed in deeds)
                // Deleting one's own twice is deleting it once.
                if (deed == "delete the reply" && who == scene.Author && (what, sight) == ("post", Visibility.Deleted))
                    (await DoAsync(api, deed, scene.Topic, reply)).Is(HttpStatusCode.NoContent);
                else
                    (await DoAsync(api, deed, scene.Topic, reply)).Is(expected);
            (await DoAsync(api, "reply", scene.Topic, reply)).Is(what == "topic" ? expected : HttpStatusCode.Created);
        }
        var sees = await forum.ApiOfAsync(moderator, TokenScope.Moderate);
        (await sees.GetAsync($"posts/{reply.PostId}")).Is(HttpStatusCode.OK);
        foreach (var deed in deeds)
            Assert.DoesNotContain((await DoAsync(sees, deed, scene.Topic, reply)).Status, new[] { HttpStatusCode.NotFound, HttpStatusCode.Gone });
    }

    private sealed record Scene(string Board, Member Asker, Member Author, PostedPost Topic);

    private async Task<Scene> SceneAsync()
    {
        var board = await forum.FreshBoardAsync();
        var asker = await forum.MemberAsync();
        return new(board, asker, await forum.MemberAsync("Vera Trau"), await forum.AskAsync(asker, board));
    }

    private static Task<Reply> DoAsync(ApiClient api, string deed, PostedPost topic, PostedPost reply) => deed switch
    {
        "reply" => api.PostAsync($"topics/{topic.TopicId}/posts", new { markdown = "Choose Transfer." }),
        "edit the reply" => api.PutAsync($"posts/{reply.PostId}", new { markdown = "Choose Transfer.", version = 1 }),
        "delete the reply" => api.DeleteAsync($"posts/{reply.PostId}"),
        "upvote the reply" => api.PutAsync($"posts/{reply.PostId}/vote"),
        "take back the upvote" => api.DeleteAsync($"posts/{reply.PostId}/vote"),
        "share the question" => api.PutAsync($"topics/{topic.TopicId}/metoo"),
        "no longer share the question" => api.DeleteAsync($"topics/{topic.TopicId}/metoo"),
        "accept the reply" => api.PutAsync($"topics/{topic.TopicId}/solution/{reply.PostId}"),
        "doubt the solution" => api.PutAsync($"topics/{topic.TopicId}/solution/{reply.PostId}/outdated", new { note = "It is gone." }),
        "no longer doubt the solution" => api.DeleteAsync($"topics/{topic.TopicId}/solution/{reply.PostId}/outdated"),
        "report the reply" => api.PostAsync($"posts/{reply.PostId}/flags", new { reason = "spam" }),
        "unmark the reply" => api.DeleteAsync($"topics/{topic.TopicId}/solution/{reply.PostId}"),
        _ => throw new ArgumentException(deed, nameof(deed)),
    };
}
