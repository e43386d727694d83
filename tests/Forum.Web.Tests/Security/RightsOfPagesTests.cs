using System.Net;
using Forum.Members;
using Forum.Topics;
using Forum.Web.Tests.Api;
using Microsoft.EntityFrameworkCore;

namespace Forum.Web.Tests.Security;

/// <summary>Who may do what by the forms of the pages: the same table as for scripts, tried with a valid token whatever the page offers.</summary>
public sealed class RightsOfPagesTests(WebForum forum) : IClassFixture<WebForum>
{
    private const HttpStatusCode Yes = HttpStatusCode.Redirect, No = HttpStatusCode.Forbidden, Who = HttpStatusCode.Unauthorized;

    public static TheoryData<string, HttpStatusCode, HttpStatusCode, HttpStatusCode, HttpStatusCode, HttpStatusCode, HttpStatusCode, HttpStatusCode, HttpStatusCode, HttpStatusCode> Deeds => new()
    {
        // deed, visitor, author of the reply, asker, stranger, suspended, moderator of the board, of another board, staff, moderator of the site
        { "upvote", Who, No, Yes, Yes, No, Yes, Yes, Yes, Yes },
        { "take-back", Who, Yes, Yes, Yes, No, Yes, Yes, Yes, Yes },
        { "accept", Who, No, Yes, No, No, Yes, No, Yes, Yes },
        { "unmark", Who, No, Yes, No, No, Yes, No, Yes, Yes },
        { "hide", Who, No, No, No, No, Yes, No, No, Yes },
        { "restore", Who, No, No, No, No, Yes, No, No, Yes },
        { "delete", Who, Yes, No, No, No, Yes, No, No, Yes },
    };

    [Theory]
    [MemberData(nameof(Deeds))]
    public async Task Check_19_rights_by_the_forms_are_those_of_the_member(
        string deed, HttpStatusCode visitor, HttpStatusCode author, HttpStatusCode asker, HttpStatusCode stranger, HttpStatusCode suspended, HttpStatusCode moderator, HttpStatusCode elsewhere, HttpStatusCode staff, HttpStatusCode site)
    {
        var board = await forum.FreshBoardAsync();
        var (asking, replying) = (await forum.MemberAsync(), await forum.MemberAsync("Vera Trau"));
        var topic = await forum.AskAsync(asking, board);
        var banned = await forum.MemberAsync("Boris Banned");
        await SuspendAsync(banned);
        foreach (var (who, expected) in new (Member?, HttpStatusCode)[]
        {
            (null, visitor), (replying, author), (asking, asker), (await forum.MemberAsync("Stella Strange"), stranger), (banned, suspended), (await forum.BoardModeratorAsync(board), moderator),
            (await forum.BoardModeratorAsync(await forum.FreshBoardAsync()), elsewhere), (await forum.MemberAsync("Stefan Staff", SiteRole.Staff), staff), (await forum.MemberAsync("Silke Site", SiteRole.Moderator), site),
        })
        {
            var reply = await forum.ReplyAsync(replying, topic);
            var browser = who is null ? forum.Visitor() : await forum.SignInAsync(who.Email!);
            var answer = await SendAsync(browser, $"/posts/{reply.PostId}/{deed}", ("topic", $"{topic.TopicId}"), ("returnUrl", "/forums"));
            Assert.True(expected == answer.Status, $"{who?.Name ?? "A visitor"} who would {deed}: {answer.Status}");
        }
    }

    [Fact]
    public async Task Check_19_only_whose_post_it_is_and_who_moderates_may_open_the_edit_form_and_save_it()
    {
        var board = await forum.FreshBoardAsync();
        var author = await forum.MemberAsync("Vera Trau");
        var topic = await forum.AskAsync(await forum.MemberAsync(), board);
        foreach (var (who, may) in new[] { (author, true), (await forum.MemberAsync("Stella Strange"), false), (await forum.MemberAsync("Stefan Staff", SiteRole.Staff), false), (await forum.BoardModeratorAsync(board), true), (await forum.BoardModeratorAsync(await forum.FreshBoardAsync()), false) })
        {
            var reply = await forum.ReplyAsync(author, topic);
            var browser = await forum.SignInAsync(who.Email!);
            Assert.Equal(may ? HttpStatusCode.OK : HttpStatusCode.Forbidden, (await browser.GetAsync($"/posts/{reply.PostId}/edit")).Status);
            var saved = await SendAsync(browser, $"/posts/{reply.PostId}/edit", ("_handler", "edit"), ("Input.Version", "1"), ("Input.Markdown", "Other words."));
            await using var db = forum.Db();
            Assert.Equal(may, (await db.Posts.SingleAsync(p => p.Id == reply.PostId)).Markdown == "Other words.");
            Assert.Equal(may, saved.IsRedirect);
        }
    }

    [Fact]
    public async Task Who_is_suspended_is_told_so_where_they_would_ask_and_loses_no_text()
    {
        var board = await forum.FreshBoardAsync();
        var banned = await forum.MemberAsync("Boris Banned");
        var browser = await forum.SignInAsync(banned.Email!);
        await SuspendAsync(banned);
        var page = await browser.GetAsync("/ask");
        var sent = await SendAsync(browser, "/ask", ("_handler", "ask"), ("Input.Board", board), ("Input.Title", Scenario.Question), ("Input.Markdown", Scenario.Body));
        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (page.Status, sent.Status));
        Assert.Contains("Your account is suspended", page.TextOf("main"), StringComparison.Ordinal);
        Assert.Contains("Your account is suspended", sent.TextOf("main"), StringComparison.Ordinal);
        Assert.Equal(Scenario.Body, sent.One("main textarea").TextContent);
    }

    [Fact]
    public async Task Where_there_is_no_board_yet_the_ask_page_says_so_and_loses_no_text()
    {
        await using var empty = await WebForum.StartAsync();
        await using (var db = empty.Db())
            await db.Boards.ExecuteDeleteAsync();
        var browser = await empty.SignInAsync((await empty.MemberAsync()).Email!);
        var page = await browser.GetAsync("/ask");
        var sent = await SendAsync(browser, "/ask", ("_handler", "ask"), ("Input.Board", "help"), ("Input.Title", Scenario.Question), ("Input.Markdown", Scenario.Body));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Forbidden), (page.Status, sent.Status));
        Assert.Equal("There is no board to ask on yet", page.TextOf("main h2"));
        Assert.Equal(Scenario.Body, sent.One("main textarea").TextContent);
    }

    [Fact]
    public async Task Check_21_a_reply_of_another_topic_is_not_accepted_by_naming_ones_own()
    {
        var board = await forum.FreshBoardAsync();
        var asker = await forum.MemberAsync();
        var (own, other) = (await forum.AskAsync(asker, board), await forum.AskAsync(await forum.MemberAsync("Olga Other"), board));
        var foreign = await forum.ReplyAsync(await forum.MemberAsync("Vera Trau"), other);
        var browser = await forum.SignInAsync(asker.Email!);
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(browser, $"/posts/{foreign.PostId}/accept", ("topic", $"{own.TopicId}"))).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync(browser, $"/posts/{foreign.PostId}/accept", ("topic", $"{other.TopicId}"))).Status);
        await using var db = forum.Db();
        Assert.False(await db.Solutions.AnyAsync(s => s.TopicId == own.TopicId || s.TopicId == other.TopicId));
    }

    [Fact]
    public async Task Check_26_another_members_token_is_worth_nothing()
    {
        var topic = await forum.AskAsync(await forum.MemberAsync(), await forum.FreshBoardAsync());
        var (one, other) = (await forum.SignInAsync((await forum.MemberAsync("Olga One")).Email!), await forum.SignInAsync((await forum.MemberAsync("Otto Other")).Email!));
        var answer = await one.PostAsync($"/posts/{topic.PostId}/upvote", ("__RequestVerificationToken", await TokenAsync(other)), ("returnUrl", "/"));
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        await using var db = forum.Db();
        Assert.Equal(0, (await db.Posts.SingleAsync(p => p.Id == topic.PostId)).Score);
    }

    [Fact]
    public async Task Check_23_fields_that_no_form_has_are_left_alone()
    {
        var board = await forum.FreshBoardAsync();
        var other = await forum.MemberAsync("Olga Other");
        (string, string)[] extra =
        [
            ("Input.Roles", "Admin"), ("Input.IsStaff", "true"), ("Input.Trust", "4"), ("Input.Points", "1000"), ("Input.AuthorId", $"{other.Id}"), ("Input.Score", "1000"), ("Input.Created", "2001-01-01"),
            ("Input.Visibility", "Hidden"), ("Input.Pinned", "true"), ("Input.Solved", "true"), ("Input.EmailConfirmed", "true"), ("Roles", "Admin"), ("AuthorId", $"{other.Id}"), ("Score", "1000"),
        ];
        var browser = forum.Visitor();
        var email = $"{Guid.NewGuid():N}@example.org";
        var signUp = await browser.GetAsync("/account/sign-up");
        Assert.True((await SendAsync(browser, signUp, "/account/sign-up", [("_handler", "sign-up"), ("Input.Name", "Nora Neu"), ("Input.Email", email), ("Input.Password", WebForum.Password), .. extra])).IsRedirect);
        await using (var unconfirmed = forum.Db())
            Assert.False((await unconfirmed.Users.SingleAsync(m => m.NormalizedEmail == email.ToUpperInvariant())).EmailConfirmed);
        Assert.True((await browser.SubmitAsync(await browser.GetAsync(await forum.LinkToAsync(email)), "main form", [])).IsRedirect);
        var asked = await SendAsync(browser, "/ask", [("_handler", "ask"), ("Input.Board", board), ("Input.Title", Scenario.Question), ("Input.Markdown", Scenario.Body), .. extra]);
        Assert.True(asked.IsRedirect, asked.Text);
        await using var db = forum.Db();
        var member = await db.Users.SingleAsync(m => m.NormalizedEmail == email.ToUpperInvariant());
        Assert.Equal((SiteRole.None, 0, 0), (member.Roles, (int)member.Trust, member.Points));
        var topic = await db.Topics.SingleAsync(t => t.Board.Slug == board);
        Assert.Equal((member.Id, 0, false, false, Visibility.Visible), (topic.AuthorId, topic.Score, topic.Pinned, topic.Solved, topic.Visibility));
        Assert.True(topic.Created > forum.Get<TimeProvider>().GetUtcNow().UtcDateTime.AddMinutes(-10));
    }

    [Fact]
    public async Task Check_28_what_was_typed_survives_a_session_that_is_over()
    {
        var author = await forum.MemberAsync();
        var topic = await forum.AskAsync(author, await forum.FreshBoardAsync());
        var browser = await forum.SignInAsync(author.Email!);
        var form = await browser.GetAsync($"/posts/{topic.PostId}/edit");
        await using (var db = forum.Db())
            await db.Sessions.Where(s => s.MemberId == author.Id).ExecuteDeleteAsync();
        var kept = await browser.SubmitAsync(form, "form.composer", ("Markdown", "Long thoughts that nobody wants to type again."));
        Assert.Equal(HttpStatusCode.Unauthorized, kept.Status);
        Assert.Equal("Long thoughts that nobody wants to type again.", kept.One("textarea").TextContent);
        Assert.True(kept.Has("main a[href='/account/sign-in']"));

        await browser.SubmitAsync(await browser.GetAsync("/account/sign-in"), "form[method=post]", ("Email", author.Email!), ("Password", WebForum.Password));
        // The page was made for a visitor, so its token is worth nothing to the member: one more page, and the text is still there.
        var again = await browser.SubmitAsync(kept, "main form[method=post]");
        Assert.Equal("Long thoughts that nobody wants to type again.", again.One("textarea").TextContent);
        Assert.True((await browser.SubmitAsync(again, "main form[method=post]")).IsRedirect);
        await using var after = forum.Db();
        Assert.Equal("Long thoughts that nobody wants to type again.", (await after.Posts.SingleAsync(p => p.Id == topic.PostId)).Markdown);
    }

    private async Task SuspendAsync(Member member)
    {
        var until = forum.Get<TimeProvider>().GetUtcNow().UtcDateTime.AddDays(1);
        await using var db = forum.Db();
        await db.Users.Where(m => m.Id == member.Id).ExecuteUpdateAsync(set => set.SetProperty(m => m.SuspendedUntil, until));
    }

    private static async Task<string> TokenAsync(Browser browser) => Token(await browser.GetAsync("/account/sign-in"));

    private static string Token(Answer page) => page.Document.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;

    /// <summary>Posts fields as a form would that the page need not show, with a token that is valid.</summary>
    private static async Task<Answer> SendAsync(Browser browser, string address, params (string, string)[] fields) => await SendAsync(browser, await browser.GetAsync("/account/sign-in"), address, fields);

    private static Task<Answer> SendAsync(Browser browser, Answer page, string address, params (string, string)[] fields) => browser.PostAsync(address, [("__RequestVerificationToken", Token(page)), .. fields]);
}
