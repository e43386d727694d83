using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Forum.Boards;
using Forum.Members;
using Microsoft.EntityFrameworkCore;

namespace Forum.Web.Tests.Topics;

/// <summary>Nothing that a person typed is ever lost: the forms around the composer, without JavaScript.</summary>
public sealed class WritingTests(WebForum forum) : IClassFixture<WebForum>
{
    private const string AskFormOf = "form.ask";
    private const string ReplyForm = "#reply form";
    private static int boards;

    [Fact]
    public async Task A_visitor_writes_first_and_finds_the_text_after_signing_up()
    {
        var board = await BoardAsync();
        await forum.TagsAsync("handover");
        var visitor = forum.Visitor();
        var page = await visitor.GetAsync("/ask");
        var answer = await visitor.SubmitAsync(page, AskFormOf, ("Board", board), ("Title", Scenario.Question), ("Markdown", Scenario.Body), ("Tags", "handover"));
        Assert.StartsWith("/account/sign-up?returnUrl=", new Uri(new Uri("http://localhost"), answer.Location!).PathAndQuery, StringComparison.Ordinal);

        var joined = await forum.SignUpAsync(visitor, new Uri(new Uri("http://localhost"), answer.Location!).Query, "Ines Rosa", $"{Guid.NewGuid():N}@example.org");
        Assert.StartsWith("/ask?draft=", joined.Location, StringComparison.Ordinal);
        var ask = await visitor.FollowAsync(joined);
        Assert.Equal((Scenario.Question, Scenario.Body, "handover"), (ask.One("[name='Input.Title']").GetAttribute("value"), ask.One("[name='Input.Markdown']").TextContent, ask.One("[name='Input.Tags']").GetAttribute("value")));

        var posted = await visitor.SubmitAsync(ask, AskFormOf);
        Assert.Equal(Scenario.Question, (await visitor.FollowAsync(posted)).TextOf("h1"));
        Assert.Equal("No drafts", (await visitor.GetAsync("/drafts")).TextOf("main h2"));
    }

    [Fact]
    public async Task The_draft_of_a_visitor_is_shown_to_nobody_without_its_secret()
    {
        await BoardAsync();
        var visitor = forum.Visitor();
        await visitor.SubmitAsync(await visitor.GetAsync("/ask"), AskFormOf, ("Title", "Something rather private to ask"), ("Markdown", "For the eyes of the asker alone."));
        Assert.DoesNotContain("rather private", (await forum.Visitor().GetAsync("/ask?draft=guessed")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("rather private", (await visitor.GetAsync("/ask")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_question_stays_in_the_form_and_among_the_drafts()
    {
        var board = await BoardAsync();
        var member = await forum.SignUpAsync();
        var refused = await member.SubmitAsync(await member.GetAsync("/ask"), AskFormOf, ("Board", board), ("Title", "Too short"), ("Markdown", Scenario.Body));
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Equal(Scenario.Body, refused.One("[name='Input.Markdown']").TextContent);

        Assert.Equal("Too short", (await member.GetAsync("/drafts")).TextOf(".drafts h2"));
        Assert.Equal(Scenario.Body, (await member.GetAsync("/ask")).One("[name='Input.Markdown']").TextContent);
    }

    [Fact]
    public async Task A_draft_is_saved_by_its_button_found_again_and_thrown_away()
    {
        var (board, asker) = (await BoardAsync(), await forum.MemberAsync());
        var topic = await forum.AskAsync(asker, board);
        var member = await forum.SignUpAsync();
        var address = $"/t/{topic.TopicId}/{topic.Slug}";
        var saved = await member.SubmitAsync(await member.GetAsync(address), ReplyForm, ("Markdown", "Half a thought"), ("Do", "draft"));
        Assert.Contains("Draft saved.", saved.TextOf("#reply .end"), StringComparison.Ordinal);

        Assert.Equal("Half a thought", (await member.GetAsync(address)).One("[name='Input.Markdown']").TextContent);
        var drafts = await member.GetAsync("/drafts");
        Assert.Equal(Scenario.Question, drafts.TextOf(".drafts h2"));
        Assert.Equal($"{address}#reply", drafts.One(".drafts h2 a").GetAttribute("href"));
        await member.SubmitAsync(drafts, ".drafts form");
        Assert.Equal("", (await member.GetAsync(address)).One("[name='Input.Markdown']").TextContent);
    }

    [Fact]
    public async Task Of_two_windows_the_newer_text_is_shown_and_the_other_is_offered()
    {
        var (board, asker) = (await BoardAsync(), await forum.MemberAsync());
        var topic = await forum.AskAsync(asker, board);
        var member = await forum.SignUpAsync();
        var address = $"/t/{topic.TopicId}/{topic.Slug}";
        var (first, second) = (await member.GetAsync(address), await member.GetAsync(address));
        await member.SubmitAsync(first, ReplyForm, ("Markdown", "From the first window"), ("Do", "draft"));
        await member.SubmitAsync(second, ReplyForm, ("Markdown", "From the second window"), ("Do", "draft"));

        var page = await member.GetAsync(address);
        Assert.Equal(("From the second window", "From the first window"), (page.One("[name='Input.Markdown']").TextContent, page.TextOf("[data-other] code")));
        var swapped = await member.SubmitAsync(page, ReplyForm, ("Do", "swap"));
        Assert.Equal(("From the first window", "From the second window"), (swapped.One("[name='Input.Markdown']").TextContent, swapped.TextOf("[data-other] code")));
    }

    [Fact]
    public async Task A_reply_sent_after_the_session_ended_comes_back_after_signing_in()
    {
        var (board, asker) = (await BoardAsync(), await forum.MemberAsync());
        var topic = await forum.AskAsync(asker, board);
        var email = $"{Guid.NewGuid():N}@example.org";
        var member = await forum.SignUpAsync(email: email);
        var page = await member.GetAsync($"/t/{topic.TopicId}/{topic.Slug}");
        await using (var db = forum.Db())
            await db.Sessions.Where(s => db.Users.Any(m => m.Id == s.MemberId && m.Email == email)).ExecuteDeleteAsync();

        var expired = await member.SubmitAsync(page, ReplyForm, ("Markdown", "Written for half an hour."));
        Assert.Equal(HttpStatusCode.BadRequest, expired.Status);
        Assert.Equal("Written for half an hour.", expired.One("textarea").TextContent);
        var signIn = await member.SubmitAsync(expired, "main form");
        Assert.Contains("/account/sign-in?returnUrl=", signIn.Location, StringComparison.Ordinal);

        var back = await member.SubmitAsync(await member.FollowAsync(signIn), "form[method=post]", ("Email", email), ("Password", WebForum.Password));
        Assert.Equal("Written for half an hour.", (await member.FollowAsync(back)).One("[name='Input.Markdown']").TextContent);
    }

    [Fact]
    public async Task A_board_with_a_form_asks_for_its_required_parts_and_keeps_the_answers_apart()
    {
        var board = await BoardAsync(b => b.AskFields = JsonSerializer.Serialize(new AskField[] { new("What did you do?", "Step by step.", true), new("Version") }));
        var member = await forum.SignUpAsync();
        var page = await member.GetAsync($"/ask?board={board}");
        Assert.Equal("Step by step.", page.TextOf("#answer-0-hint"));
        var refused = await member.SubmitAsync(page, AskFormOf, ("Title", Scenario.Question), ("Answers[1]", "2.4"), ("Markdown", Scenario.Body));
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains("What did you do?", refused.TextOf("form > .error"), StringComparison.Ordinal);
        Assert.Equal("2.4", refused.One("#answer-1").TextContent);

        var preview = await member.SendAsync(Script(refused, "/x/preview", new { board, place = "ask", markdown = Scenario.Body, answers = JsonSerializer.Serialize(new[] { "I pressed the *red* button.", "2.4" }) }));
        var posted = await member.FollowAsync(await member.SubmitAsync(refused, AskFormOf, ("Answers[0]", "I pressed the *red* button.")));
        Assert.Equal(["What did you do?", "Version"], posted.TextsOf("#post-1 .body :is(h1, h2, h3, h4, h5)"));
        await using var db = forum.Db();
        Assert.Equal(await db.Posts.Where(p => p.Topic.Board.Slug == board).Select(p => p.Html).SingleAsync(), JsonDocument.Parse(preview.Text).RootElement.GetProperty("html").GetString());
        var answers = await db.Topics.Where(t => t.Board.Slug == board).Select(t => t.Answers).SingleAsync();
        Assert.Equal("I pressed the *red* button.", JsonSerializer.Deserialize<Dictionary<string, string>>(answers!)!["What did you do?"]);
    }

    [Fact]
    public async Task Another_board_chosen_in_the_form_shows_its_own_questions_and_keeps_the_text()
    {
        var plain = await BoardAsync();
        var formal = await BoardAsync(b => (b.AskFields, b.Guidance) = (JsonSerializer.Serialize(new AskField[] { new("Order number") }), "Have your **order** at hand."));
        var member = await forum.SignUpAsync();
        var page = await member.SubmitAsync(await member.GetAsync($"/ask?board={plain}"), AskFormOf, ("Board", formal), ("Title", Scenario.Question), ("Markdown", Scenario.Body));
        Assert.Equal("Order number (optional)", page.TextOf("label[for=answer-0]"));
        Assert.Equal(Scenario.Body, page.One("[name='Input.Markdown']").TextContent);
        Assert.True(page.Has(".notice strong"));
        Assert.True((await member.SubmitAsync(page, AskFormOf)).IsRedirect);
    }

    [Fact]
    public async Task Whoever_finds_the_answer_among_similar_questions_goes_there_and_keeps_the_draft()
    {
        var (board, asker) = (await BoardAsync(), await forum.MemberAsync());
        var word = $"w{Guid.NewGuid():N}";
        var earlier = await forum.AskAsync(asker, board, $"Where does the {word} keep its keys?");
        await forum.AcceptAsync(asker, await forum.ReplyAsync(asker, earlier, "Under the mat by the door."));
        var member = await forum.SignUpAsync();
        Answer page = null!;
        await WebForum.HoldsSoonAsync(async () => (page = await member.GetAsync($"/ask?title=My+{word}+and+its+keys")).Has(".similar"), "the earlier question is offered");
        Assert.Contains("Under the mat", page.TextOf(".similar small"), StringComparison.Ordinal);

        var gone = await member.SubmitAsync(page, AskFormOf, ("Markdown", "Well on the way"), ("Do", $"answered-{earlier.TopicId}"));
        Assert.Equal($"/t/{earlier.TopicId}/{earlier.Slug}", new Uri(new Uri("http://localhost"), gone.Location!).PathAndQuery);
        Assert.Equal("Well on the way", (await member.GetAsync("/ask")).One("[name='Input.Markdown']").TextContent);
        await using var db = forum.Db();
        Assert.Equal(1, await db.Deflections.CountAsync(d => d.TopicId == earlier.TopicId));
    }

    [Fact]
    public async Task The_preview_is_what_will_be_stored()
    {
        var board = await BoardAsync();
        const string text = "# Head\n\nSome **bold** and `code`, a [link](https://example.org) and <kbd>Ctrl</kbd>.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n";
        var member = await forum.SignUpAsync();
        var page = await member.GetAsync("/ask");
        var preview = await member.SendAsync(Script(page, "/x/preview", new { markdown = text }));
        var html = JsonDocument.Parse(preview.Text).RootElement.GetProperty("html").GetString();

        var shown = await member.SubmitAsync(page, AskFormOf, ("Board", board), ("Title", Scenario.Question), ("Markdown", text), ("Do", "preview"));
        await member.SubmitAsync(shown, AskFormOf);
        await using var db = forum.Db();
        var stored = await db.Posts.Where(p => p.Topic.Board.Slug == board).Select(p => p.Html!).SingleAsync();
        Assert.Equal(stored, html);
        Assert.Contains(stored, shown.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/x/preview")]
    [InlineData("/x/draft")]
    [InlineData("/x/similar")]
    public async Task The_helpers_of_writing_demand_the_token_of_the_page(string address)
    {
        var member = await forum.SignUpAsync();
        var answer = await member.SendAsync(new(HttpMethod.Post, address) { Content = JsonContent.Create(new { markdown = "x", place = "ask", title = "A title long enough" }) });
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        await using var db = forum.Db();
        Assert.Equal(0, await db.Drafts.CountAsync(d => d.Markdown == "x"));
    }

    [Fact]
    public async Task Drafts_of_a_script_are_saved_once_in_five_seconds_and_a_burst()
    {
        await BoardAsync();
        var member = await forum.SignUpAsync();
        var page = await member.GetAsync("/ask");
        var statuses = new List<HttpStatusCode>();
        for (var version = 0; version < 3; version++)
            statuses.Add((await member.SendAsync(Script(page, "/x/draft", new { place = "ask", version, markdown = $"Text {version}" }))).Status);
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.TooManyRequests], statuses);
        Assert.Equal("Text 1", (await member.GetAsync("/ask")).One("[name='Input.Markdown']").TextContent);
    }

    [Fact]
    public async Task Members_say_that_they_have_the_question_too_and_take_it_back()
    {
        var topic = await forum.AskAsync(await forum.MemberAsync(), await BoardAsync());
        var member = await forum.SignUpAsync();
        var address = $"/t/{topic.TopicId}/{topic.Slug}";
        var said = await member.FollowAsync(await member.SubmitAsync(await member.GetAsync(address), ".me-too"));
        Assert.Equal(("true", "I have this question too1"), (said.One(".me-too button").GetAttribute("aria-pressed"), said.TextOf(".me-too button")));
        var back = await member.FollowAsync(await member.SubmitAsync(said, ".me-too"));
        Assert.Equal("false", back.One(".me-too button").GetAttribute("aria-pressed"));
    }

    [Fact]
    public async Task Members_are_suggested_by_their_handle_to_members_only()
    {
        var mentioned = await forum.MemberAsync("Zebulon Quist", SiteRole.None);
        var member = await forum.SignUpAsync();
        var found = await member.GetAsync($"/x/mentions?q={mentioned.Handle[..5]}");
        Assert.Contains("Zebulon Q", found.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Quist", found.Text, StringComparison.Ordinal);
        Assert.Equal("[]", (await forum.Visitor().GetAsync($"/x/mentions?q={mentioned.Handle[..5]}")).Text);
    }

    [Fact]
    public async Task A_file_is_attached_by_the_form_alone_and_the_text_stays()
    {
        var board = await BoardAsync();
        var topic = await forum.AskAsync(await forum.MemberAsync(), board);
        var member = await forum.SignUpAsync();
        var page = await member.GetAsync($"/t/{topic.TopicId}/{topic.Slug}");
        using var form = new MultipartFormDataContent();
        foreach (var hidden in page.Document.QuerySelectorAll(ReplyForm + " input[type=hidden]"))
            form.Add(new StringContent(hidden.GetAttribute("value") ?? ""), hidden.GetAttribute("name")!);
        form.Add(new StringContent("See the log:"), "Input.Markdown");
        form.Add(new StringContent("attach"), "Input.Do");
        form.Add(new ByteArrayContent("all is well\n"u8.ToArray()), "Input.File", "server.log");
        var answer = await member.SendAsync(new(HttpMethod.Post, $"/t/{topic.TopicId}/{topic.Slug}") { Content = form });

        var text = answer.One("[name='Input.Markdown']").TextContent;
        Assert.Matches(@"^See the log:\n\n\[server\.log\]\(/uploads/[\w-]+/server\.log\)", text);
        var posted = await member.FollowAsync(await member.SubmitAsync(answer, ReplyForm));
        var file = posted.One("#post-2 .body a").GetAttribute("href")!;
        Assert.Equal("all is well\n", (await forum.Visitor().GetAsync(new Uri(new Uri("http://localhost"), file).PathAndQuery)).Text);
    }

    private static HttpRequestMessage Script(Answer page, string address, object body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = JsonContent.Create(body) };
        request.Headers.Add("X-Antiforgery", page.Document.QuerySelector("form.ask [name=__RequestVerificationToken]")!.GetAttribute("value"));
        return request;
    }

    private async Task<string> BoardAsync(Action<Board>? change = null)
    {
        var slug = $"writing-{Interlocked.Increment(ref boards)}";
        var board = await forum.BoardAsync(slug);
        if (change is not null)
        {
            await using var db = forum.Db();
            change(await db.Boards.SingleAsync(b => b.Id == board.Id));
            await db.SaveChangesAsync();
        }
        return slug;
    }
}
