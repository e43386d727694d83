using System.Diagnostics;
using Forum.Boards;
using Forum.Members;
using Forum.Search;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;

namespace Forum.Tests.Search;

public sealed class SearchTests
{
    [Fact]
    public async Task A_new_post_is_found_within_a_second()
    {
        await using var forum = await SearchForum.StartAsync();
        await forum.AskAsync("Is the code warm already?", "The first of all posts waits for the compiler.");
        await forum.TitlesAsync("compiler");
        var watch = Stopwatch.StartNew();

        await forum.AskAsync("How do I clean a copper kettle?", "It is black inside.");
        await forum.CaughtUpAsync();

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(1), $"It took {watch.Elapsed}.");
        Assert.Equal(["How do I clean a copper kettle?"], await forum.TitlesAsync("copper kettle"));
    }

    [Fact]
    public async Task A_topic_is_found_once_by_whichever_of_its_posts_fits_best()
    {
        await using var forum = await SearchForum.StartAsync();
        var topic = await forum.AskAsync("Which glass for which beer?", "I own two glasses.");
        await forum.ReplyAsync(topic, "A snifter keeps the aroma of strong ales.");
        var best = await forum.ReplyAsync(topic, "The tulip glass, the tulip shape holds foam and aroma.");
        await forum.ReplyAsync(topic, "Any glass does.");

        var item = Assert.Single((await forum.FindAsync("tulip glass")).Items);

        Assert.Equal((topic.Id, best.Id, best.Number), (item.TopicId, item.PostId, item.Number));
    }

    [Fact]
    public async Task Replies_beyond_the_first_are_found_too()
    {
        await using var forum = await SearchForum.StartAsync();
        var topic = await forum.AskAsync("Say hello to each other here", "Introduce yourself.");
        for (var i = 0; i < SearchDocument.LastOwnNumber + 3; i++)
            await forum.ReplyAsync(topic, $"Hello, I am number {i}.");
        var last = await forum.ReplyAsync(topic, "I came for the xylophones.");

        var item = Assert.Single((await forum.FindAsync("xylophone")).Items);

        Assert.Equal(last.Id, item.PostId);
    }

    [Fact]
    public async Task The_accepted_solution_is_what_the_card_shows()
    {
        await using var forum = await SearchForum.StartAsync();
        var topic = await forum.AskAsync("Why does my beer gush out?", "The beer gushes, beer everywhere.");
        await forum.ReplyAsync(topic, "Beer beer beer gush gush.");
        var solution = await forum.ReplyAsync(topic, "There is too much sugar in the beer when you bottle it.");
        await forum.AcceptAsync(solution);

        var item = Assert.Single((await forum.FindAsync("beer gush")).Items);

        Assert.Equal(solution.Id, item.PostId);
        Assert.True(item.Solved);
        Assert.Equal("There is too much sugar in the <mark>beer</mark> when you bottle it.", SnippetHtml.Of(item.Snippet));
    }

    [Fact]
    public async Task Of_two_alike_the_solved_one_comes_first_and_the_closed_one_last()
    {
        await using var forum = await SearchForum.StartAsync();
        await forum.AskAsync("Open: cloudy cider", "My cider is cloudy.");
        var closed = await forum.AskAsync("Shut: cloudy cider", "My cider is cloudy.");
        await forum.WriteAsync(deed =>
        {
            deed.Db.Closures.Add(new Closure { TopicId = closed.Id, Reason = ClosureReason.OffTopic, Closed = deed.Now });
            deed.Tell(new Forum.Outbox.PostEdited(closed.Id, closed.BoardId, 0, 1));
            return Task.FromResult(0);
        });
        var solved = await forum.AskAsync("Done: cloudy cider", "My cider is cloudy.");
        await forum.AcceptAsync(await forum.ReplyAsync(solved, "Wait."));

        Assert.Equal(["Done: cloudy cider", "Open: cloudy cider", "Shut: cloudy cider"], await forum.TitlesAsync("cloudy cider"));
    }

    [Fact]
    public async Task Votes_count_a_little()
    {
        await using var forum = await SearchForum.StartAsync();
        var loved = await forum.AskAsync("First: stuck fermentation", "It stopped.");
        await forum.AskAsync("Second: stuck fermentation", "It stopped.");
        Assert.Equal("Second: stuck fermentation", (await forum.TitlesAsync("stuck fermentation")).First());

        await forum.WriteAsync(async deed =>
        {
            var post = await deed.Db.Posts.SingleAsync(p => p.TopicId == loved.Id);
            post.Score = 30;
            deed.Tell(new Forum.Outbox.VoteChanged(loved.Id, loved.BoardId, post.Id, post.AuthorId));
            return 0;
        });

        Assert.Equal("First: stuck fermentation", (await forum.TitlesAsync("stuck fermentation")).First());
        Assert.Equal("First: stuck fermentation", (await forum.TitlesAsync("stuck", request: new(null, Sort: SearchSort.Votes))).First());
    }

    [Fact]
    public async Task A_natural_question_finds_what_has_some_of_its_words()
    {
        await using var forum = await SearchForum.StartAsync();
        await forum.AskAsync("Foam is gone after a minute", "The head of my wheat beer collapses.");
        await forum.AskAsync("Wheat bread recipe", "Flour and water.");

        Assert.Equal("Foam is gone after a minute", (await forum.TitlesAsync("Why is there no head on the wheat beers that I pour?")).First());
    }

    [Fact]
    public async Task Words_in_the_title_and_words_that_stand_together_come_first()
    {
        await using var forum = await SearchForum.StartAsync();
        await forum.AskAsync("A cold night", "The yeast in it was warm and the starter came to the other end of the cellar, far from any of it.");
        await forum.AskAsync("A cold day", "The yeast starter was warm and came to the other end of the cellar in it, far from any of the.");
        Assert.Equal(["A cold day", "A cold night"], await forum.TitlesAsync("yeast starter"));

        await forum.AskAsync("Starter", "The yeast in it was warm and the starter came to the other end of the cellar, far from any.");
        Assert.Equal("Starter", (await forum.TitlesAsync("yeast warm starter")).First());
    }

    [Fact]
    public async Task In_the_order_of_age_or_votes_topics_with_all_of_the_words_are_found_or_with_most_where_none_has_all()
    {
        await using var forum = await SearchForum.StartAsync();
        foreach (var text in new[] { "copper kettle valve", "kettle valve", "kettle" })
        {
            await forum.AskAsync($"About a {text}", "Some text.");
            forum.Engine.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(["About a copper kettle valve"], await forum.TitlesAsync("copper kettle valve", request: new(null, Sort: SearchSort.Newest)));
        Assert.Equal(["About a kettle valve", "About a copper kettle valve"], await forum.TitlesAsync("steel kettle valve", request: new(null, Sort: SearchSort.Newest)));
        Assert.Equal(["About a kettle", "About a kettle valve", "About a copper kettle valve"], await forum.TitlesAsync("kettle spoon ladle", request: new(null, Sort: SearchSort.Newest)));
        Assert.Equal(3, (await forum.FindAsync("copper kettle valve")).Total);
    }

    [Fact]
    public async Task Filters_narrow_the_search()
    {
        await using var forum = await SearchForum.StartAsync();
        var other = await forum.MemberAsync("brewster", "Bea Brewster");
        var child = await forum.BoardAsync("kegs", ReadAccess.Everyone, parent: forum.Board.Id);
        var chat = await forum.BoardAsync("chat", ReadAccess.Everyone, BoardKind.Conversation);
        await forum.AskAsync("Hops in a keg, please", "Hops.", child, other, "hops", "kegging");
        var solved = await forum.AskAsync("Hops in a bottle, please", "Hops.", null, null, "hops");
        await forum.AcceptAsync(await forum.ReplyAsync(solved, "Hops, dried.", other));
        await forum.AskAsync("Talk about hops here", "Hops.", chat);
        await forum.CaughtUpAsync();

        async Task<string> Of(string? query, SearchRequest? request = null) =>
            string.Join(' ', (await forum.FindAsync(query, null, request)).Items.Select(i => i.Title.Split(' ')[2]).Order());

        Assert.Equal("a a hops", await Of("hops"));
        Assert.Equal("hops", await Of("hops board:chat"));
        Assert.Equal("a a", await Of("hops", new(null, Board: "help")));
        Assert.Equal("a", await Of("hops", new(null, Board: "kegs")));
        Assert.Equal("a", await Of("hops tag:kegging"));
        Assert.Equal("a a", await Of("hops", new(null, Tag: "HOPS")));
        Assert.Equal("a a", await Of("hops user:brewster"));
        Assert.Equal("a", await Of("hops", new(null, Author: "Brewster", Solved: true)));
        Assert.Equal("a", await Of("hops is:solved"));
        Assert.Equal("a", await Of("hops is:unsolved"));
        Assert.Equal("a hops", await Of("is:unanswered"));
        Assert.Equal("", await Of("hops user:nobody-such"));
        Assert.Equal("", await Of("hops board:nowhere"));
        Assert.Equal("", await Of("dried in:title"));
        Assert.Equal("a a hops", await Of("hops before:2026-03-03 after:2026-03-01"));
        Assert.Equal("", await Of("hops before:2026-03-02"));
    }

    [Fact]
    public async Task Posts_are_found_by_what_they_hold_by_their_score_and_by_who_speaks_for_the_staff()
    {
        await using var forum = await SearchForum.StartAsync();
        await forum.AskAsync("One: the mash is stuck", "```\nmash --slow\n```");
        var image = await forum.AskAsync("Two: the mash is stuck", "See ![the mash](/uploads/a/mash.png)");
        var plain = await forum.AskAsync("Three: the mash is stuck", "It does not run.");
        await forum.ReplyAsync(plain, "Staff say that the mash must rest.", await forum.MemberAsync("stella", "Stella Staff", SiteRole.Staff));
        await forum.WriteAsync(async deed =>
        {
            var post = await deed.Db.Posts.SingleAsync(p => p.TopicId == image.Id);
            post.Score = 6;
            deed.Tell(new Forum.Outbox.VoteChanged(image.Id, image.BoardId, post.Id, post.AuthorId));
            return 0;
        });
        await forum.CaughtUpAsync();

        async Task<string> Of(string query) => string.Join(' ', (await forum.TitlesAsync(query)).Select(t => t[..t.IndexOf(':', StringComparison.Ordinal)]).Order());

        Assert.Equal("One Three Two", await Of("mash"));
        Assert.Equal("One", await Of("mash has:code"));
        Assert.Equal("Two", await Of("has:image"));
        Assert.Equal("Three", await Of("mash is:staff"));
        // A moderator speaks for the staff on their own board alone.
        var elsewhere = await forum.BoardAsync("malts", ReadAccess.Everyone);
        var moderator = await forum.MemberAsync("modesty", "Modesta Moder");
        await forum.WriteAsync(async deed =>
        {
            deed.Db.BoardModerators.Add(new BoardModerator { BoardId = elsewhere.Id, MemberId = moderator.Id });
            await deed.Db.SaveChangesAsync();
            return 0;
        });
        await forum.ReplyAsync(image, "The mash of moderators.", moderator);
        await forum.AskAsync("Four: the mash is stuck", "On my board.", elsewhere, moderator);
        Assert.Equal("Four Three", await Of("mash is:staff"));
        Assert.Equal("Two", await Of("mash score:>5"));
        Assert.Equal("Two", await Of("mash score:6"));
        Assert.Equal("", await Of("mash score:>6"));
        Assert.Equal("Four One Three Two", await Of("mash score:<=5"));
        // What is no operator is words.
        Assert.Equal("Four One Three Two", await Of("mash has:wings score:many"));
    }

    [Fact]
    public async Task Topics_of_a_merged_or_renamed_tag_are_found_by_either_name_at_once()
    {
        await using var forum = await SearchForum.StartAsync();
        var hops = await forum.AskAsync("Hops in a keg, please", "Hops.", tags: "kegging");
        await forum.ReplyAsync(hops, "Steam it before.");
        await forum.AskAsync("Yeast in a keg, please", "Yeast.", tags: "kegs");
        await forum.CaughtUpAsync();

        _ = (await forum.Engine.Get<MergeTag>().RunAsync(Actor.Operator, "kegging", "kegs", default)).Required;
        foreach (var name in new[] { "kegging", "kegs", "KEGS" })
        {
            Assert.Equal(2, (await forum.FindAsync($"tag:{name}")).Total);
            Assert.Equal(["Hops in a keg, please"], await forum.TitlesAsync("steam", null, new(null, Tag: name)));
        }
        _ = (await forum.Engine.Get<RenameTag>().RunAsync(Actor.Operator, "kegs", "barrels", default)).Required;
        foreach (var name in new[] { "kegging", "kegs", "barrels" })
            Assert.Equal(2, (await forum.FindAsync($"tag:{name}")).Total);
        Assert.Equal(0, (await forum.FindAsync("tag:casks")).Total);
    }

    [Fact]
    public async Task A_name_that_was_taken_away_from_a_tag_finds_its_topics_no_more_and_the_tag_finds_all_of_them()
    {
        await using var forum = await SearchForum.StartAsync();
        await forum.AskAsync("Hops in a keg, please", "Hops.", tags: "kegging");
        await forum.AskAsync("Yeast in a keg, please", "Yeast.", tags: "kegs");
        await forum.AskAsync("Casks in a cellar, please", "Casks.", tags: "casks");
        await forum.CaughtUpAsync();
        _ = (await forum.Engine.Get<MergeTag>().RunAsync(Actor.Operator, "kegging", "kegs", default)).Required;

        _ = (await forum.Engine.Get<MergeTag>().RunAsync(Actor.Operator, "kegging", "casks", default)).Required;
        Assert.Equal((1, 1, 2), ((await forum.FindAsync("tag:kegging")).Total, (await forum.FindAsync("tag:casks")).Total, (await forum.FindAsync("tag:kegs")).Total));
        _ = (await forum.Engine.Get<FreeSynonym>().RunAsync(Actor.Operator, "kegging", default)).Required;
        Assert.Equal((0, 1, 2), ((await forum.FindAsync("tag:kegging")).Total, (await forum.FindAsync("tag:casks")).Total, (await forum.FindAsync("tag:kegs")).Total));
    }

    [Fact]
    public async Task Phrases_are_exact_and_a_minus_leaves_out_the_whole_topic()
    {
        await using var forum = await SearchForum.StartAsync();
        await forum.AskAsync("About the order, one", "A dry stout of Cork.");
        var two = await forum.AskAsync("About the order, two", "A stout dry as dust.");
        await forum.ReplyAsync(two, "Drying stouts takes long, says the stout brewer.");

        Assert.Equal(["About the order, one"], await forum.TitlesAsync("“dry stout”"));
        Assert.Equal(["About the order, one"], await forum.TitlesAsync("stout -dust"));
        Assert.Empty(await forum.TitlesAsync("\"drying stout\""));
        Assert.Equal(["About the order, two"], await forum.TitlesAsync("stout -\"dry stout\""));
    }

    [Fact]
    public async Task Nothing_asked_lists_the_newest_first()
    {
        await using var forum = await SearchForum.StartAsync();
        for (var i = 1; i <= 5; i++)
        {
            await forum.AskAsync($"Topic with the number {i}", "Some text.");
            forum.Engine.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        var first = await forum.FindAsync("", null, new(null, Size: 2));
        var last = await forum.FindAsync(" ", null, new(null, Size: 2, Page: 3));

        Assert.Equal(["Topic with the number 5", "Topic with the number 4"], first.Items.Select(i => i.Title));
        Assert.Equal((5, 2), (first.Total, first.Next));
        Assert.Equal(["Topic with the number 1"], last.Items.Select(i => i.Title));
        Assert.Null(last.Next);
    }

    [Theory]
    [InlineData("Interfaces in C# and Java", "C#")]
    [InlineData("Interfaces in C# and Java", "c# interface")]
    [InlineData("Templates of C++ explained", "C++")]
    [InlineData("Upgrading to .NET 10", ".net")]
    [InlineData("ASP.NET says no", ".NET")]
    [InlineData("Member ID is missing", "ID")]
    [InlineData("IT support is slow", "IT is slow")]
    [InlineData("Error 0x80070005 at start", "0x80070005")]
    [InlineData("Version 2.1.3 fails", "2.1.3")]
    [InlineData("An e-mail never came", "email")]
    [InlineData("An email never came", "e-mail")]
    [InlineData("System.IO.File throws", "file")]
    [InlineData("snake_case or not", "snake_case")]
    [InlineData("snake_case or not", "snake")]
    [InlineData("NullReferenceException at start", "null reference")]
    [InlineData("NullReferenceException at start", "nullreferenceexception")]
    [InlineData("The HTTPServerError of it", "server error")]
    [InlineData("Call getUserName twice", "user name")]
    [InlineData("Call getUserName twice", "getUserName")]
    [InlineData("What f(x) means", "f(x)")]
    [InlineData("Nothing in /etc/nginx/nginx.conf", "nginx.conf")]
    [InlineData("Nothing in /etc/nginx/nginx.conf", "/etc/nginx/nginx.conf")]
    [InlineData(@"Not in C:\Windows\System32", @"C:\Windows\System32")]
    [InlineData("Error CS1061 again", "cs1061")]
    [InlineData("ORA-00942 after the update", "ora-00942")]
    [InlineData("What parseJSON does", "json parse")]
    [InlineData("The iPhone rings", "iphone")]
    [InlineData("Mes œuvres complètes", "oeuvre completes")]
    [InlineData("Mes oeuvres completes", "œuvres complètes")]
    [InlineData("L’œuvre du brasseur", "oeuvre")]
    [InlineData("İstanbul bira evi", "istanbul")]
    [InlineData("Straße nach München", "strasse munchen")]
    [InlineData("I don’t know it", "don't know")]
    [InlineData("ビールの泡が消える", "ビール")]
    [InlineData("ﾋﾞｰﾙの泡", "ビール")]
    [InlineData("啤酒泡沫消失了", "泡沫")]
    [InlineData("맥주 거품이 없다", "맥주")]
    [InlineData("Пиво и ёлка", "елка")]
    [InlineData("zero\u200Bwidth\u00ADword", "zerowidthword")]
    [InlineData("Cheers 🍺 all", "🍺")]
    public async Task Words_of_every_kind_are_found(string title, string query)
    {
        await using var forum = await SearchForum.StartAsync();
        await forum.AskAsync("Something else altogether", "A fishing net, the letter C, a plus and 2 more, 泡菜.");
        await forum.AskAsync(title, "See above.");

        Assert.Equal(title, (await forum.TitlesAsync(query)).FirstOrDefault());
    }

    [Fact]
    public async Task A_misspelled_word_finds_its_word_when_nothing_else_does()
    {
        await using var forum = await SearchForum.StartAsync();
        await forum.AskAsync("How long does fermentation take?", "I wait.");
        var secret = await forum.BoardAsync("staff", ReadAccess.Staff);
        await forum.AskAsync("The word is abracadabra, you know", "abracadabra", secret);

        var found = await forum.FindAsync("fermantation");

        Assert.Equal("fermentation", found.Corrected);
        Assert.Single(found.Items);
        Assert.Null((await forum.FindAsync("abracadabro")).Corrected);
        Assert.Empty((await forum.FindAsync("zzzzqqqq")).Items);
    }

    [Fact]
    public async Task Each_topic_can_tell_by_which_words_it_was_found()
    {
        await using var forum = await SearchForum.StartAsync();
        var topic = await forum.AskAsync("Münchner Lagerung", "How cold?");
        await forum.ReplyAsync(topic, "Cellar temperature.");
        await forum.ReplyAsync(topic, "The C# thermometer says 4 degrees, as cold as it gets.");
        await forum.AskAsync("Another lager", "It has one word alone.");

        async Task<IEnumerable<string>> Why(string query)
        {
            var why = (await forum.FindAsync(query, null, new(null, Explained: true))).Items.Single(i => i.TopicId == topic.Id).Why!;
            return why.Words.Concat(why.Corrected.Select(w => $"{w.Used} for {w.Asked}"));
        }

        // The words may stand in different posts of the topic; what it does not have is not named.
        Assert.Equal(["MÜNCHNER", "CELLARS", "c#"], await Why("the MÜNCHNER CELLARS unicorn c#"));
        Assert.Equal(["“How cold”", "degrees"], await Why("\"How cold\" degrees"));
        Assert.Equal(["thermometer", "thermometer for thermomether"], await Why("thermomether"));
        Assert.Equal(["Lagerung"], await Why("Lagerung cellar in:title"));
        Assert.Empty(await Why("is:unsolved board:help"));
        Assert.Null((await forum.FindAsync("cellar")).Items.Single().Why);
    }

    [Fact]
    public async Task What_one_may_not_read_is_not_found()
    {
        await using var forum = await SearchForum.StartAsync();
        var staff = Actor.Member((await forum.MemberAsync("boss", "Bob Boss", SiteRole.Moderator)).Id);
        var keeper = await forum.MemberAsync("keeper", "Kim Keeper");
        var member = Actor.Member(forum.Asker.Id);
        var inner = await forum.BoardAsync("inner", ReadAccess.Members);
        var secret = await forum.BoardAsync("secret", ReadAccess.Staff);
        await forum.WriteAsync(deed =>
        {
            deed.Db.BoardModerators.Add(new BoardModerator { BoardId = secret.Id, MemberId = keeper.Id });
            return Task.FromResult(0);
        });
        await forum.AskAsync("Porter for everyone", "porter");
        await forum.AskAsync("Porter for members", "porter", inner);
        await forum.AskAsync("Porter for the staff", "porter", secret);
        var hidden = await forum.AskAsync("Porter that is hidden", "porter");
        await forum.ReplyAsync(hidden, "porter");
        await forum.ShowAsync(hidden.Id, 1, Visibility.Hidden);
        var deleted = await forum.AskAsync("Porter that was deleted", "porter");
        await forum.ShowAsync(deleted.Id, 1, Visibility.Deleted);
        var open = await forum.AskAsync("Nothing of that sort", "stout");
        await forum.ReplyAsync(open, "porter porter");
        await forum.ShowAsync(open.Id, 2, Visibility.Hidden);

        foreach (var (actor, count) in new[] { (Actor.Visitor, 1), (member, 2), (staff, 3), (Actor.Member(keeper.Id), 3), (Actor.Operator, 3) })
        {
            var found = await forum.FindAsync("porter", actor);
            Assert.Equal((count, count), (found.Total, found.Items.Count));
            var similar = await forum.Engine.Get<SimilarQuestions>().FindAsync(actor, "Porter, please", null, 10, default);
            Assert.Equal(count, similar.Count);
        }
        Assert.Empty((await forum.FindAsync("porter board:secret", member)).Items);

        await forum.ShowAsync(hidden.Id, 1, Visibility.Visible);
        await forum.WriteAsync(async deed => (await deed.Db.Boards.SingleAsync(b => b.Id == inner.Id)).Read = ReadAccess.Everyone);
        Assert.Equal(3, (await forum.FindAsync("porter")).Total);
    }

    [Fact]
    public async Task A_moderator_of_the_board_is_shown_as_staff_there_and_no_name_is_shown_in_full()
    {
        await using var forum = await SearchForum.StartAsync();
        var keeper = await forum.MemberAsync("keeper", "Kim Keeper");
        await forum.WriteAsync(deed =>
        {
            deed.Db.BoardModerators.Add(new BoardModerator { BoardId = forum.Board.Id, MemberId = keeper.Id });
            return Task.FromResult(0);
        });
        await forum.AskAsync("Gose with coriander and salt", "Tried it?", null, keeper);
        await forum.AskAsync("Gose without coriander", "Tried it?");

        var items = (await forum.FindAsync("gose")).Items.OrderBy(i => i.TopicId).ToList();

        Assert.Equal([("Kim K", true), ("Ada A", false)], items.Select(i => (i.Author.DisplayName, i.Author.Staff)));
    }

    [Fact]
    public async Task Imported_topics_are_found_with_all_their_posts()
    {
        await using var forum = await SearchForum.StartAsync(indexing: false);
        var first = await forum.AskAsync("Imported: sour mash or not", "One.");
        await forum.ReplyAsync(first, "Sour indeed.");
        var last = await forum.AskAsync("Imported: sweet mash or not", "Two.");
        await forum.IndexAsync();
        await forum.WriteAsync(async deed =>
        {
            await deed.Db.Posts.ExecuteUpdateAsync(set => set.SetProperty(p => p.Text, p => p.Text + " lactobacillus"));
            deed.Tell(new Forum.Outbox.TopicsImported(first.Id, last.Id, first.BoardId));
            return 0;
        });

        Assert.Equal(2, (await forum.FindAsync("lactobacillus")).Total);
        Assert.Equal(3, forum.Index.Documents);
    }

    [Fact]
    public async Task On_a_conversation_board_nothing_is_shown_as_solved()
    {
        await using var forum = await SearchForum.StartAsync();
        var chat = await forum.BoardAsync("chat", ReadAccess.Everyone, BoardKind.Conversation);
        var topic = await forum.AskAsync("What do you drink tonight?", "Tell us.", chat);
        await forum.AcceptAsync(await forum.ReplyAsync(topic, "A helles tonight."));

        Assert.False(Assert.Single((await forum.FindAsync("helles tonight")).Items).Solved);
        Assert.Empty((await forum.FindAsync("tonight is:solved")).Items);
    }

    [Fact]
    public async Task Edits_are_found_by_their_new_words_only()
    {
        await using var forum = await SearchForum.StartAsync();
        var topic = await forum.AskAsync("Barley or oats for this?", "Barley.");
        var reply = await forum.ReplyAsync(topic, "Take barley.");
        await forum.CaughtUpAsync();

        await forum.WriteAsync(async deed =>
        {
            (await deed.Db.Topics.SingleAsync(t => t.Id == topic.Id)).Title = "Rye or oats for this?";
            foreach (var post in await deed.Db.Posts.Where(p => p.TopicId == topic.Id).ToListAsync())
            {
                post.Text = "Rye.";
                deed.Tell(new Forum.Outbox.PostEdited(topic.Id, topic.BoardId, post.Id, post.Number));
            }
            return 0;
        });

        Assert.Empty(await forum.TitlesAsync("barley"));
        Assert.Equal(["Rye or oats for this?"], await forum.TitlesAsync("rye"));
        Assert.Equal(2, forum.Index.Documents);
    }

    private static readonly string[] odd = [
        "", " ", "\0", "\"", "\"\"", "\"a", "-", "--", "- -", "-\"", "-a", "-a -b", ":", "a:", ":a", "is:", "is:nothing", "in:title", "user:", "user:@", "tag:\"a b\"", "before:never", "after:9999", "before:0001",
        "* OR *:*", "a* ?b [a TO b] {x} ~2 ^3 && || !(", "\\", "a\\", "text:secret", "field:(a b)", "\uD800", "a\uDC00b", "\u200B\u200B", "'", "’s", "...", ".", "#", "+", "c+++", "c##", "1.2.3.4.5.6.7", "%00", "<script>alert(1)</script>", "'; DROP TABLE Topics; --",
        "NOT AND OR", "the of and", new string('a', 40_000), string.Join(' ', Enumerable.Range(0, 5000)), string.Concat(Enumerable.Repeat("\"x\" ", 400)), string.Concat(Enumerable.Repeat("é", 600)), new string('泡', 900), "z" + new string('\u0301', 500), "👩‍👩‍👧‍👦", "-2147024891", "\u202Eabc"];

    /// <summary>By place, since not every one of them survives being written into a report.</summary>
    public static TheoryData<int> Oddities => [.. Enumerable.Range(0, odd.Length)];

    [Theory]
    [MemberData(nameof(Oddities))]
    public async Task No_query_is_an_error(int number)
    {
        var query = odd[number];
        var forum = await Shared.Value;

        Assert.NotNull((await forum.FindAsync(query)).Items);
        Assert.NotNull((await forum.FindAsync(query, null, new(null, query, query, query, Page: int.MaxValue, Size: -1))).Items);
        Assert.NotNull((await forum.Engine.Get<TopicSearchQueries>().SearchAsync(Actor.Visitor, 1, query, int.MaxValue, default)).Required.Items);
        Assert.NotNull(await forum.Engine.Get<SimilarQuestions>().FindAsync(Actor.Visitor, query, query, 5, default));
        Assert.True(forum.Index.IsReady);
    }

    /// <summary>One forum for all odd queries: they must not disturb each other either.</summary>
    private static readonly Lazy<Task<SearchForum>> Shared = new(async () =>
    {
        var forum = await SearchForum.StartAsync();
        foreach (var text in odd)
            await forum.AskAsync("An odd title of some length", text);
        return forum;
    });

    [Fact]
    public async Task A_closed_duplicate_leads_to_its_original_which_is_shown_once()
    {
        await using var forum = await SearchForum.StartAsync();
        var secret = await forum.BoardAsync("secret", ReadAccess.Staff);
        var original = await forum.AskAsync("Keeping the head on a pour", "It collapses.");
        var hidden = await forum.AskAsync("Of the staff", "It collapses, too.", secret);
        foreach (var (title, of) in new[] { ("Foam of my wheat beer is gone", original), ("Foam of the wheat beer collapses", original), ("Foam on wheat beer in the back room", hidden) })
        {
            var duplicate = await forum.AskAsync(title, "Why?");
            await forum.WriteAsync(async deed =>
            {
                deed.Db.Closures.Add(new Closure { TopicId = duplicate.Id, Reason = ClosureReason.Duplicate, DuplicateOfId = of.Id, Closed = deed.Now });
                return await Task.FromResult(0);
            });
        }
        await forum.CaughtUpAsync();

        var found = await forum.Engine.Get<SimilarQuestions>().FindAsync(Actor.Visitor, "Where is the foam of wheat beer?", null, 5, default);
        Assert.Equal(["Keeping the head on a pour", "Foam on wheat beer in the back room"], found.Select(f => f.Title).Order().Reverse());
        Assert.DoesNotContain("Keeping the head on a pour", (await forum.Engine.Get<SimilarQuestions>().BesideAsync(Rights.OfVisitor, original.Id, "Foam of wheat beer is gone", 5, default)).Select(f => f.Title));
    }

    [Fact]
    public async Task Similar_questions_show_their_solution()
    {
        await using var forum = await SearchForum.StartAsync();
        var topic = await forum.AskAsync("How can I keep the foam on wheat beer?", "It collapses.");
        await forum.AcceptAsync(await forum.ReplyAsync(topic, "Rinse the glass with cold water."));
        var own = await forum.AskAsync("Foam of my wheat beer is gone", "Why?");
        await forum.AskAsync("Unrelated question on wine", "Red?");
        await forum.CaughtUpAsync();

        var found = await forum.Engine.Get<SimilarQuestions>().BesideAsync(Rights.OfVisitor, own.Id, own.Title, 5, default);

        var item = Assert.Single(found);
        Assert.Equal((topic.Id, true, 1, "Rinse the glass with cold water."), (item.TopicId, item.Solved, item.Replies, item.Solution));
        Assert.Empty(await forum.Engine.Get<SimilarQuestions>().FindAsync(Actor.Visitor, "Foam", null, 5, default));
    }

    [Fact]
    public void A_snippet_is_encoded_piece_by_piece()
    {
        Assert.Equal("&lt;b&gt;<mark>&lt;x&gt;</mark>&amp;", SnippetHtml.Of([new("<b>", false), new("<x>", true), new("&", false)]));
    }
}
