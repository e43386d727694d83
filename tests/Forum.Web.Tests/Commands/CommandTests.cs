using Forum.Boards;
using Forum.Members;
using Forum.Topics;
using Forum.Web.Host;
using Forum.Web.Tests.Published;
using Forum.Tests.Transfer;
using Microsoft.EntityFrameworkCore;
using Forum.Data;

namespace Forum.Web.Tests.Commands;

[Collection(Terminal.Name)]
public sealed class CommandTests : IAsyncLifetime
{
    private readonly ForumFolder folder = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await folder.DisposeAsync();

    [Theory]
    [InlineData("serve")]
    [InlineData("migrate", "--script")]
    [InlineData("member create", "--email", "--name", "--handle", "--password", "--role")]
    [InlineData("member role", "--grant", "--revoke", "--board")]
    [InlineData("board create", "--name", "--kind", "--parent", "--read")]
    [InlineData("board edit", "--name", "--description", "--wiki", "--guidance", "--template", "--field")]
    [InlineData("board tags", "--needed", "--one-of", "--staff-only")]
    [InlineData("token create", "--member", "--scope")]
    [InlineData("import stackexchange", "--board")]
    [InlineData("reindex")]
    [InlineData("index snapshot")]
    [InlineData("doctor", "--repair")]
    [InlineData("seed", "--topics", "--posts", "--members")]
    [InlineData("eval search", "--corpus", "--queries", "--qrels")]
    public async Task Every_command_explains_itself(string verb, params string[] options)
    {
        var help = await Terminal.RunAsync([.. verb.Split(' '), "--help"]);
        Assert.Equal((CommandLine.Ok, 0), (help.Code, help.Errors.Length));
        var text = string.Join('\n', help.Output);
        Assert.All([verb, "--json", .. options], word => Assert.Contains(word, text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("serv")]
    [InlineData("member create --name Ines")]
    [InlineData("token create --member ines --scope everything")]
    [InlineData("member role ines")]
    [InlineData("seed --topics many --posts 1 --members 1")]
    public async Task A_command_that_cannot_be_understood_is_refused_with_the_reason(string words)
    {
        var refused = await Terminal.RunAsync(words.Split(' '));
        Assert.NotEqual(CommandLine.Ok, refused.Code);
        Assert.NotEmpty(refused.Errors);
    }

    [Fact]
    public async Task An_account_is_made_once_and_then_refused()
    {
        string[] command = ["member", "create", "--email", "ines@example.org", "--name", "Ines Rosa", "--password", WebForum.Password, "--role", "admin", "--json"];
        var made = await RunAsync(command);
        Assert.Equal(CommandLine.Ok, made.Code);
        Assert.Equal("admin", made.Json["role"]!.GetValue<string>());
        await using (var db = Db())
        {
            var member = await db.Users.SingleAsync();
            Assert.Equal((made.Json["handle"]!.GetValue<string>(), SiteRole.Admin, true), (member.Handle, member.Roles, member.EmailConfirmed));
        }

        var again = await RunAsync(command);
        Assert.Equal("There is an account with this address. Sign in instead.", again.Refused());
        Assert.Equal(again.Refused(), again.Json["error"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_role_is_given_and_taken_and_the_last_administrator_keeps_theirs()
    {
        await RunAsync("member", "create", "--email", "ines@example.org", "--name", "Ines Rosa", "--handle", "ines", "--role", "admin");
        await RunAsync("board", "create", "help", "--name", "Help");

        Assert.Equal("@ines is moderator now of help.", Assert.Single((await RunAsync("member", "role", "ines", "--grant", "moderator", "--board", "help")).Output));
        Assert.Equal("@ines no longer is moderator of help.", Assert.Single((await RunAsync("member", "role", "ines", "--revoke", "moderator", "--board", "help")).Output));
        Assert.Equal("This is the last administrator. Grant the role to somebody else first.", (await RunAsync("member", "role", "ines", "--revoke", "admin")).Refused());
        Assert.Contains("nobody", (await RunAsync("member", "role", "nobody", "--grant", "staff")).Refused(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_board_is_changed_in_what_is_named()
    {
        await RunAsync("board", "create", "help", "--name", "Help");
        var file = Path.Combine(folder.Path, "guidance.md");
        await File.WriteAllTextAsync(file, "Have your **order** at hand.\n");

        Assert.Equal("Changed the board help.", Assert.Single((await RunAsync(
            "board", "edit", "help", "--wiki", "true", "--guidance", file, "--field", "*What did you do? | Step by step.", "--field", "Version")).Output));
        await using (var db = Db())
        {
            var board = await db.Boards.SingleAsync();
            Assert.Equal(("Help", true, "Have your **order** at hand."), (board.Name, board.AllowsWiki, board.Guidance));
            Assert.Equal([new("What did you do?", "Step by step.", true), new("Version")], AskField.Of(board));
        }

        Assert.Equal("Help desk", (await RunAsync("board", "edit", "help", "--name", "Help desk", "--field", "", "--json")).Json["name"]!.GetValue<string>());
        await using (var db = Db())
            Assert.Equal((null, true), await db.Boards.Select(b => ValueTuple.Create(b.AskFields, b.AllowsWiki)).SingleAsync());
        Assert.Equal("There is no board \"news\".", (await RunAsync("board", "edit", "news", "--wiki", "true")).Refused());
        Assert.Equal($"There is no file \"{file}x\".", (await RunAsync("board", "edit", "help", "--guidance", $"{file}x")).Refused());
    }

    [Fact]
    public async Task A_board_says_which_tags_it_asks_for_all_of_it_at_once()
    {
        await RunAsync("board", "create", "help", "--name", "Help");
        await using (var db = Db())
        {
            db.Tags.AddRange(new Tag { Name = "bug" }, new Tag { Name = "wish" }, new Tag { Name = "planned" });
            await db.SaveChangesAsync();
        }

        Assert.Equal("Changed the tags of the board help.", Assert.Single((await RunAsync("board", "tags", "help", "--one-of", "bug", "wish", "--staff-only", "planned")).Output));
        await using (var db = Db())
        {
            Assert.True((await db.Boards.SingleAsync()).NeedsTag);
            Assert.Equal(["OneOf bug", "OneOf wish", "StaffOnly planned"], (await db.BoardTags.Select(b => $"{b.Use} {b.Tag.Name}").ToListAsync()).Order());
        }

        await RunAsync("board", "tags", "help");
        await using (var db = Db())
            Assert.False((await db.Boards.SingleAsync()).NeedsTag || await db.BoardTags.AnyAsync());
        Assert.Equal("There is no tag “bugs”. Make it first.", (await RunAsync("board", "tags", "help", "--one-of", "bugs")).Refused());
    }

    [Fact]
    public async Task A_board_is_made_once_and_then_refused()
    {
        string[] command = ["board", "create", "news", "--name", "News", "--kind", "announcements", "--read", "members", "--json"];
        Assert.Equal("news", (await RunAsync(command)).Json["slug"]!.GetValue<string>());
        await using (var db = Db())
        {
            var board = await db.Boards.SingleAsync();
            Assert.Equal((BoardKind.Announcements, ReadAccess.Members), (board.Kind, board.Read));
        }
        Assert.NotEmpty((await RunAsync(command)).Refused());
    }

    [Fact]
    public async Task The_last_line_of_token_create_is_the_token_alone()
    {
        await RunAsync("member", "create", "--email", "ines@example.org", "--name", "Ines Rosa", "--handle", "ines");
        var made = await RunAsync("token", "create", "--member", "ines", "--scope", "write");
        Assert.Equal(CommandLine.Ok, made.Code);
        Assert.Matches("^forum_[A-Za-z0-9_-]{43}$", made.Output[^1]);
        await using (var db = Db())
            Assert.Equal(Secrets.Hash(made.Output[^1]), (await db.ApiTokens.SingleAsync()).Hash);
        Assert.Matches("^forum_", (await RunAsync("token", "create", "--member", "ines", "--scope", "read", "--json")).Json["token"]!.GetValue<string>());
        Assert.Equal("There is no member with the handle \"nobody\".", (await RunAsync("token", "create", "--member", "nobody", "--scope", "read")).Refused());
    }

    [Fact]
    public async Task Migrate_makes_the_database_or_writes_down_how()
    {
        var file = Path.Combine(folder.Path, "forum.sql");
        Assert.Equal(CommandLine.Ok, (await RunAsync("migrate", "--script", file)).Code);
        Assert.Contains("CREATE TABLE", await File.ReadAllTextAsync(file), StringComparison.Ordinal);
        Assert.False(File.Exists(folder.Database));

        var migrated = await RunAsync("migrate", "--json");
        Assert.True(migrated.Json["upToDate"]!.GetValue<bool>());
        Assert.True(await folder.Get<Migrator>().IsCurrentAsync(default));
    }

    [Fact]
    public async Task An_import_brings_a_dump_in_once()
    {
        using var dump = new SmallDump();
        var first = await RunAsync("import", "stackexchange", dump.Path, "--board", "bread", "--json");
        Assert.Equal(CommandLine.Ok, first.Code);
        Assert.Equal((3, false), (first.Json["topics"]!.GetValue<int>(), first.Json["stopped"]!.GetValue<bool>()));
        Assert.Equal(0, (await RunAsync("import", "stackexchange", dump.Path, "--board", "bread", "--json")).Json["topics"]!.GetValue<int>());
        await using var db = Db();
        Assert.Equal(3, await db.Topics.CountAsync());

        var missing = Path.Combine(folder.Path, "nothing");
        Assert.Equal($"There is no folder \"{missing}\". Please name the folder that holds the dump's Posts.xml.", (await RunAsync("import", "stackexchange", missing, "--board", "bread")).Refused());
    }

    [Fact]
    public async Task The_doctor_says_what_is_wrong_and_mends_it_where_asked()
    {
        Assert.Equal("Nothing to repair.", Assert.Single((await RunAsync("doctor")).Output));
        await folder.BoardAsync("help");
        await folder.AskAsync(await folder.MemberAsync(), "help");
        using (var file = folder.Connect())
            file.Run("UPDATE Topics SET Replies = 7");

        var found = await RunAsync("doctor");
        Assert.Equal((CommandLine.Unhealthy, "topics with a wrong number of replies: 1, such as 1"), (found.Code, found.Output[^1]));
        var mended = await RunAsync("doctor", "--repair", "--json");
        Assert.Equal(CommandLine.Ok, mended.Code);
        Assert.False(mended.Json["healthy"]!.GetValue<bool>());
        Assert.True((await RunAsync("doctor", "--json")).Json["healthy"]!.GetValue<bool>());
    }

    [Fact]
    public async Task Reindex_builds_the_search_index()
    {
        await RunAsync("migrate");
        await folder.BoardAsync("help");
        await folder.AskAsync(await folder.MemberAsync(), "help");
        var built = await RunAsync("reindex");
        Assert.Equal((CommandLine.Ok, "The search index is built."), (built.Code, Assert.Single(built.Output)));
        Assert.NotEmpty(Directory.EnumerateFiles(folder.SearchFolder, "segments_*"));
        Assert.Equal("Done", (await RunAsync("reindex", "--json")).Json["outcome"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_snapshot_is_taken_of_the_index_that_there_is()
    {
        await RunAsync("migrate");
        await folder.BoardAsync("help");
        await folder.AskAsync(await folder.MemberAsync(), "help");
        Assert.StartsWith("This node has no search index to copy", (await RunAsync("index", "snapshot")).Refused(), StringComparison.Ordinal);

        await RunAsync("reindex");
        var taken = await RunAsync("index", "snapshot", "--json");
        Assert.Equal((CommandLine.Ok, 1), (taken.Code, taken.Json["documents"]!.GetValue<int>()));
        Assert.Matches("^Took system-search-[0-9]{14}-[0-9a-f]{8}: 1 documents, [0-9,]+ bytes\\.$", Assert.Single((await RunAsync("index", "snapshot")).Output));
    }

    [Fact]
    public async Task A_seed_grows_to_the_size_that_was_asked_for_and_no_further()
    {
        string[] command = ["seed", "--topics", "5", "--posts", "20", "--members", "8", "--json"];
        var first = (await RunAsync(command)).Json;
        Assert.Equal((5, 20, 8), (first["topics"]!.GetValue<int>(), first["posts"]!.GetValue<int>(), first["members"]!.GetValue<int>()));
        Assert.Equal(0, (await RunAsync(command)).Json["posts"]!.GetValue<int>());
        Assert.Equal(CommandLine.Ok, (await RunAsync("doctor")).Code);
        await using var db = Db();
        Assert.Equal(20, await db.Posts.CountAsync());
    }

    [Fact]
    public async Task Search_is_measured_on_a_collection_of_ones_own()
    {
        string Write(string name, params string[] lines)
        {
            var path = Path.Combine(folder.Path, name);
            File.WriteAllLines(path, lines);
            return path;
        }

        var corpus = Write("corpus.jsonl",
            """{"_id": "a", "title": "Sourdough", "text": "Feed the starter twice a day."}""",
            """{"_id": "b", "title": "Rye", "text": "Rye needs more water than wheat."}""",
            """{"_id": "c", "title": "Pizza", "text": "A stone keeps the heat."}""");
        var queries = Write("queries.jsonl", """{"_id": "1", "text": "how often to feed a starter"}""", """{"_id": "2", "text": "water for rye"}""");
        var qrels = Write("qrels.tsv", "query-id\tcorpus-id\tscore", "1\ta\t1", "2\tb\t1");

        var measured = (await RunAsync("eval", "search", "--corpus", corpus, "--queries", queries, "--qrels", qrels, "--json")).Json;
        Assert.Equal((3, 2, 1.0, 1.0), (measured["documents"]!.GetValue<int>(), measured["queries"]!.GetValue<int>(), measured["ndcg10"]!.GetValue<double>(), measured["map"]!.GetValue<double>()));
        Assert.Contains("gone.jsonl", (await RunAsync("eval", "search", "--corpus", Path.Combine(folder.Path, "gone.jsonl"), "--queries", queries, "--qrels", qrels)).Refused(), StringComparison.Ordinal);
        Write("queries.jsonl", "not JSON at all");
        Assert.NotEmpty((await RunAsync("eval", "search", "--corpus", corpus, "--queries", queries, "--qrels", qrels)).Refused());
    }

    private Task<Ended> RunAsync(params string[] arguments) => Terminal.RunAsync([.. arguments, $"--Forum:DataPath={folder.Path}"]);

    private ForumDbContext Db() => folder.Get<IDbContextFactory<ForumDbContext>>().CreateDbContext();
}
