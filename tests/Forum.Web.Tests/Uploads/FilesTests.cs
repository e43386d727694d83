using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Forum.Boards;
using Forum.Members;
using Forum.Moderation;
using Forum.Topics;
using Forum.Uploads;
using Forum.Web.Tests.Api;
using Microsoft.EntityFrameworkCore;

namespace Forum.Web.Tests.Uploads;

public sealed class FilesTests(WebForum forum, FilesTests.Readers readers) : IClassFixture<WebForum>, IClassFixture<FilesTests.Readers>
{
    /// <summary>Everybody who could want to see a file, signed in once for all tests.</summary>
    public sealed class Readers
    {
        private (Member Author, Member Moderator, (string Name, Browser Browser)[] All)? cast;

        public async Task<(Member Author, Member Moderator, (string Name, Browser Browser)[] All)> CastAsync(WebForum forum)
        {
            if (cast is not null)
                return cast.Value;
            var author = await forum.MemberAsync();
            var moderator = await forum.MemberAsync("Berta Brett");
            var members = new[]
            {
                ("author", author), ("stranger", await forum.MemberAsync("Stella Strange")), ("staff", await forum.MemberAsync("Sven Staff", SiteRole.Staff)), ("moderator", moderator),
                ("elsewhere", await forum.BoardModeratorAsync(await forum.FreshBoardAsync())), ("site", await forum.MemberAsync("Silke Site", SiteRole.Moderator)),
            };
            var all = new List<(string, Browser)> { ("visitor", forum.Visitor()) };
            foreach (var (name, member) in members)
                all.Add((name, await forum.SignInAsync(member.Email!)));
            cast = (author, moderator, [.. all]);
            return cast.Value;
        }
    }

    /// <summary>A picture of 600 × 20 pixels.</summary>
    internal static readonly byte[] Png = NetVips.Image.Black(600, 20).PngsaveBuffer();

    private static readonly string[] everybody = ["visitor", "stranger", "staff", "moderator", "elsewhere", "site"];

    private static readonly byte[] log = Encoding.UTF8.GetBytes("10:01 started\n10:02 stopped\n");

    [Fact]
    public async Task What_the_store_keeps_for_the_forum_itself_is_given_to_nobody()
    {
        var name = (IUploadStore.Reserved + new string('x', Upload.KeyLength))[..Upload.KeyLength];
        await forum.Get<IUploadStore>().SaveAsync(name, "text/plain", log, default);
        var admin = await forum.SignInAsync((await forum.MemberAsync("Ada Admin", SiteRole.Admin)).Email!);
        foreach (var browser in new[] { forum.Visitor(), admin })
            foreach (var address in new[] { $"/uploads/{name}/server.log", $"/uploads/{name}", $"/uploads/sy/{name}" })
                Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync(address)).Status);
    }

    [Fact]
    public async Task An_image_is_shown_and_a_log_is_saved_and_neither_may_do_anything()
    {
        var author = await forum.MemberAsync();
        var image = await FileAsync(author, Png, "Münchner \"Kindl\".png");
        var text = await FileAsync(author, log, "server.log");
        await forum.AskAsync(author, await forum.FreshBoardAsync(), body: $"{Scenario.Body}\n\n{image.Markdown} {text.Markdown}");

        foreach (var (file, type, disposition) in new[]
        {
            (image, "image/png", "inline; filename=\"M_nchner _Kindl.png\"; filename*=UTF-8''M%C3%BCnchner%20_Kindl.png"),
            (text, "text/plain; charset=utf-8", "attachment; filename=server.log; filename*=UTF-8''server.log"),
        })
        {
            var answer = await forum.Visitor().GetAsync(file.Url);
            Assert.Equal(HttpStatusCode.OK, answer.Status);
            Assert.Equal(type, answer.Header("Content-Type"));
            Assert.Equal("nosniff", answer.Header("X-Content-Type-Options"));
            Assert.Equal(disposition, answer.Header("Content-Disposition"));
            Assert.Contains("sandbox", answer.Header("Content-Security-Policy"), StringComparison.Ordinal);
            Assert.DoesNotContain("script-src", answer.Header("Content-Security-Policy"), StringComparison.Ordinal);
            Assert.Equal("private, max-age=31536000, immutable", answer.Header("Cache-Control")?.Replace("max-age=31536000, private", "private, max-age=31536000", StringComparison.Ordinal));
            Assert.Null(answer.Header("Set-Cookie"));
            Assert.Null(answer.Header("Age"));
            Assert.Equal($"\"{file.Key}\"", answer.Header("ETag"));
        }
    }

    [Fact]
    public async Task A_smaller_picture_is_given_where_there_is_one()
    {
        var author = await forum.MemberAsync();
        var image = await FileAsync(author, Png, "a.png");
        await forum.AskAsync(author, await forum.FreshBoardAsync(), body: $"{Scenario.Body}\n\n{image.Markdown}");
        foreach (var (query, type, width) in new[] { ("", "image/png", 600), ("?w=480", "image/webp", 480), ("?w=960", "image/png", 600), ("?w=1", "image/png", 600), ("?w=x", "image/png", 600) })
        {
            using var client = forum.Client();
            using var answer = await client.GetAsync(image.Url + query);
            Assert.Equal(type, answer.Content.Headers.ContentType?.MediaType);
            using var picture = NetVips.Image.NewFromBuffer(await answer.Content.ReadAsByteArrayAsync());
            Assert.Equal(width, picture.Width);
        }
    }

    [Fact]
    public async Task A_part_a_head_and_an_unchanged_file_are_answered_as_such()
    {
        var author = await forum.MemberAsync();
        var file = await FileAsync(author, log, "server.log");
        await forum.AskAsync(author, await forum.FreshBoardAsync(), body: $"{Scenario.Body}\n\n{file.Markdown}");
        var visitor = forum.Visitor();

        var part = await visitor.SendAsync(new(HttpMethod.Get, file.Url) { Headers = { Range = new RangeHeaderValue(6, 12) } });
        Assert.Equal((HttpStatusCode.PartialContent, "started"), (part.Status, part.Text));
        Assert.Equal($"bytes 6-12/{log.Length}", part.Header("Content-Range"));
        var head = await visitor.SendAsync(HttpMethod.Head, file.Url);
        Assert.Equal((HttpStatusCode.OK, ""), (head.Status, head.Text));
        Assert.Equal($"{log.Length}", head.Header("Content-Length"));
        var same = await visitor.SendAsync(new(HttpMethod.Get, file.Url) { Headers = { IfNoneMatch = { new EntityTagHeaderValue($"\"{file.Key}\"") } } });
        Assert.Equal(HttpStatusCode.NotModified, same.Status);
    }

    [Theory]
    [InlineData("/uploads/aaaaaaaaaaaaaaaaaaaaaa/a.png")]
    [InlineData("/uploads/a/a.png")]
    [InlineData("/uploads/..%2f..%2fforum.db/a.png")]
    [InlineData("/uploads/aaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("/uploads/")]
    public async Task What_is_not_there_is_not_found(string address) => Assert.Equal(HttpStatusCode.NotFound, (await forum.Visitor().GetAsync(address)).Status);

    [Theory]
    [InlineData(ReadAccess.Members)]
    [InlineData(ReadAccess.Staff)]
    public async Task A_file_on_a_board_that_one_may_not_read_is_nowhere(ReadAccess read)
    {
        var scene = await SceneAsync(read);
        await OnlyAsync(scene.File, [.. read == ReadAccess.Members ? new[] { "stranger", "elsewhere" } : [], "staff", "moderator", "site"]);
    }

    [Fact]
    public async Task A_file_of_an_open_topic_is_for_everybody()
    {
        var scene = await SceneAsync();
        await OnlyAsync(scene.File, everybody);
    }

    [Theory]
    [InlineData(Visibility.Hidden)]
    [InlineData(Visibility.Deleted)]
    public async Task A_file_of_a_post_out_of_sight_is_there_for_its_owner_and_moderators_alone(Visibility visibility)
    {
        var scene = await SceneAsync();
        await SeeAsync(scene, scene.Reply, visibility);
        await OnlyAsync(scene.File, "moderator", "site");
        await SeeAsync(scene, scene.Reply, Visibility.Visible);
        await OnlyAsync(scene.File, everybody);
    }

    [Fact]
    public async Task A_file_of_a_topic_out_of_sight_is_there_for_its_owner_and_moderators_alone()
    {
        var scene = await SceneAsync();
        await SeeAsync(scene, scene.Topic, Visibility.Hidden);
        await OnlyAsync(scene.File, "moderator", "site");
    }

    [Fact]
    public async Task A_file_goes_with_its_topic_to_another_board()
    {
        var scene = await SceneAsync();
        var inner = await forum.BoardAsync($"b{Guid.NewGuid():N}"[..12], read: ReadAccess.Staff);
        await using (var db = forum.Db())
            await db.Topics.Where(t => t.Id == scene.Topic.TopicId).ExecuteUpdateAsync(set => set.SetProperty(t => t.BoardId, inner.Id));
        await OnlyAsync(scene.File, "staff", "site");
    }

    [Fact]
    public async Task A_file_of_a_note_among_staff_is_for_staff()
    {
        var scene = await SceneAsync();
        await using (var db = forum.Db())
            await db.Posts.Where(p => p.Id == scene.Reply.PostId).ExecuteUpdateAsync(set => set.SetProperty(p => p.Visibility, Visibility.StaffNote));
        await OnlyAsync(scene.File, "staff", "moderator", "site");
    }

    [Fact]
    public async Task Check_19_a_file_that_no_post_uses_is_its_owners_alone()
    {
        var scene = await SceneAsync();
        var file = await FileAsync(scene.Author, Png, "a.png");
        await OnlyAsync(file);
    }

    [Fact]
    public async Task A_file_used_twice_is_there_as_long_as_one_of_its_posts_is()
    {
        var scene = await SceneAsync();
        await forum.ReplyAsync(await forum.MemberAsync("Quentin Quote"), scene.Topic, $"You wrote: {scene.File.Markdown}");
        await SeeAsync(scene, scene.Reply, Visibility.Hidden);
        await OnlyAsync(scene.File, everybody);
    }

    [Fact]
    public async Task Writing_down_an_address_opens_no_file_that_one_may_not_read()
    {
        var scene = await SceneAsync();
        var file = await FileAsync(scene.Author, Png, "a.png");
        await forum.AskAsync(scene.Moderator, await forum.FreshBoardAsync(), body: $"{Scenario.Body}\n\n{file.Markdown}");
        await OnlyAsync(file);
    }

    [Fact]
    public async Task A_script_brings_a_file_with_a_token_and_uses_it()
    {
        var member = await forum.MemberAsync();
        var api = await forum.ApiOfAsync(member);
        var made = (await api.SendAsync(HttpMethod.Post, "uploads", Form(Png, "Shot 1.png"))).Is(HttpStatusCode.Created);
        var url = made.Json["url"]!.GetValue<string>();
        Assert.StartsWith("http://localhost:5080/uploads/", url, StringComparison.Ordinal);
        Assert.Equal(("Shot 1.png", 600, 20), (made.Json["name"]!.GetValue<string>(), made.Json["width"]!.GetValue<int>(), made.Json["height"]!.GetValue<int>()));
        var topic = (await api.PostAsync("topics", new { board = await forum.FreshBoardAsync(), title = Scenario.Question, markdown = $"{Scenario.Body}\n\n{made.Json["markdown"]}" })).Is(HttpStatusCode.Created);
        Assert.NotEqual(0, topic.Id);
        Assert.Equal(HttpStatusCode.OK, (await forum.Visitor().GetAsync(new Uri(url).AbsolutePath)).Status);
        Assert.True(JsonNode.Parse((await forum.Visitor().GetAsync("/openapi/v1.json")).Text)!["paths"]!["/api/v1/uploads"]!["post"]!["requestBody"]!["content"]!["multipart/form-data"] is not null);
    }

    [Fact]
    public async Task What_a_script_sends_wrongly_is_refused_with_the_reason()
    {
        var member = await forum.MemberAsync();
        var api = await forum.ApiOfAsync(member);
        (await api.SendAsync(HttpMethod.Post, "uploads", Form(Encoding.UTF8.GetBytes("<svg/>"), "a.svg"))).Is(HttpStatusCode.UnsupportedMediaType);
        (await api.SendAsync(HttpMethod.Post, "uploads", Form(Png[..40], "a.png"))).Is(HttpStatusCode.UnsupportedMediaType);
        (await api.SendAsync(HttpMethod.Post, "uploads", Form(new byte[Upload.MaxBytes + 1], "a.txt"))).Is(HttpStatusCode.RequestEntityTooLarge);
        (await api.SendAsync(HttpMethod.Post, "uploads", Form(new byte[Upload.MaxBytes + 100_000], "a.txt"))).Is(HttpStatusCode.RequestEntityTooLarge);
        (await api.SendAsync(HttpMethod.Post, "uploads", Form([], "a.txt"))).Is(HttpStatusCode.BadRequest);
        (await api.SendAsync(HttpMethod.Post, "uploads", new MultipartFormDataContent())).Is(HttpStatusCode.BadRequest);
        (await api.PostAsync("uploads", new { file = "a.png" })).Is(HttpStatusCode.UnsupportedMediaType);
        (await api.SendAsync(HttpMethod.Post, "uploads", (HttpContent?)null)).Is(HttpStatusCode.UnsupportedMediaType);
        (await forum.Anonymous().SendAsync(HttpMethod.Post, "uploads", Form(Png, "a.png"))).Is(HttpStatusCode.Unauthorized);
        (await (await forum.ApiOfAsync(member, TokenScope.Read)).SendAsync(HttpMethod.Post, "uploads", Form(Png, "a.png"))).Is(HttpStatusCode.Forbidden);
        var cut = new ByteArrayContent(Encoding.ASCII.GetBytes("--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\nabc"));
        cut.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=x");
        (await api.SendAsync(HttpMethod.Post, "uploads", cut)).Is(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_page_brings_a_file_with_its_token_and_not_without()
    {
        var member = await forum.SignUpAsync();
        var token = (await member.GetAsync("/ask")).Document.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        async Task<Answer> SendAsync(Browser browser, string? header, string? site = null)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/x/upload") { Content = Form(Png, "a.png") };
            if (header is not null)
                request.Headers.Add("X-Antiforgery", header);
            if (site is not null)
                request.Headers.Add("Sec-Fetch-Site", site);
            return await browser.SendAsync(request);
        }

        var taken = await SendAsync(member, token, "same-origin");
        Assert.Equal(HttpStatusCode.Created, taken.Status);
        Assert.Contains("](/uploads/", JsonNode.Parse(taken.Text)!["markdown"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync(member, null)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync(member, "forged")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync(member, token, "cross-site")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync(forum.Visitor(), token)).Status);
        var visitor = forum.Visitor();
        var form = (await visitor.GetAsync("/account/sign-in")).Document.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(visitor, form)).Status);
    }

    /// <summary>A topic with a reply that uses a file.</summary>
    private sealed record Scene(Member Author, Member Moderator, PostedPost Topic, PostedPost Reply, UploadedFile File);

    private async Task<Scene> SceneAsync(ReadAccess read = ReadAccess.Everyone)
    {
        var (author, moderator, _) = await readers.CastAsync(forum);
        var board = await forum.FreshBoardAsync();
        _ = (await forum.Get<GrantRole>().RunAsync(Actor.Operator, moderator.Handle, SiteRole.Moderator, board, default)).Required;
        var topic = await forum.AskAsync(author, board);
        var file = await FileAsync(author, Png, "a.png");
        var reply = await forum.ReplyAsync(author, topic, $"Look: {file.Markdown}");
        await using var db = forum.Db();
        await db.Boards.Where(b => b.Slug == board).ExecuteUpdateAsync(set => set.SetProperty(b => b.Read, read));
        return new(author, moderator, topic, reply, file);
    }

    private async Task SeeAsync(Scene scene, PostedPost post, Visibility visibility)
    {
        var moderator = scene.Moderator.AsActor();
        _ = visibility switch
        {
            Visibility.Hidden => (await forum.Get<HidePost>().RunAsync(moderator, post.PostId, null, default)).Required,
            Visibility.Deleted => (await forum.Get<DeletePost>().RunAsync(moderator, post.PostId, default)).Required,
            _ => (await forum.Get<RestorePost>().RunAsync(moderator, post.PostId, default)).Required,
        };
    }

    /// <summary>Those who are named, and the owner, get the file and its smaller picture; for all others neither is there.</summary>
    private async Task OnlyAsync(UploadedFile file, params string[] names)
    {
        foreach (var (name, browser) in (await readers.CastAsync(forum)).All)
            foreach (var query in new[] { "", "?w=480" })
            {
                var status = (await browser.GetAsync(file.Url + query)).Status;
                Assert.True(status == (names.Append("author").Contains(name) ? HttpStatusCode.OK : HttpStatusCode.NotFound), $"{name} got {(int)status} for {file.Url}{query}");
            }
    }

    private async Task<UploadedFile> FileAsync(Member owner, byte[] content, string name) =>
        (await forum.Get<UploadFile>().RunAsync(owner.AsActor(), new MemoryStream(content), name, face: false, default)).Required;

    internal static MultipartFormDataContent Form(byte[] content, string name) => new() { { new ByteArrayContent(content), "file", name } };
}
