using System.Net;
using System.Text.RegularExpressions;
using Forum.Members;
using Forum.Topics;
using Forum.Uploads;
using Forum.Web.Tests.Api;
using Forum.Web.Tests.Uploads;
using Microsoft.EntityFrameworkCore;

namespace Forum.Web.Tests.Topics;

public sealed partial class StaffNoteTests(WebForum forum) : IClassFixture<WebForum>
{
    private const string Form = "#reply form";

    private sealed record Scene(string Board, Member Asker, Member Staff, PostedPost Question, PostedPost Reply)
    {
        public string Address => $"/t/{Question.TopicId}/{Question.Slug}";
    }

    private async Task<Scene> SceneAsync()
    {
        var board = await forum.FreshBoardAsync();
        var asker = await forum.MemberAsync();
        var question = await forum.AskAsync(asker, board, tags: "contracts");
        return new(board, asker, await forum.MemberAsync("Stefan Staff", SiteRole.Staff), question, await forum.ReplyAsync(await forum.VoterAsync(), question));
    }

    [Fact]
    public async Task Staff_leave_a_note_by_the_form_and_go_on_reading_it()
    {
        var scene = await SceneAsync();
        var browser = await forum.SignInAsync(scene.Staff.Email!);
        var box = await browser.GetAsync((await browser.GetAsync(scene.Address)).One("#reply .replies-head a").GetAttribute("href")!.Split('#')[0]);
        Assert.Equal("Your note for staff", box.TextOf("#reply-heading"));

        var sent = await browser.SubmitAsync(box, Form, ("Markdown", "Asked in **three** tickets."));
        var page = await browser.GetAsync((await browser.FollowAsync(sent)).Location!.Split('#')[0]);

        Assert.Equal("Asked in three tickets.", page.TextOf(".post.note .body"));
        Assert.Contains("Only staff see this", page.TextsOf(".post.note .pill"));
        Assert.Equal(["post-1", "post-2", "post--1"], page.Document.QuerySelectorAll("article.post").Select(a => a.Id));
        Assert.Equal("1 reply", page.TextOf("#replies"));
        Assert.Equal("Your reply", page.TextOf("#reply-heading"));
        Assert.False(page.Has(".post.note form[action$='/upvote'], .post.note form[action$='/accept']"));
    }

    [Fact]
    public async Task A_note_that_is_kept_as_a_draft_goes_on_as_a_note()
    {
        var scene = await SceneAsync();
        var browser = await forum.SignInAsync(scene.Staff.Email!);
        var kept = await browser.SubmitAsync(await browser.GetAsync($"{scene.Address}?note=true&replyTo={scene.Question.PostId}"), Form, ("Markdown", "Asked in three tickets."), ("Do", "draft"));
        Assert.Equal("Your note for staff", kept.TextOf("#reply-heading"));

        Assert.Empty((await browser.GetAsync(scene.Address)).TextOf("#reply textarea"));
        var drafts = await browser.GetAsync("/drafts");
        var again = await browser.GetAsync((await browser.FollowAsync(await browser.GetAsync(drafts.One(".drafts h2 a").GetAttribute("href")!.Split('#')[0]))).Message.RequestMessage!.RequestUri!.PathAndQuery);
        Assert.Equal(("Your note for staff", "Asked in three tickets."), (again.TextOf("#reply-heading"), again.TextOf("#reply textarea")));
        Assert.True((await browser.SubmitAsync(again, Form)).IsRedirect);
        await using var db = forum.Db();
        Assert.Equal([(-1, scene.Question.PostId)], await db.Posts.Where(p => p.TopicId == scene.Question.TopicId && p.Visibility == Visibility.StaffNote).Select(p => ValueTuple.Create(p.Number, p.ReplyToId!.Value)).ToListAsync());
    }

    [Fact]
    public async Task A_closed_topic_takes_notes_by_the_form_and_members_are_offered_none()
    {
        var scene = await SceneAsync();
        await using (var db = forum.Db())
        {
            db.Closures.Add(new() { TopicId = scene.Question.TopicId, Reason = ClosureReason.OffTopic, Closed = TimeProvider.System.GetUtcNow().UtcDateTime });
            await db.SaveChangesAsync();
        }
        var browser = await forum.SignInAsync(scene.Staff.Email!);
        Assert.True((await browser.SubmitAsync(await browser.GetAsync(scene.Address), Form, ("Markdown", "Asked in three tickets."))).IsRedirect);
        Assert.True((await browser.GetAsync(scene.Address)).Has(".post.note"));

        var member = await forum.SignInAsync(scene.Asker.Email!);
        Assert.False((await member.GetAsync($"{scene.Address}?note=true")).Has("#reply"));
    }

    [Fact]
    public async Task A_member_who_sends_the_form_of_a_note_is_refused()
    {
        var scene = await SceneAsync();
        var browser = await forum.SignInAsync(scene.Asker.Email!);
        var page = await browser.GetAsync($"{scene.Address}?note=true");
        Assert.Equal("Your reply", page.TextOf("#reply-heading"));

        var token = page.One($"{Form} input[name=__RequestVerificationToken]").GetAttribute("value")!;
        var refused = await browser.PostAsync(scene.Address, ("_handler", "reply"), ("__RequestVerificationToken", token), ("Input.Note", "true"), ("Input.Markdown", "Asked in three tickets."));
        Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
        await using var db = forum.Db();
        Assert.Equal(2, await db.Posts.CountAsync(p => p.TopicId == scene.Question.TopicId));
    }

    [Fact]
    public async Task Whatever_readers_ask_for_reads_the_same_with_a_note_and_without()
    {
        var scene = await SceneAsync();
        var moderator = await forum.MemberAsync("Silke Site", SiteRole.Moderator);
        var staff = await forum.ApiOfAsync(scene.Staff);
        var readers = new (string Name, Browser Browser, ApiClient Api)[]
        {
            ("visitor", forum.Visitor(), forum.Anonymous()), ("asker", await forum.SignInAsync(scene.Asker.Email!), await forum.ApiOfAsync(scene.Asker)),
            // A token below moderate is an ordinary member's, whoever holds it.
            ("staff by a token to write", forum.Visitor(), staff),
        };
        var before = new Dictionary<string, string>();
        foreach (var (name, browser, api) in readers)
            await ReadAsync(scene, name, browser, api, 1, before);
        var file = (await forum.Get<UploadFile>().RunAsync(scene.Staff.AsActor(), new MemoryStream(FilesTests.Png), "zanzibarian.png", face: false, default)).Required;

        var note = (await forum.Get<WriteNote>().RunAsync(scene.Staff.AsActor(), new(scene.Question.TopicId, $"A zanzibarian word about @{scene.Asker.Handle}. {file.Markdown}", scene.Question.PostId, null), default)).Required;
        var other = (await forum.Get<WriteNote>().RunAsync(moderator.AsActor(), new(scene.Question.TopicId, "Another zanzibarian word.", null, null), default)).Required;
        _ = (await forum.Get<EditPost>().RunAsync(moderator.AsActor(), new(other.PostId, 1, "Another zanzibarian word, later.", Reason: "Be clear"), default)).Required;

        foreach (var (name, browser, api) in readers)
        {
            var after = new Dictionary<string, string>();
            await ReadAsync(scene, name, browser, api, 2, after);
            Assert.All(after, read => Assert.Equal(before[read.Key], read.Value));
            foreach (var id in new[] { note.PostId, other.PostId })
            {
                Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync($"/posts/{id}/history")).Status);
                Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync($"/posts/{id}/history?version=1")).Status);
                if (name == "asker")
                    Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync($"/posts/{id}/edit")).Status);
                (await api.GetAsync($"posts/{id}")).Is(HttpStatusCode.NotFound);
                (await api.GetAsync($"posts/{id}/history")).Is(HttpStatusCode.NotFound);
                if (name == "visitor")
                    continue;
                (await api.PutAsync($"posts/{id}", new { markdown = "Other words.", version = 1 })).Is(HttpStatusCode.NotFound);
                (await api.DeleteAsync($"posts/{id}")).Is(HttpStatusCode.NotFound);
                (await api.PutAsync($"posts/{id}/vote")).Is(HttpStatusCode.NotFound);
                (await api.PutAsync($"topics/{scene.Question.TopicId}/solution/{id}")).Is(HttpStatusCode.NotFound);
                Assert.Equal(
                    (await api.PostAsync($"topics/{scene.Question.TopicId}/posts", new { markdown = "Me too.", replyTo = 999999 })).Is(HttpStatusCode.BadRequest).Json["detail"]!.GetValue<string>(),
                    (await api.PostAsync($"topics/{scene.Question.TopicId}/posts", new { markdown = "Me too.", replyTo = id })).Is(HttpStatusCode.BadRequest).Json["detail"]!.GetValue<string>());
            }
            Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync(file.Url)).Status);
        }
        Assert.Equal(HttpStatusCode.OK, (await (await forum.SignInAsync(moderator.Email!)).GetAsync(file.Url)).Status);

        // Once the index holds what came later, it has left the notes out.
        await forum.AskAsync(scene.Asker, scene.Board, "A question about papuan spoons in winter");
        await WebForum.HoldsSoonAsync(async () => (await forum.Anonymous().GetAsync("search?q=papuan")).Items.Count == 1, "the question that came later is found");
        foreach (var api in new[] { forum.Anonymous(), await forum.ApiOfAsync(moderator, TokenScope.Admin) })
        {
            Assert.Empty((await api.GetAsync("search?q=zanzibarian")).Is(HttpStatusCode.OK).Items);
            Assert.DoesNotContain("zanzibarian", (await api.GetAsync($"topics/{scene.Question.TopicId}/posts")).Text, StringComparison.Ordinal);
        }
    }

    /// <summary>All that there is to read, each with its status; what changes with every request is taken out.</summary>
    /// <param name="round">A query that pages do not know keeps the rounds apart in the cache of visitors' pages.</param>
    private static async Task ReadAsync(Scene scene, string name, Browser browser, ApiClient api, int round, Dictionary<string, string> read)
    {
        var (id, handle) = (scene.Question.TopicId, scene.Staff.Handle);
        string[] pages =
        [
            "/", "/?filter=unanswered", "/?filter=top", "/?filter=solved", "/forums", $"/forums/{scene.Board}", scene.Address, $"{scene.Address}?sort=newest", $"{scene.Address}?sort=votes",
            $"{scene.Address}?page=2", $"{scene.Address}?note=true", $"{scene.Address}/-1", $"{scene.Address}/-2", $"{scene.Address}/3", "/tags", "/tags/contracts", "/leaderboard", $"/leaderboard?board={scene.Board}",
            $"/members/{handle}", $"/members/{scene.Asker.Handle}", "/search?q=zanzibarian", "/search?q=transfer", $"/search?q=transfer&author={handle}", "/feeds/latest.atom", $"/feeds/forums/{scene.Board}.atom",
            "/sitemap.xml", "/sitemap.xml?part=1", $"/posts/{scene.Question.PostId}/history", "/drafts", "/x/mentions?q=a", "/x/tags?q=c",
        ];
        foreach (var page in pages)
        {
            var answer = await browser.GetAsync($"{page}{(page.Contains('?', StringComparison.Ordinal) ? '&' : '?')}returnUrl={round}");
            read[$"{name} {page}"] = Changing().Replace($"{(int)answer.Status} {answer.Location} {answer.Text}", "");
        }
        string[] addresses =
        [
            "boards", "topics", "topics?filter=top", "topics?filter=unanswered", $"topics?board={scene.Board}", $"topics/{id}", $"topics/{id}/posts", $"topics/{id}/posts?after=-9", $"topics/{id}/posts?after=2",
            $"posts/{scene.Question.PostId}", $"posts/{scene.Reply.PostId}", $"posts/{scene.Question.PostId}/history", $"members/{handle}", "search?q=zanzibarian", "search?q=transfer", "similar?title=zanzibarian words about members",
            "leaderboards/upvotes?period=all",
        ];
        foreach (var address in addresses)
        {
            var answer = await api.GetAsync(address);
            read[$"{name} {address}"] = $"{(int)answer.Status} {Changing().Replace(answer.Text, "")}";
        }
    }

    /// <summary>Tokens, keys, trace ids, markers of islands, counted views, and the round.</summary>
    [GeneratedRegex("returnUrl(=|%3D)[12]|value=\"(CfDJ8[^\"]*|[0-9a-f]{32})\"|<!--.*?-->|\"traceId\":\"[^\"]*\"|\"views\":\\d+|[\\d,]+ views?|data-version=\"[^\"]*\"", RegexOptions.Singleline)]
    private static partial Regex Changing();
}
