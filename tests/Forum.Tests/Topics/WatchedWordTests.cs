using Forum.Boards;
using Forum.Members;
using Forum.Moderation;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;

namespace Forum.Tests.Topics;

/// <summary>Words and links that posts are looked through for, and members whose posts wait.</summary>
public sealed class WatchedWordTests : IAsyncLifetime
{
    private TestForum forum = null!;
    private Actor member = null!, manager = null!, moderator = null!;

    public async Task InitializeAsync()
    {
        forum = await TestForum.StartAsync(options => options.Limits.Enabled = false);
        await forum.BoardAsync();
        (member, manager, moderator) = (await forum.MemberAsync(), await forum.MemberAsync("Mona Manager", SiteRole.Manager), await forum.MemberAsync("Sam Staff", SiteRole.Moderator));
    }

    public Task DisposeAsync() => forum.DisposeAsync().AsTask();

    private Task<Result<Done>> WatchAsync(string pattern, WatchedAction action, string? replacement = null, bool host = false, Actor? actor = null) =>
        forum.Get<SetWatchedWord>().RunAsync(actor ?? manager, new(pattern, host, action, replacement, "since last summer"), default);

    private Task<Result<PostedPost>> TryAsync(string title, string body, Actor? actor = null) =>
        forum.Get<AskQuestion>().RunAsync(actor ?? member, new("help", title, body, [], null), default);

    private async Task<(Visibility Sight, HeldReason? Reason)> SightAsync(PostedPost post)
    {
        await using var db = forum.Db();
        return ((await forum.PostAsync(post.PostId)).Visibility, await db.HeldPosts.Where(h => h.PostId == post.PostId).Select(h => (HeldReason?)h.Reason).SingleOrDefaultAsync());
    }

    [Theory]
    [InlineData("casino", "Where is the best CASINO in town, please?")]
    [InlineData("casino", "Where is the best Ｃａｓｉｎｏ in town, please?")]
    [InlineData("casino", "Where is the best ca\u200bsino in town, please?")]
    [InlineData("cásino", "Where is the best casino, in town, please?")]
    [InlineData("casin*", "Where are the best casinos in town, please?")]
    [InlineData("free money", "Who has free money for all of us, please?")]
    [InlineData("free mon*", "Who has free  monies for all of us, please?")]
    [InlineData("*coin", "Who has a Shinycoin for all of us, please?")]
    [InlineData("*coin*", "Who has two Shinycoins for all of us, please?")]
    [InlineData("*coin", "Who has a bitcoin, a coin or a shitcoin for us?")]
    [InlineData("casino", "Where is the best саѕіnо in town, please?")]
    [InlineData("казино", "Where is the best КАЗИНО in town, please?")]
    [InlineData("casino", "Where is the best casino\ud83c\udfb0 in town, please?")]
    [InlineData("लॉटरी", "Where is the best लॉटरी in town, please?")]
    [InlineData("*彩票*", "Where is 这里的彩票很好 in town, please?")]
    public async Task A_word_is_found_in_text_and_title_whatever_its_clothes(string pattern, string text)
    {
        _ = (await WatchAsync(pattern, WatchedAction.Refuse)).Required;
        var refusal = (await TryAsync("What do you think of this one?", text)).Refusal!;
        Assert.Equal(("Markdown", pattern), (refusal.Field, refusal.Args[0]));
        Assert.NotNull((await TryAsync(text, "What do you think of this one?")).Refusal);
    }

    [Theory]
    [InlineData("cat", "Where is the catalogue of this place, please?")]
    [InlineData("cat", "A scat of some animal lies before my door.")]
    [InlineData("free money", "Is the money free to be taken by anybody?")]
    [InlineData("cat*", "A scattering of seeds lies before my door.")]
    [InlineData("*cat", "Is there a catalogue of this place, please?")]
    public async Task A_word_is_not_found_in_another_one(string pattern, string text)
    {
        _ = (await WatchAsync(pattern, WatchedAction.Refuse)).Required;
        Assert.Null((await TryAsync("What do you think of this one?", text)).Refusal);
    }

    [Fact]
    public async Task A_post_with_it_waits_and_staff_do_not()
    {
        _ = (await WatchAsync("casino", WatchedAction.Hold)).Required;
        var held = (await TryAsync("What do you think of this one?", "I own a casino in this town.")).Required;
        Assert.Equal((Visibility.Held, HeldReason.WatchedWord), await SightAsync(held));
        var stands = (await TryAsync("What do you think of this one?", "I own a casino in this town.", moderator)).Required;
        Assert.Equal((Visibility.Visible, null), await SightAsync(stands));
        _ = (await forum.Get<DecideHeld>().RunAsync(moderator, held.PostId, Verdict.Keep, null, default)).Required;
        Assert.Equal((Visibility.Visible, null), await SightAsync(held));
    }

    [Fact]
    public async Task What_stands_is_not_given_such_a_word_by_an_edit()
    {
        var post = (await TryAsync("What do you think of this one?", "I own a house in this town.")).Required;
        _ = (await WatchAsync("casino", WatchedAction.Hold)).Required;
        Assert.Equal("Markdown", (await forum.Get<EditPost>().RunAsync(member, new(post.PostId, 1, "I own a casino in this town."), default)).Refusal?.Field);
        Assert.Equal("Markdown", (await forum.Get<EditPost>().RunAsync(member, new(post.PostId, 1, "I own a house in this town.", "The casino of this town is mine"), default)).Refusal?.Field);
    }

    [Fact]
    public async Task Another_word_stands_in_its_place_but_not_in_addresses_and_code_and_the_preview_shows_it()
    {
        _ = (await WatchAsync("frob", WatchedAction.Replace, "Widget")).Required;
        const string typed = "My Frob is broken, see https://example.com/frob and [this frob](https://frob.example), `frob --now` or\n\n```\nfrob\n```\n\nThe frob of @frob.";
        const string stored = "My Widget is broken, see https://example.com/frob and [this Widget](https://frob.example), `frob --now` or\n\n```\nfrob\n```\n\nThe Widget of @frob.";
        var post = (await TryAsync("What is wrong with my frob here?", typed)).Required;
        Assert.Equal((stored, "What is wrong with my Widget here?"), ((await forum.PostAsync(post.PostId)).Markdown, (await forum.TopicAsync(post.TopicId)).Title));
        Assert.Equal((await forum.PostAsync(post.PostId)).Html, (await forum.Get<WritingQueries>().RenderAsync(member, typed, new(Board: "help"), default)).Required.Html);
    }

    [Fact]
    public async Task Links_to_a_host_and_all_below_it_are_found_in_links_alone()
    {
        _ = (await WatchAsync("https://Shop.example/anything", WatchedAction.Hold, host: true)).Required;
        Assert.Equal(HeldReason.WatchedWord, (await SightAsync((await TryAsync("What do you think of this one?", "See https://sub.shop.example/x for more.")).Required)).Reason);
        Assert.Null((await SightAsync((await TryAsync("What do you think of that one?", "See https://workshop.example/x for more, or shop, example.")).Required)).Reason);
    }

    [Fact]
    public async Task Tags_and_the_reason_of_an_edit_are_looked_through_too()
    {
        _ = (await WatchAsync("free money", WatchedAction.Refuse)).Required;
        Assert.NotNull((await forum.Get<AskQuestion>().RunAsync(member, new("help", Scenario.Question, Scenario.Body, ["free-money"], null), default)).Refusal);
        var post = await forum.AskAsync(member);
        Assert.NotNull((await forum.Get<EditPost>().RunAsync(member, new(post.PostId, 1, "I own a house in this town.", Reason: "Free money!"), default)).Refusal);
    }

    [Fact]
    public async Task What_waits_already_is_edited_by_its_author_and_waits_on()
    {
        _ = (await WatchAsync("casino", WatchedAction.Hold)).Required;
        var held = (await TryAsync("What do you think of this one?", "I own a casino in this town.")).Required;
        _ = (await forum.Get<EditPost>().RunAsync(member, new(held.PostId, 1, "I own a large casino in this town."), default)).Required;
        Assert.Equal((Visibility.Held, HeldReason.WatchedWord), await SightAsync(held));
    }

    [Fact]
    public async Task Its_author_reads_on_the_post_why_it_waits()
    {
        _ = (await WatchAsync("casino", WatchedAction.Hold)).Required;
        var topic = await forum.AskAsync(await forum.TrustedAsync(2));
        var held = await forum.ReplyAsync(member, topic.TopicId, "I own a casino in this town.");
        await using var db = forum.Db();
        var rights = await db.RightsOfAsync(member, forum.Clock.GetUtcNow().UtcDateTime, default);
        Assert.Equal(HeldReason.WatchedWord, (await forum.Get<TopicQueries>().PostAsync(rights, held.PostId, default)).Required.Held);
        var page = (await forum.Get<TopicQueries>().PageAsync(rights, topic.TopicId, PostSort.Oldest, 1, null, false, default)).Required;
        Assert.Equal((null, HeldReason.WatchedWord), (page.Question!.Held, page.Posts.Single(p => p.Id == held.PostId).Held));
    }

    [Fact]
    public void Thousands_of_them_are_looked_for_in_one_pass_and_all_are_found()
    {
        var words = Enumerable.Range(0, WatchedWord.Max).Select(i => new WatchedWord { Pattern = $"word{i}", PatternNormalized = $"word{i}{(i % 2 == 0 ? "*" : "")}", Host = false, Action = WatchedAction.Hold, At = default }).ToList();
        var text = string.Join(' ', Enumerable.Range(0, 3000).Select(i => $"word{i}x"));
        Assert.Equal([.. words.Where(w => w.PatternNormalized.EndsWith('*') && Enumerable.Range(0, 3000).Any(i => $"word{i}x".StartsWith(w.Pattern, StringComparison.Ordinal))).Select(w => w.Pattern)], new Screen(words).Look(text, []).Select(f => f.Word).Order().OrderBy(w => w.Length).ThenBy(w => w, StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_new_member_who_links_to_one_host_again_and_again_waits()
    {
        var topic = await forum.AskAsync(member);
        for (var i = 1; i <= 3; i++)
        {
            var reply = await forum.ReplyAsync(member, topic.TopicId, $"See https://shop.example/{i} for more.");
            Assert.Equal(i < 3 ? null : HeldReason.OneHost, (await SightAsync(reply)).Reason);
        }
        var known = await forum.TrustedAsync(1);
        for (var i = 1; i <= 3; i++)
            Assert.Null((await SightAsync(await forum.ReplyAsync(known, topic.TopicId, $"See https://docs.example/{i} for more."))).Reason);
    }

    [Fact]
    public async Task Whose_posts_wait_by_a_moderators_word_is_told_so_and_writes_on()
    {
        var known = await forum.TrustedAsync(2);
        var handle = (await forum.MemberRowAsync(known)).Handle;
        _ = (await forum.Get<SanctionMember>().RunAsync(moderator, new(handle, SanctionKind.PostsWait, 7, "Please be careful."), default)).Required;
        var topic = (await TryAsync("What do you think of this one?", "I own a house in this town.", known)).Required;
        Assert.Equal((Visibility.Held, HeldReason.Author), await SightAsync(topic));
        var reply = await forum.ReplyAsync(known, (await forum.AskAsync(member)).TopicId);
        Assert.Equal((Visibility.Held, HeldReason.Author), await SightAsync(reply));
        await using (var db = forum.Db())
            Assert.Equal(SanctionKind.PostsWait, Assert.Single(await forum.Get<RecordQueries>().OwnAsync(await db.RightsOfAsync(known, forum.Clock.GetUtcNow().UtcDateTime, default), default)).Kind);

        await using (var db = forum.Db())
            _ = (await forum.Get<LiftSanction>().RunAsync(moderator, (await db.Sanctions.SingleAsync(s => s.Kind == SanctionKind.PostsWait)).Id, default)).Required;
        var stands = await forum.ReplyAsync(known, (await forum.AskAsync(member)).TopicId);
        Assert.Null((await SightAsync(stands)).Reason);
        _ = (await forum.Get<SanctionMember>().RunAsync(moderator, new(handle, SanctionKind.PostsWait, 7, "Please be careful."), default)).Required;
        Assert.Equal(RefusalKind.Forbidden, (await forum.Get<EditPost>().RunAsync(known, new(stands.PostId, 1, "Something else altogether."), default)).Refusal?.Kind);
        _ = (await forum.Get<EditPost>().RunAsync(known, new(reply.PostId, 1, "What waits is written on."), default)).Required;
    }

    [Fact]
    public async Task It_is_tried_on_a_sample_changed_and_taken_away_with_each_step_in_the_log()
    {
        var words = forum.Get<WatchedWordQueries>();
        _ = (await WatchAsync("casino", WatchedAction.Hold)).Required;
        _ = (await WatchAsync("CASINO", WatchedAction.Refuse)).Required;
        _ = (await WatchAsync("frob", WatchedAction.Replace, "Widget")).Required;
        _ = (await WatchAsync("shop.example", WatchedAction.Hold, host: true)).Required;
        var sampled = await words.TryAsync("A frob of the casino, see https://shop.example/x.", default);
        Assert.Equal([("casino", WatchedAction.Refuse), ("shop.example", WatchedAction.Hold), ("frob", WatchedAction.Replace)], sampled.Found.Select(f => (f.Word, f.Action)));
        Assert.Equal("A Widget of the casino, see https://shop.example/x.", sampled.Text);

        var all = (await words.AllAsync(Rights.OfOperator, null, default)).Required;
        Assert.Equal(["casino", "frob", "shop.example"], all.Select(w => w.Pattern));
        Assert.Single((await words.AllAsync(Rights.OfOperator, "SHOP", default)).Required);
        for (var twice = 0; twice < 2; twice++)
            _ = (await forum.Get<RemoveWatchedWord>().RunAsync(manager, all[0].Id, default)).Required;
        Assert.Null((await TryAsync("What do you think of this one?", "I own a casino in this town.")).Refusal);
        await using var db = forum.Db();
        Assert.Equal(["casino:  > Hold", "casino: Hold > Refuse", "frob:  > Replace: Widget", "shop.example:  > Hold", "casino: Refuse > "],
            await db.AuditEntries.Where(e => e.Noun == "word").OrderBy(e => e.Id).Select(e => $"{e.Note}: {e.Before} > {e.After}").ToListAsync());
    }

    [Fact]
    public async Task It_is_watched_for_until_its_time_is_over()
    {
        _ = (await forum.Get<SetWatchedWord>().RunAsync(manager, new("shop.example", true, WatchedAction.Refuse, Days: 7), default)).Required;
        Assert.NotNull((await TryAsync("What do you think of this one?", "See https://shop.example/1 for more.")).Refusal);
        forum.Clock.Advance(TimeSpan.FromDays(7));
        Assert.Null((await TryAsync("What do you think of this one?", "See https://shop.example/1 for more.")).Refusal);
        Assert.Equal("Days", (await forum.Get<SetWatchedWord>().RunAsync(manager, new("shop.example", true, WatchedAction.Refuse, Days: 2), default)).Refusal?.Field);
    }

    [Theory]
    [InlineData("", WatchedAction.Hold, null, false, "Pattern")]
    [InlineData("???", WatchedAction.Hold, null, false, "Pattern")]
    [InlineData("no host", WatchedAction.Hold, null, true, "Pattern")]
    [InlineData("word", WatchedAction.Replace, null, false, "Replacement")]
    [InlineData("word", WatchedAction.Replace, "another word", false, "Replacement")]
    [InlineData("shop.example", WatchedAction.Replace, "x", true, "Action")]
    public async Task What_makes_no_sense_is_refused_at_its_field(string pattern, WatchedAction action, string? replacement, bool host, string field) =>
        Assert.Equal(field, (await WatchAsync(pattern, action, replacement, host)).Refusal?.Field);

    [Fact]
    public async Task Only_managers_say_what_is_watched_for()
    {
        foreach (var other in new[] { member, moderator, Actor.Visitor })
            Assert.Equal(RefusalKind.Forbidden, (await WatchAsync("casino", WatchedAction.Hold, actor: other)).Refusal?.Kind);
    }
}
