using System.Net;
using Forum.Boards;
using Forum.Members;
using Forum.Moderation;
using Forum.Topics;
using Forum.Web.Tests.Api;
using Microsoft.EntityFrameworkCore;

namespace Forum.Web.Tests.Security;

/// <summary>The table of rights (rules of the forum, 3), tried by the forms and addresses of the pages, and by the API where it has the operation.</summary>
public sealed class RightsTableTests(RightsTableTests.Cast cast) : IClassFixture<RightsTableTests.Cast>
{
    // "yes" may, "–" may not, "later" will once it is there; "there" moderates the topic's board, "elsewhere" another one. The suspended and the silenced member have the highest trust.
    private const string Table = """
        | deed                     | visitor | T0  | T1  | T2  | T3    | T4  | there | elsewhere | moderator | manager | admin | asker | suspended | silenced |
        | read                     | yes     | yes | yes | yes | yes   | yes | yes   | yes       | yes       | yes     | yes   | yes   | yes       | yes      |
        | ask                      | –       | yes | yes | yes | yes   | yes | yes   | yes       | yes       | yes     | yes   | yes   | –         | –        |
        | reply                    | –       | yes | yes | yes | yes   | yes | yes   | yes       | yes       | yes     | yes   | yes   | –         | –        |
        | vote                     | –       | yes | yes | yes | yes   | yes | yes   | yes       | yes       | yes     | yes   | yes   | –         | yes      |
        | flag                     | –       | yes | yes | yes | yes   | yes | yes   | yes       | yes       | yes     | yes   | yes   | –         | –        |
        | me too                   | –       | yes | yes | yes | yes   | yes | yes   | yes       | yes       | yes     | yes   | –     | –         | yes      |
        | edit own                 | –       | yes | yes | yes | yes   | yes | yes   | yes       | yes       | yes     | yes   | yes   | –         | –        |
        | edit own after 2 days    | –       | –   | –   | yes | yes   | yes | yes   | –         | yes       | yes     | yes   | –     | –         | –        |
        | edit own after 31 days   | –       | –   | –   | –   | –     | yes | yes   | –         | yes       | yes     | yes   | –     | –         | –        |
        | delete own               | –       | yes | yes | yes | yes   | yes | yes   | yes       | yes       | yes     | yes   | yes   | –         | yes      |
        | delete own after 2 days  | –       | –   | –   | yes | yes   | yes | yes   | –         | yes       | yes     | yes   | –     | –         | yes      |
        | delete own after 31 days | –       | –   | –   | –   | –     | –   | yes   | –         | yes       | yes     | yes   | –     | –         | –        |
        | new tag                  | –       | –   | –   | yes | yes   | yes | yes   | –         | yes       | yes     | yes   | –     | –         | –        |
        | wiki edit                | –       | –   | yes | yes | yes   | yes | yes   | –         | yes       | yes     | yes   | –     | –         | –        |
        | rename                   | –       | –   | –   | –   | yes   | yes | yes   | –         | yes       | yes     | yes   | yes   | –         | –        |
        | re-tag                   | –       | –   | –   | –   | yes   | yes | yes   | –         | yes       | yes     | yes   | yes   | –         | –        |
        | move                     | –       | –   | –   | –   | yes   | yes | yes   | –         | yes       | yes     | yes   | –     | –         | –        |
        | mark solution            | –       | –   | –   | –   | –     | yes | yes   | –         | yes       | yes     | yes   | yes   | –         | yes      |
        | say outdated             | –       | yes | yes | yes | yes   | yes | yes   | yes       | yes       | yes     | yes   | yes   | –         | –        |
        | judge outdated           | –       | –   | –   | –   | –     | –   | yes   | –         | yes       | yes     | yes   | –     | –         | –        |
        | edit others              | –       | –   | –   | –   | –     | yes | yes   | –         | yes       | yes     | yes   | –     | –         | –        |
        | delete others            | –       | –   | –   | –   | –     | –   | yes   | –         | yes       | yes     | yes   | –     | –         | –        |
        | close                    | –       | –   | –   | –   | –     | yes | yes   | –         | yes       | yes     | yes   | –     | –         | –        |
        | re-open                  | –       | –   | –   | –   | –     | yes | yes   | –         | yes       | yes     | yes   | –     | –         | –        |
        | queue                    | –       | –   | –   | –   | –     | –   | yes   | –         | yes       | yes     | yes   | –     | –         | –        |
        | hide                     | –       | –   | –   | –   | –     | –   | yes   | –         | yes       | yes     | yes   | –     | –         | –        |
        | restore                  | –       | –   | –   | –   | –     | –   | yes   | –         | yes       | yes     | yes   | –     | –         | –        |
        | split                    | –       | –   | –   | –   | –     | –   | yes   | –         | yes       | yes     | yes   | –     | –         | –        |
        | merge                    | –       | –   | –   | –   | –     | –   | yes   | –         | yes       | yes     | yes   | –     | –         | –        |
        | notes                    | –       | –   | –   | –   | –     | –   | yes   | –         | yes       | yes     | yes   | –     | –         | –        |
        | boards                   | –       | –   | –   | –   | –     | –   | –     | –         | –         | yes     | yes   | –     | –         | –        |
        | tags                     | –       | –   | –   | –   | –     | –   | –     | –         | –         | yes     | yes   | –     | –         | –        |
        | synonyms                 | –       | –   | –   | –   | –     | –   | –     | –         | –         | yes     | yes   | –     | –         | –        |
        | badges                   | –       | –   | –   | –   | –     | –   | –     | –         | –         | yes     | yes   | –     | –         | –        |
        | reports                  | –       | –   | –   | –   | –     | –   | –     | –         | –         | yes     | yes   | –     | –         | –        |
        | vote rings               | –       | –   | –   | –   | –     | –   | –     | –         | –         | yes     | yes   | –     | –         | –        |
        | trust                    | –       | –   | –   | –   | –     | –   | –     | –         | –         | yes     | yes   | –     | –         | –        |
        | silence                  | –       | –   | –   | –   | –     | –   | –     | –         | yes       | yes     | yes   | –     | –         | –        |
        | roll back                | –       | –   | –   | –   | –     | –   | –     | –         | yes       | yes     | yes   | –     | –         | –        |
        | pages                    | –       | –   | –   | –   | –     | –   | –     | –         | –         | yes     | yes   | –     | –         | –        |
        | ranks                    | –       | –   | –   | –   | –     | –   | –     | –         | –         | yes     | yes   | –     | –         | –        |
        | settings                 | –       | –   | –   | –   | –     | –   | –     | –         | –         | –       | yes   | –     | –         | –        |
        | roles                    | –       | –   | –   | –   | –     | –   | –     | –         | –         | –       | yes   | –     | –         | –        |
        """;

    private static readonly IReadOnlyList<IReadOnlyList<string>> rows = [.. Table.Split('\n').Select(line => line.Split('|', StringSplitOptions.TrimEntries)[1..^1])];

    public static TheoryData<string> Deeds => [.. rows.Skip(1).Select(row => row[0])];

    [Theory]
    [MemberData(nameof(Deeds))]
    public async Task Check_19_rights_are_those_of_the_table(string deed)
    {
        var row = rows.Single(r => r[0] == deed);
        var wrong = new List<string>();
        for (var column = 1; column < row.Count; column++)
        {
            var who = rows[0][column];
            if (row[column] == "later")
                continue;
            var scene = await cast.SceneAsync(who, deed);
            if (await cast.DoByPageAsync(who, deed, scene) is var done && done != (row[column] == "yes"))
                wrong.Add($"{who} by the page: {done}");
            if (await cast.DoByApiAsync(who, deed, await cast.SceneAsync(who, deed)) is { } answered && answered != (row[column] == "yes"))
                wrong.Add($"{who} by the API: {answered}");
        }
        Assert.Empty(wrong);
    }

    /// <param name="Reply">Somebody else's, or one's own for deeds on one's own.</param>
    /// <param name="Other">A board where everybody may begin topics.</param>
    public sealed record Scene(string Board, PostedPost Topic, PostedPost Reply, string Other);

    /// <summary>One member for each column, signed in once, on a forum of their own.</summary>
    public sealed class Cast : IAsyncLifetime
    {
        private readonly WebForum forum = new();
        private readonly Dictionary<string, (Member? Member, Browser Browser, ApiClient Api)> players = [];
        private Member other = null!;
        private string elsewhere = null!;

        public async Task InitializeAsync()
        {
            await forum.InitializeAsync();
            await forum.TagsAsync("known", "other");
            other = await forum.MemberAsync("Vera Trau");
            players["visitor"] = (null, forum.Visitor(), forum.Anonymous());
            for (byte trust = 0; trust <= 4; trust++)
                await JoinAsync($"T{trust}", await forum.TrustedAsync(trust));
            await JoinAsync("there", await forum.MemberAsync("Thea There"));
            elsewhere = await forum.FreshBoardAsync();
            await JoinAsync("elsewhere", await forum.BoardModeratorAsync(elsewhere));
            await JoinAsync("moderator", await forum.MemberAsync("Silke Site", SiteRole.Moderator));
            await JoinAsync("manager", await forum.MemberAsync("Mara Manager", SiteRole.Manager));
            await JoinAsync("admin", await forum.MemberAsync("Ada Admin", SiteRole.Admin));
            await JoinAsync("asker", await forum.MemberAsync("Asta Asker"));
            await JoinAsync("suspended", await forum.TrustedAsync(4));
            await JoinAsync("silenced", await forum.TrustedAsync(4));
        }

        private async Task JoinAsync(string column, Member member) =>
            players[column] = (member, await forum.SignInAsync(member.Email!), await forum.ApiOfAsync(member, TokenScope.Moderate));

        /// <summary>A new topic with a reply, in the state that the deed needs.</summary>
        public async Task<Scene> SceneAsync(string who, string deed)
        {
            var member = players[who].Member;
            var board = await forum.FreshBoardAsync();
            await SuspendAsync(false);
            if (who == "there")
                _ = (await forum.Get<GrantRole>().RunAsync(Actor.Operator, member!.Handle, SiteRole.Moderator, board, default)).Required;
            var topic = await forum.AskAsync(who == "asker" ? member! : other, board, tags: "known");
            var reply = await forum.ReplyAsync(deed.Contains(" own", StringComparison.Ordinal) && member is not null ? member : other, topic);
            if (deed == "wiki edit")
            {
                _ = (await forum.Get<ChangeBoard>().RunAsync(Actor.Operator, new(board, AllowsWiki: true), default)).Required;
                _ = (await forum.Get<MakeWiki>().RunAsync(other.AsActor(), reply.PostId, default)).Required;
            }
            if (deed == "re-open")
                _ = (await forum.Get<CloseTopic>().RunAsync(players["moderator"].Member!.AsActor(), new(topic.TopicId, ClosureReason.OffTopic), default)).Required;
            if (deed == "restore")
                _ = (await forum.Get<HidePost>().RunAsync(players["moderator"].Member!.AsActor(), reply.PostId, null, default)).Required;
            if (Verb(deed) == "outdated")
                await forum.AcceptAsync(who == "asker" ? member! : other, reply);
            if (deed == "judge outdated")
                _ = (await forum.Get<DoubtSolution>().RunAsync((await forum.VoterAsync()).AsActor(), topic.TopicId, reply.PostId, "It is gone.", default)).Required;
            if (deed == "queue")
                _ = (await forum.Get<FlagPost>().RunAsync((await forum.VoterAsync()).AsActor(), new(reply.PostId, FlagReason.Spam), default)).Required;
            if (deed.Split(' ') is [.., "after", var days, "days"])
                await using (var db = forum.Db())
                    await db.Posts.Where(p => p.Id == reply.PostId).ExecuteUpdateAsync(set => set.SetProperty(p => p.Created, p => p.Created.AddDays(-int.Parse(days, System.Globalization.CultureInfo.InvariantCulture))));
            await SuspendAsync(true);
            return new(board, topic, reply, elsewhere);
        }

        private async Task SuspendAsync(bool suspended)
        {
            var (id, silenced, until) = (players["suspended"].Member!.Id, players["silenced"].Member!.Id, suspended ? forum.Get<TimeProvider>().GetUtcNow().UtcDateTime.AddDays(1) : (DateTime?)null);
            await using var db = forum.Db();
            await db.Users.Where(m => m.Id == silenced).ExecuteUpdateAsync(set => set.SetProperty(m => m.SilencedUntil, until));
            await db.Users.Where(m => m.Id == id).ExecuteUpdateAsync(set => set.SetProperty(m => m.SuspendedUntil, until));
        }

        /// <summary>Whether a page let it be done, whatever it offers.</summary>
        public async Task<bool> DoByPageAsync(string who, string deed, Scene scene)
        {
            var (member, browser, _) = players[who];
            var (topic, reply) = (scene.Topic, scene.Reply);
            switch (Verb(deed))
            {
                case "read": return await SeesAsync($"/t/{topic.TopicId}/{topic.Slug}");
                case "ask": return await SendsAsync("/ask", ("_handler", "ask"), ("Input.Board", scene.Board), ("Input.Title", Scenario.Question), ("Input.Markdown", Scenario.Body));
                case "new tag": return await SendsAsync("/ask", ("_handler", "ask"), ("Input.Board", scene.Board), ("Input.Title", Scenario.Question), ("Input.Markdown", Scenario.Body), ("Input.Tags", NewTag()));
                case "reply": return await SendsAsync($"/t/{topic.TopicId}/{topic.Slug}", ("_handler", "reply"), ("Input.Markdown", "Choose Transfer."));
                case "notes":
                    await SendsAsync($"/t/{topic.TopicId}/{topic.Slug}", ("_handler", "reply"), ("Input.Note", "true"), ("Input.Markdown", "A word among us."));
                    await using (var db = forum.Db())
                        return await db.Posts.AnyAsync(p => p.TopicId == topic.TopicId && p.Visibility == Visibility.StaffNote);
                case "vote": return await SendsAsync($"/posts/{reply.PostId}/upvote");
                case "flag":
                    await SendsAsync($"/posts/{reply.PostId}/report", ("_handler", "report"), ("Input.Reason", "Spam"));
                    await using (var db = forum.Db())
                        return await db.Flags.AnyAsync(f => f.Review.PostId == reply.PostId);
                case "split": return await SendsAsync($"/posts/{reply.PostId}/move", ("_handler", "move"), ("Input.Part", "Post"), ("Input.Title", "How do I move a project?"), ("Input.Board", scene.Board));
                case "merge":
                    return await SendsAsync($"/t/{topic.TopicId}/merge", ("_handler", "merge"), ("Input.Into", $"{(await forum.AskAsync(other, scene.Board)).TopicId}"));
                case "me too": return await SendsAsync($"/t/{topic.TopicId}/me-too");
                case "edit": return await SendsAsync($"/posts/{reply.PostId}/edit", ("_handler", "edit"), ("Input.Version", "1"), ("Input.Markdown", "Other words."));
                case "move": return await SendsAsync($"/t/{topic.TopicId}/arrange", ("_handler", "arrange"), ("Input.Version", "1"), ("Input.Title", Scenario.Question), ("Input.Tags", "known"), ("Input.Board", scene.Other));
                // The asker by the form of their question, others by that for what is not theirs.
                case "rename" or "re-tag" when who != "asker":
                    return await SendsAsync($"/t/{topic.TopicId}/arrange", ("_handler", "arrange"), ("Input.Version", "1"), ("Input.Title", deed == "rename" ? "How do I move a project?" : Scenario.Question), ("Input.Tags", deed == "re-tag" ? "other" : "known"), ("Input.Board", scene.Board));
                case "rename" or "re-tag":
                    return await SendsAsync($"/posts/{topic.PostId}/edit", ("_handler", "edit"), ("Input.Version", "1"), ("Input.Markdown", Scenario.Body), ("Input.Title", deed == "rename" ? "How do I move a project?" : Scenario.Question), ("Input.Tags", deed == "re-tag" ? "other" : "known"));
                case "delete": return await SendsAsync($"/posts/{reply.PostId}/delete");
                case "mark solution": return await SendsAsync($"/posts/{reply.PostId}/accept", ("topic", $"{topic.TopicId}"));
                case "outdated":
                    await SendsAsync($"/posts/{reply.PostId}/outdated", ("_handler", "outdated"), ("Input.Note", "It is gone."), ("Input.Works", deed == "judge outdated" ? "true" : "false"));
                    await using (var db = forum.Db())
                        return deed == "judge outdated" ? !await db.Doubts.AnyAsync(d => d.PostId == reply.PostId) : await db.Solutions.AnyAsync(s => s.PostId == reply.PostId && (s.Outdated != null || db.Doubts.Any(d => d.PostId == s.PostId)));
                case "close": return await SendsAsync($"/t/{topic.TopicId}/close", ("_handler", "close"), ("Input.Reason", "OffTopic"));
                case "re-open": return await SendsAsync($"/t/{topic.TopicId}/reopen");
                case "queue":
                    await using (var db = forum.Db())
                        return await SendsAsync($"/mod/queue/{await db.Reviews.Where(r => r.PostId == reply.PostId).Select(r => r.Id).SingleAsync()}", ("verdict", "Keep"));
                case "hide" or "restore": return await SendsAsync($"/posts/{reply.PostId}/{deed}");
                case "pages" or "boards" or "tags" or "synonyms" or "badges": return await SeesAsync($"/admin/{deed}");
                case "reports": return await SeesAsync("/admin/searches");
                case "vote rings": return await SeesAsync("/admin/reports/votes");
                case "silence": return await SendsAsync($"/mod/members/{other.Handle}", ("_handler", "sanction"), ("Input.Kind", "Warning"), ("Input.Days", "1"), ("Input.Reason", "Please be kind."));
                case "roll back":
                    var now = forum.Get<TimeProvider>().GetUtcNow();
                    return await SendsAsync($"/mod/members/{other.Handle}/rollback?from={now.AddDays(-1):yyyy-MM-dd'T'HH:mm}&to={now:yyyy-MM-dd'T'HH:mm}&kind=Upvotes", ("_handler", "rollback"), ("Input.Why", "Somebody else had the account."));
                case "trust": return await SeesAsync($"/admin/trust/{other.Handle}");
                case "ranks": return await SendsAsync("/admin/settings", ("_handler", "settings"), ("was:Site:Ranks:Guru", "Community Guru"), ("Site:Ranks:Guru", "Sage"));
                case "settings": return await SendsAsync("/admin/settings", ("_handler", "settings"), ("was:Site:Headline", ""), ("Site:Headline", "Come in"));
                case "roles": return await SendsAsync("/admin/roles", ("_handler", "grant"), ("Input.Handle", other.Handle), ("Input.Role", "moderator"), ("Input.Board", scene.Board));
                default: throw new ArgumentOutOfRangeException(nameof(deed), deed, null);
            }

            async Task<bool> SeesAsync(string address) => Judge(await browser.GetAsync(address), a => a.Status == HttpStatusCode.OK);

            async Task<bool> SendsAsync(string address, params (string, string)[] fields)
            {
                var token = (await browser.GetAsync("/account/sign-in")).Document.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
                return Judge(await browser.PostAsync(address, [("__RequestVerificationToken", token), ("returnUrl", "/forums"), .. fields]), a => a.IsRedirect && a.Location?.Contains("/account/", StringComparison.Ordinal) == false);
            }

            bool Judge(Answer answer, Func<Answer, bool> done)
            {
                Assert.True((int)answer.Status < 500, $"{who} who would {deed}: {answer.Status}");
                return done(answer);
            }
        }

        /// <summary>Whether the API let it be done; null where it has no such operation.</summary>
        public async Task<bool?> DoByApiAsync(string who, string deed, Scene scene)
        {
            var api = players[who].Api;
            var (topic, reply) = (scene.Topic, scene.Reply);
            var answer = Verb(deed) switch
            {
                "read" => await api.GetAsync($"topics/{topic.TopicId}"),
                "ask" => await api.PostAsync("topics", new { board = scene.Board, title = Scenario.Question, markdown = Scenario.Body }),
                "new tag" => await api.PostAsync("topics", new { board = scene.Board, title = Scenario.Question, markdown = Scenario.Body, tags = new[] { NewTag() } }),
                "reply" => await api.PostAsync($"topics/{topic.TopicId}/posts", new { markdown = "Choose Transfer." }),
                "vote" => await api.PutAsync($"posts/{reply.PostId}/vote"),
                "flag" => await api.PostAsync($"posts/{reply.PostId}/flags", new { reason = "spam" }),
                "me too" => await api.PutAsync($"topics/{topic.TopicId}/metoo"),
                "edit" => await api.PutAsync($"posts/{reply.PostId}", new { markdown = "Other words.", version = 1 }),
                "move" => await api.PutAsync($"topics/{topic.TopicId}", new { board = scene.Other }),
                "rename" => await api.PutAsync($"topics/{topic.TopicId}", new { title = "How do I move a project?" }),
                "re-tag" => await api.PutAsync($"topics/{topic.TopicId}", new { tags = new[] { "other" } }),
                "delete" => await api.DeleteAsync($"posts/{reply.PostId}"),
                "mark solution" => await api.PutAsync($"topics/{topic.TopicId}/solution/{reply.PostId}"),
                "outdated" when deed == "say outdated" => await api.PutAsync($"topics/{topic.TopicId}/solution/{reply.PostId}/outdated", new { note = "It is gone." }),
                "close" => await api.PutAsync($"topics/{topic.TopicId}/closure", new { reason = "offtopic" }),
                "re-open" => await api.DeleteAsync($"topics/{topic.TopicId}/closure"),
                _ => null,
            };
            Assert.True(answer is null || answer.Message.IsSuccessStatusCode || answer.Status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.BadRequest, $"{who} who would {deed}: {answer?.Status} {answer?.Text}");
            return answer?.Message.IsSuccessStatusCode;
        }

        private static string Verb(string deed) => deed.Split(' ') is [var verb and ("edit" or "delete"), ..] ? verb : deed == "wiki edit" ? "edit" : deed.EndsWith(" outdated", StringComparison.Ordinal) ? "outdated" : deed;

        private static string NewTag() => $"new-{Guid.NewGuid():N}"[..12];

        public async Task DisposeAsync() => await forum.DisposeAsync();
    }
}
