using System.Text;
using Forum.Boards;
using Forum.Jobs;
using Forum.Members;
using Forum.Outbox;
using Forum.Moderation;
using Forum.Standing;
using Forum.Tests.Standing;
using Forum.Topics;
using Forum.Transfer;
using Microsoft.EntityFrameworkCore;

namespace Forum.Tests.Transfer;

public sealed class StackExchangeImportTests
{
    private static async Task<StackExchangeImported> ImportAsync(TestForum forum, string directory, IProgress<TransferProgress>? progress = null, CancellationToken cancellation = default) =>
        (await forum.Get<StackExchangeImport>().RunAsync(Actor.Operator, directory, "bread", progress, cancellation)).Required;

    private static async Task<List<Post>> PostsOfAsync(TestForum forum, string title)
    {
        await using var db = forum.Db();
        return await db.Posts.AsNoTracking().Include(p => p.Author).Include(p => p.ReplyTo).Where(p => p.Topic.Title == title).OrderBy(p => p.Number).ToListAsync();
    }

    [Fact]
    public async Task Questions_become_topics_and_everything_below_them_replies_in_time_order()
    {
        await using var forum = await TestForum.StartAsync();
        using var dump = new SmallDump();

        var done = await ImportAsync(forum, dump.Path);

        Assert.Empty(done.Problems);
        Assert.Equal((3, 4, 3, 2, 1, 1), (done.Topics, done.Answers, done.Comments, done.Solutions, done.Closed, done.Duplicates));
        Assert.Equal((SmallDump.Accounts, 2, 4, 26, 2), (done.Members, done.FormerMembers, done.Tags, done.Upvotes, done.Skipped));
        var posts = await PostsOfAsync(forum, "Why does my sourdough not rise?");
        Assert.Equal(["It stays **flat**.\n\n- fed daily", "Which `flour`?", "<p>Feed it <b>twice</b> a day.</p>", "<p>Too cold.</p>", "That was it."], posts.Select(p => p.Markdown));
        Assert.Equal([1, 2, 3, 4, 5], posts.Select(p => p.Number));
        Assert.Equal([null, 1, null, null, 3], posts.Select(p => p.ReplyTo?.Number));
        Assert.Equal([7, 3, 25, -2, 0], posts.Select(p => p.Score));
        Assert.Equal([1, 0, 1, 0, 0], posts.Select(p => p.Replies));
        Assert.Contains("<strong>flat</strong>", posts[0].Html, StringComparison.Ordinal);
        Assert.Contains("Feed it", posts[2].Text, StringComparison.Ordinal);
        Assert.Equal(new DateTime(2020, 2, 2, 8, 0, 0, DateTimeKind.Utc), posts[0].Edited);
    }

    [Fact]
    public async Task A_topic_carries_its_counters_and_its_board_theirs()
    {
        await using var forum = await TestForum.StartAsync();
        using var dump = new SmallDump();
        await ImportAsync(forum, dump.Path);

        await using var db = forum.Db();
        var topic = await db.Topics.Include(t => t.LastPoster).SingleAsync(t => t.Title == "Why does my sourdough not rise?");
        Assert.Equal((4, 5, 7, 120, true, "Nadia Petrova"), (topic.Replies, topic.LastNumber, topic.Score, topic.Views, topic.Solved, topic.LastPoster.Name));
        Assert.Equal(new DateTime(2020, 2, 1, 11, 0, 0, DateTimeKind.Utc), topic.LastActivity);
        var board = await db.Boards.SingleAsync();
        Assert.Equal(("bread", "Bread", BoardKind.Questions, 3, 10, 2), (board.Slug, board.Name, board.Kind, board.Topics, board.Posts, board.Solved));
        Assert.Equal([("flour", 1), ("rye", 1), ("sourdough", 2), ("yeast", 1)], (await db.Tags.OrderBy(t => t.Name).ToListAsync()).Select(t => (t.Name, t.Topics)));
        var imported = Assert.IsType<TopicsImported>((await db.OutboxEvents.ToListAsync()).Select(ForumEvent.Read).Single(e => e is TopicsImported));
        Assert.Equal((await db.Topics.MinAsync(t => t.Id), await db.Topics.MaxAsync(t => t.Id), board.Id), (imported.FirstTopicId, imported.LastTopicId, imported.BoardId));
    }

    [Fact]
    public async Task The_accepted_answer_becomes_the_solution_and_gives_points_unless_one_solved_it_oneself()
    {
        await using var forum = await TestForum.StartAsync();
        using var dump = new SmallDump();
        await ImportAsync(forum, dump.Path);

        await using var db = forum.Db();
        var solutions = await db.Solutions.Include(s => s.Post).ThenInclude(p => p.Author).OrderBy(s => s.TopicId).ToListAsync();
        Assert.Equal(["李 小龙", "Oskar Lindgren"], solutions.Select(s => s.Post.Author.Name));
        Assert.All(solutions, s => Assert.Equal((false, new DateTime(2020, 2, 3, 0, 0, 0, DateTimeKind.Utc)), (s.ByStaff, s.Marked)));
        Assert.Equal(0, solutions[0].Post.Author.Solutions);
        var solver = solutions[1].Post.Author;
        Assert.Equal((1, PointEntry.MaxFromUpvotesPerDay + PointEntry.ForSolution), (solver.Solutions, solver.Points));
        Assert.Equal(solver.Points, await db.PointEntries.Where(e => e.MemberId == solver.Id).SumAsync(e => e.Delta));
    }

    [Fact]
    public async Task Upvotes_fill_the_buckets_of_their_day()
    {
        await using var forum = await TestForum.StartAsync();
        using var dump = new SmallDump();
        await ImportAsync(forum, dump.Path);

        await using var db = forum.Db();
        Assert.Equal([(new DateOnly(2020, 2, 1), 25), (new DateOnly(2020, 2, 3), 1)],
            (await db.UpvoteDays.OrderBy(d => d.Day).ToListAsync()).Select(d => (d.Day, d.Upvotes)));
        Assert.Equal(26, await db.ImportedUpvotes.SumAsync(u => u.Count));
        await Recount.AssertEverythingAsync(forum);
        Assert.Empty((await forum.Get<Doctor>().RunAsync(Actor.Operator, false, null, default)).Required.Findings);
    }

    [Fact]
    public async Task A_solution_that_was_imported_can_be_unmarked_and_its_points_go()
    {
        await using var forum = await TestForum.StartAsync();
        using var dump = new SmallDump();
        await ImportAsync(forum, dump.Path);
        await using var db = forum.Db();
        var solution = await db.Solutions.AsNoTracking().Include(s => s.Post).SingleAsync(s => s.Post.Markdown.Contains("Feed it"));

        _ = (await forum.Get<UnmarkSolution>().RunAsync(Actor.Member(solution.MarkedById!.Value), solution.TopicId, solution.PostId, null, default)).Required;

        var solver = await db.Users.SingleAsync(m => m.Id == solution.Post.AuthorId);
        Assert.Equal((0, PointEntry.MaxFromUpvotesPerDay), (solver.Solutions, solver.Points));
    }

    [Fact]
    public async Task A_closed_question_keeps_its_date_and_reason_and_names_what_it_repeats()
    {
        await using var forum = await TestForum.StartAsync();
        using var dump = new SmallDump();
        await ImportAsync(forum, dump.Path);

        await using var db = forum.Db();
        var closure = await db.Closures.SingleAsync();
        Assert.Equal((ClosureReason.Duplicate, new DateTime(2020, 2, 6, 8, 0, 0, DateTimeKind.Utc)), (closure.Reason, closure.Closed));
        Assert.Equal((await db.Topics.SingleAsync(t => t.Title == "Why does my sourdough not rise?")).Id, closure.DuplicateOfId);
    }

    [Fact]
    public async Task A_duplicate_that_is_older_than_what_it_repeats_is_linked_too()
    {
        await using var forum = await TestForum.StartAsync();
        using var dump = new SmallDump();
        dump.Write("PostLinks.xml", "postlinks");
        dump.Write("Posts.xml", "posts", Enumerable.Range(1, 150).Select(i =>
            $"""<row Id="{i}" PostTypeId="1" CreationDate="2020-02-01T08:00:00.000" Score="0" Body="&lt;p&gt;Body.&lt;/p&gt;" OwnerUserId="1" Title="Question {i}" Tags="&lt;rye&gt;" {(i == 1 ? "ClosedDate=\"2020-02-06T08:00:00.000\"" : "")} />"""));
        dump.Write("PostHistory.xml", "posthistory", """<row Id="4" PostHistoryTypeId="10" PostId="1" CreationDate="2020-02-06T08:00:00.000" Comment="101" Text="{&quot;OriginalQuestionIds&quot;:[150]}" />""");

        var done = await ImportAsync(forum, dump.Path);

        await using var db = forum.Db();
        Assert.Equal(1, done.Duplicates);
        Assert.Equal((await db.Topics.SingleAsync(t => t.Title == "Question 150")).Id, (await db.Closures.SingleAsync()).DuplicateOfId);
    }

    [Fact]
    public async Task Authors_without_an_account_become_one_member_a_name_and_the_nameless_one_former_member()
    {
        await using var forum = await TestForum.StartAsync();
        using var dump = new SmallDump();
        await ImportAsync(forum, dump.Path);

        var posts = await PostsOfAsync(forum, "Sourdough is flat");
        Assert.Equal(["Gone Baker", "Former member", "Gone Baker"], posts.Select(p => p.Author.Name));
        Assert.Equal(posts[0].AuthorId, posts[2].AuthorId);
    }

    [Fact]
    public async Task Handles_are_valid_and_tell_no_more_than_the_name_policy()
    {
        await using var forum = await TestForum.StartAsync();
        using var dump = new SmallDump();
        await forum.MemberAsync("Nadia P1");
        await ImportAsync(forum, dump.Path);

        await using var db = forum.Db();
        var members = await db.Users.ToListAsync();
        Assert.All(members, m => Assert.Null(Handles.Refusal(m.Handle)));
        Assert.DoesNotContain(members, m => m.Handle.Contains("petrova", StringComparison.OrdinalIgnoreCase) || m.Handle.Contains("lindgren", StringComparison.OrdinalIgnoreCase));
        Assert.Equal(members.Count, members.Select(m => m.NormalizedUserName).Distinct().Count());
    }

    [Fact]
    public async Task A_second_run_doubles_nothing()
    {
        await using var forum = await TestForum.StartAsync();
        using var dump = new SmallDump();
        await ImportAsync(forum, dump.Path);
        var before = await FactsAsync(forum);

        var again = await ImportAsync(forum, dump.Path);

        Assert.Equal((0, 0, 0, 0, 0, 0, 0, 0, 0), (again.Topics, again.Replies, again.Solutions, again.Tags, again.Members, again.FormerMembers, again.Closed, again.Duplicates, again.Upvotes));
        Assert.Equal(before, await FactsAsync(forum));
    }

    [Fact]
    public async Task A_later_dump_adds_what_is_new()
    {
        await using var forum = await TestForum.StartAsync();
        using var dump = new SmallDump();
        await ImportAsync(forum, dump.Path);
        dump.Append("Posts.xml", """<row Id="50" PostTypeId="2" ParentId="20" CreationDate="2020-03-01T08:00:00.000" Score="4" Body="&lt;p&gt;Late answer.&lt;/p&gt;" OwnerUserId="1" />""");
        dump.Append("Comments.xml", """<row Id="9" PostId="50" Score="0" Text="Thanks." CreationDate="2020-03-02T08:00:00.000" UserId="2" /><row Id="10" PostId="21" Score="0" Text="Indeed." CreationDate="2020-03-01T07:00:00.000" UserId="2" />""");
        dump.Append("Votes.xml", """<row Id="90" PostId="10" VoteTypeId="2" CreationDate="2020-02-03T00:00:00.000" /><row Id="91" PostId="50" VoteTypeId="2" CreationDate="2020-02-03T00:00:00.000" />""");

        var again = await ImportAsync(forum, dump.Path);

        Assert.Equal((0, 1, 2, 2), (again.Topics, again.Answers, again.Comments, again.Upvotes));
        var posts = await PostsOfAsync(forum, "Sourdough is flat");
        Assert.Equal([1, 2, 3, 4, 5, 6], posts.Select(p => p.Number));
        Assert.Equal(["Indeed.", "<p>Late answer.</p>", "Thanks."], posts.Skip(3).Select(p => p.Markdown));
        Assert.Equal([2, null, 5], posts.Skip(3).Select(p => p.ReplyTo?.Number));
        await using var db = forum.Db();
        var topic = await db.Topics.SingleAsync(t => t.Title == "Sourdough is flat");
        Assert.Equal((5, 6, posts[5].AuthorId), (topic.Replies, topic.LastNumber, topic.LastPosterId));
        await Recount.AssertEverythingAsync(forum);
        Assert.Equal(30, (await db.Users.SingleAsync(m => m.Name == "Nadia Petrova")).Points);
        Assert.Equal(3, (await db.UpvoteDays.SingleAsync(d => d.Day == new DateOnly(2020, 2, 3))).Upvotes);
    }

    [Fact]
    public async Task A_run_stopped_at_any_batch_is_completed_by_the_next()
    {
        await using var whole = await TestForum.StartAsync();
        using var dump = new SmallDump();
        dump.Write("Posts.xml", "posts", Enumerable.Range(1, 320).Select(i =>
            $"""<row Id="{i}" PostTypeId="1" CreationDate="2020-02-01T08:00:00.000" Score="0" Body="&lt;p&gt;Body {i}.&lt;/p&gt;" OwnerUserId="1" Title="Question {i}" Tags="&lt;rye&gt;" />"""));
        dump.Write("Votes.xml", "votes", Enumerable.Range(1, 320).Select(i => $"""<row Id="{i}" PostId="{i}" VoteTypeId="2" CreationDate="2020-02-{1 + i % 20:00}T00:00:00.000" />"""));
        await ImportAsync(whole, dump.Path);
        var expected = await FactsAsync(whole);

        await using var forum = await TestForum.StartAsync();
        foreach (var stage in (string[])["Reading the dump", "Members", "Topics", "Topics"])
        {
            using var stop = new CancellationTokenSource();
            var stopped = await ImportAsync(forum, dump.Path, new Immediate(p =>
            {
                if (p.Stage == stage)
                    stop.Cancel();
            }), stop.Token);
            Assert.True(stopped.Stopped);
        }
        await using (var db = forum.Db())
            Assert.InRange(await db.Topics.CountAsync(), 1, 319);
        Assert.Empty((await forum.Get<Doctor>().RunAsync(Actor.Operator, false, null, default)).Required.Findings);

        Assert.False((await ImportAsync(forum, dump.Path)).Stopped);
        Assert.Equal(expected, await FactsAsync(forum));
    }

    [Fact]
    public async Task Damaged_rows_are_reported_with_their_line_and_the_rest_goes_in()
    {
        await using var forum = await TestForum.StartAsync();
        using var dump = new SmallDump();
        dump.Append("Posts.xml", """
              <row Id="60" PostTypeId="1" CreationDate="yesterday" Score="0" Body="x" OwnerUserId="1" Title="Bad date" />
              <row Id="61" PostTypeId="2" CreationDate="2020-03-01T08:00:00.000" Score="4" Body="No parent" OwnerUserId="1" />
              <row Id="62" PostTypeId="1" CreationDate="2020-03-01T08:00:00.000" Body="cut off
              <row Id="63" PostTypeId="1" CreationDate="2020-03-01T08:00:00.000" Score="1" Body="a < b" OwnerUserId="1" Title="Bare bracket" />
              <row Id="64" PostTypeId="2" ParentId="999" CreationDate="2020-03-01T08:00:00.000" Score="1" Body="Orphan" OwnerUserId="1" />
              <rwo Id="65" />
              stray words
              <row Id="66" PostTypeId="1" CreationDate="2020-03-01T08:00:00.000" Score="two" Body="x" OwnerUserId="1" Title="Bad score" />
              <row Id="67" PostTypeId="1" Id="67" CreationDate= />
              <row Id="10" PostTypeId="1" CreationDate="2020-03-01T08:00:00.000" Score="1" Body="Again" OwnerUserId="1" Title="Twice" />
              <row Id="68" PostTypeId="1" CreationDate="2020-03-01T08:00:00.000" Score="1"
                   Body="Several lines" OwnerUserId="1" Title="On three lines" Tags="&lt;rye&gt;"
              />
              <row Id="69" PostTypeId="1" CreationDate="2020-03-01T08:00:00.000" Score="1" Body="Good" OwnerUserId="1" Title="The last one" />

            """.ReplaceLineEndings("\r\n"));

        var done = await ImportAsync(forum, dump.Path);

        Assert.Equal(5, done.Topics);
        Assert.Equal([11, 12, 13, 14, 15, 16, 17, 18, 19, 20], done.Problems.Select(p => p.Line).Order());
        Assert.All(done.Problems, p => Assert.Equal("Posts.xml", p.File));
        Assert.Contains(done.Problems, p => p is { Line: 11 } && p.What.Contains("yesterday", StringComparison.Ordinal));
        Assert.Contains(done.Problems, p => p is { Line: 12 } && p.What.Contains("ParentId", StringComparison.Ordinal));
        Assert.Single(await PostsOfAsync(forum, "On three lines"));
        Assert.Single(await PostsOfAsync(forum, "The last one"));
    }

    [Fact]
    public async Task A_file_cut_off_in_the_middle_gives_what_it_has()
    {
        await using var forum = await TestForum.StartAsync();
        using var dump = new SmallDump();
        var path = Path.Combine(dump.Path, "Posts.xml");
        var text = await File.ReadAllTextAsync(path);
        await File.WriteAllTextAsync(path, text[..text.IndexOf("Rye", StringComparison.Ordinal)]);

        var done = await ImportAsync(forum, dump.Path);

        Assert.Equal(2, done.Topics);
        Assert.Contains(done.Problems, p => p.What.Contains("ends before", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_dump_in_one_line_without_history_or_votes_is_taken_too()
    {
        await using var forum = await TestForum.StartAsync();
        using var dump = new SmallDump();
        foreach (var file in (string[])["PostHistory.xml", "Comments.xml", "Votes.xml", "PostLinks.xml"])
            dump.Remove(file);
        var path = Path.Combine(dump.Path, "Posts.xml");
        await File.WriteAllTextAsync(path, (await File.ReadAllTextAsync(path)).Replace("\r\n", "", StringComparison.Ordinal), new UTF8Encoding(false));

        var done = await ImportAsync(forum, dump.Path);

        Assert.Equal((3, 4, 0, 2), (done.Topics, done.Answers, done.Comments, done.Solutions));
        Assert.Equal(["Comments.xml", "PostHistory.xml", "PostLinks.xml", "Votes.xml"], done.Problems.Select(p => p.File).Order(StringComparer.Ordinal));
        Assert.Contains("HTML of the question.", (await PostsOfAsync(forum, "Why does my sourdough not rise?"))[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_that_no_parser_of_ours_takes_is_not_lost()
    {
        await using var forum = await TestForum.StartAsync();
        using var dump = new SmallDump();
        var bomb = new string('[', 5000);
        var @long = new string('x', 40_000);
        dump.Append("PostHistory.xml", $"""<row Id="70" PostHistoryTypeId="5" PostId="11" CreationDate="2020-02-02T08:00:00.000" Text="{bomb}" />""");
        dump.Append("Comments.xml", $"""<row Id="71" PostId="10" Text="{@long}" CreationDate="2020-02-04T08:30:00.000" UserId="2" />""");

        var done = await ImportAsync(forum, dump.Path);

        Assert.Equal(["Comments.xml", "Posts.xml"], done.Problems.Select(p => p.File).Order(StringComparer.Ordinal));
        var posts = await PostsOfAsync(forum, "Why does my sourdough not rise?");
        Assert.Contains(posts, p => p.Markdown == "<p>Too cold.</p>");
        Assert.Contains(posts, p => p.Markdown == @long);
    }

    [Theory]
    [InlineData("Posts.xml")]
    [InlineData("Users.xml")]
    public async Task A_missing_file_is_one_clear_sentence(string file)
    {
        await using var forum = await TestForum.StartAsync();
        using var dump = new SmallDump();
        dump.Remove(file);

        var result = await forum.Get<StackExchangeImport>().RunAsync(Actor.Operator, dump.Path, "bread", null, default);

        Assert.StartsWith($"{file} is missing", result.Refusal!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_folder_a_file_or_an_empty_dump_is_refused_and_nothing_is_made()
    {
        await using var forum = await TestForum.StartAsync();
        using var dump = new SmallDump();
        var import = forum.Get<StackExchangeImport>();

        Assert.Contains("no folder", (await import.RunAsync(Actor.Operator, "/nowhere/at/all", "bread", null, default)).Refusal!.ToString(), StringComparison.Ordinal);
        Assert.Contains("is a file", (await import.RunAsync(Actor.Operator, Path.Combine(dump.Path, "Posts.xml"), "bread", null, default)).Refusal!.ToString(), StringComparison.Ordinal);
        await File.WriteAllBytesAsync(Path.Combine(dump.Path, "Posts.xml"), [1, 2, 3, 0, 255]);
        Assert.Contains("no question", (await import.RunAsync(Actor.Operator, dump.Path, "bread", null, default)).Refusal!.ToString(), StringComparison.Ordinal);
        Assert.Equal("board", (await import.RunAsync(Actor.Operator, dump.Path, "Bread!", null, default)).Refusal!.Field);

        await using var db = forum.Db();
        Assert.False(await db.Boards.AnyAsync());
        Assert.False(await db.Users.AnyAsync());
    }

    [Fact]
    public async Task Only_administrators_import()
    {
        await using var forum = await TestForum.StartAsync();
        using var dump = new SmallDump();
        var member = await forum.MemberAsync(role: SiteRole.Manager);

        Assert.Equal(RefusalKind.Forbidden, (await forum.Get<StackExchangeImport>().RunAsync(member, dump.Path, "bread", null, default)).Refusal!.Kind);
    }

    [DataFact("se_beer")]
    public async Task The_beer_site_comes_in_whole()
    {
        await using var forum = await TestForum.StartAsync();

        var done = (await forum.Get<StackExchangeImport>().RunAsync(Actor.Operator, TestData.Require("se_beer"), "beer", null, default)).Required;

        Assert.Equal((1029, 2277, 619, 153, 6863, 76), (done.Topics, done.Answers, done.Solutions, done.Tags, done.Members, done.Closed));
        Assert.Empty(done.Problems);
        await using var db = forum.Db();
        Assert.Equal(1029 + 2277 + done.Comments, await db.Posts.CountAsync());
        Assert.Equal(done.Upvotes, await db.ImportedUpvotes.SumAsync(u => u.Count));
        Assert.Equal(done.Upvotes, await db.UpvoteDays.SumAsync(d => d.Upvotes));

        Assert.Empty((await forum.Get<Doctor>().RunAsync(Actor.Operator, false, null, default)).Required.Findings);

        var again = (await forum.Get<StackExchangeImport>().RunAsync(Actor.Operator, TestData.Require("se_beer"), "beer", null, default)).Required;
        Assert.Equal((0, 0, 0, 0, 0), (again.Topics, again.Replies, again.Members, again.FormerMembers, again.Upvotes));
    }

    /// <summary>Everything that two runs must agree on.</summary>
    private static async Task<string> FactsAsync(TestForum forum)
    {
        await using var db = forum.Db();
        var facts = new StringBuilder();
        foreach (var b in await db.Boards.AsNoTracking().ToListAsync())
            facts.AppendLine($"{b.Slug} {b.Topics} {b.Posts} {b.Solved}");
        foreach (var t in await db.Topics.AsNoTracking().OrderBy(t => t.Title).ToListAsync())
            facts.AppendLine($"{t.Title} {t.Replies} {t.LastNumber} {t.LastActivity:O} {t.Score} {t.Solved}");
        foreach (var m in await db.Users.AsNoTracking().OrderBy(m => m.UserName).ToListAsync())
            facts.AppendLine($"{m.UserName} {m.Posts} {m.Points} {m.Solutions}");
        foreach (var t in await db.Tags.AsNoTracking().OrderBy(t => t.Name).ToListAsync())
            facts.AppendLine($"{t.Name} {t.Topics}");
        facts.AppendLine($"{await db.Posts.CountAsync()} {await db.Solutions.CountAsync()} {await db.Closures.CountAsync()} {await db.ImportedRows.CountAsync()} {await db.PointEntries.CountAsync()}");
        facts.AppendLine($"{await db.ImportedUpvotes.SumAsync(u => u.Count)} {await db.UpvoteDays.SumAsync(d => d.Upvotes)} {await db.TopicTags.CountAsync()}");
        return facts.ToString();
    }

    /// <summary>Progress told at once, on the thread that makes it.</summary>
    private sealed class Immediate(Action<TransferProgress> told) : IProgress<TransferProgress>
    {
        public void Report(TransferProgress value) => told(value);
    }
}
