using Forum.Boards;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;

namespace Forum.Tests.Topics;

public sealed class DraftTests : IAsyncLifetime
{
    private TestForum forum = null!;
    private Actor writer = null!;

    public async Task InitializeAsync()
    {
        forum = await TestForum.StartAsync();
        await forum.BoardAsync();
        writer = await forum.MemberAsync();
    }

    public Task DisposeAsync() => forum.DisposeAsync().AsTask();

    [Fact]
    public async Task A_draft_is_kept_as_far_as_it_has_come()
    {
        var saved = await SaveAsync(DraftPlace.Ask, 0, "Half a qu", "Title only");
        Assert.Equal((1, null), (saved.Version, saved.Other));

        var draft = (await AtAsync(DraftPlace.Ask))!;
        Assert.Equal(("Half a qu", "Title only", 1), (draft.Markdown, draft.Title, draft.Version));
        Assert.Null(await forum.Get<DraftQueries>().AtAsync(await forum.MemberAsync("Muhammad Ali"), DraftPlace.Ask, default));
    }

    [Fact]
    public async Task Each_save_goes_on_from_the_one_before()
    {
        var version = 0;
        foreach (var text in new[] { "One", "One two", "One two three" })
            version = (await SaveAsync("topic-7", version, text)).Version;

        var draft = (await AtAsync("topic-7"))!;
        Assert.Equal(("One two three", 3, null), (draft.Markdown, draft.Version, draft.Other));
        await using var db = forum.Db();
        Assert.Equal(1, await db.Drafts.CountAsync());
    }

    [Fact]
    public async Task Of_two_texts_of_one_place_the_newest_wins_and_the_other_is_offered()
    {
        await SaveAsync("topic-7", 0, "Written on the phone");
        var saved = await SaveAsync("topic-7", 0, "Written at the desk");
        Assert.Equal("Written on the phone", saved.Other);

        _ = (await forum.Get<SwapDraft>().RunAsync(writer, "topic-7", default)).Required;
        var draft = (await AtAsync("topic-7"))!;
        Assert.Equal(("Written on the phone", "Written at the desk"), (draft.Markdown, draft.Other));
    }

    [Fact]
    public async Task A_post_takes_its_draft_with_it_and_no_other()
    {
        var asked = await forum.AskAsync(writer);
        await SaveAsync(DraftPlace.Reply(asked.TopicId), 0, "My reply");
        await SaveAsync(DraftPlace.Edit(asked.PostId), 0, "My edit");
        await SaveAsync(DraftPlace.Ask, 0, "My next question");

        await forum.ReplyAsync(writer, asked.TopicId);
        Assert.Equal([DraftPlace.Ask, DraftPlace.Edit(asked.PostId)], await PlacesAsync());
        _ = (await forum.Get<EditPost>().RunAsync(writer, new(asked.PostId, 1, Scenario.Body + " Changed."), default)).Required;
        Assert.Equal([DraftPlace.Ask], await PlacesAsync());
        await forum.AskAsync(writer);
        Assert.Empty(await PlacesAsync());
    }

    [Fact]
    public async Task The_draft_of_another_member_stays_when_one_posts()
    {
        var asked = await forum.AskAsync(writer);
        await SaveAsync(DraftPlace.Reply(asked.TopicId), 0, "My reply");
        await forum.ReplyAsync(await forum.MemberAsync("Muhammad Ali"), asked.TopicId);
        Assert.Equal([DraftPlace.Reply(asked.TopicId)], await PlacesAsync());
    }

    [Fact]
    public async Task A_visitors_draft_is_found_by_its_secret_and_becomes_theirs_when_they_join()
    {
        var saved = (await forum.Get<SaveDraft>().RunAsync(Actor.Visitor, new(DraftPlace.Ask, 0, "A question", "help", "", "Before I joined"), default)).Required;
        var again = (await forum.Get<SaveDraft>().RunAsync(Actor.Visitor, new(DraftPlace.Ask, 1, "A question", "help", "", "Before I joined: more", Secret: saved.Secret), default)).Required;
        Assert.Equal(saved.Secret, again.Secret);
        Assert.Equal("Before I joined: more", (await forum.Get<DraftQueries>().OfVisitorAsync(saved.Secret!, default))?.Markdown);
        Assert.Null(await forum.Get<DraftQueries>().OfVisitorAsync("another secret", default));

        _ = (await forum.Get<ClaimDraft>().RunAsync(writer, saved.Secret!, true, default)).Required;
        Assert.Equal("Before I joined: more", (await AtAsync(DraftPlace.Ask))?.Markdown);
        Assert.Null(await forum.Get<DraftQueries>().OfVisitorAsync(saved.Secret!, default));
        Assert.Equal(RefusalKind.NotFound, (await forum.Get<ClaimDraft>().RunAsync(await forum.MemberAsync("Muhammad Ali"), saved.Secret!, true, default)).Refusal?.Kind);
    }

    [Fact]
    public async Task A_claimed_draft_keeps_the_text_that_the_member_had_there()
    {
        await SaveAsync(DraftPlace.Ask, 0, "Mine of last week");
        var saved = (await forum.Get<SaveDraft>().RunAsync(Actor.Visitor, new(DraftPlace.Ask, 0, "", "", "", "Written signed out"), default)).Required;
        _ = (await forum.Get<ClaimDraft>().RunAsync(writer, saved.Secret!, true, default)).Required;
        var draft = (await AtAsync(DraftPlace.Ask))!;
        Assert.Equal(("Written signed out", "Mine of last week"), (draft.Markdown, draft.Other));
    }

    [Fact]
    public async Task A_text_that_may_be_a_strangers_is_kept_beside_what_the_member_has_and_nothing_is_lost()
    {
        _ = (await forum.Get<SaveDraft>().RunAsync(writer, new(DraftPlace.Ask, 0, "My own title", "help", "", "My own text"), default)).Required;
        var saved = (await forum.Get<SaveDraft>().RunAsync(Actor.Visitor, new(DraftPlace.Ask, 0, "A stranger's title", "", "", "Their text"), default)).Required;
        _ = (await forum.Get<ClaimDraft>().RunAsync(writer, saved.Secret!, false, default)).Required;
        var draft = (await AtAsync(DraftPlace.Ask))!;
        Assert.Equal(("My own title", "My own text", "A stranger's title\n\nTheir text"), (draft.Title, draft.Markdown, draft.Other));
    }

    [Fact]
    public async Task A_text_too_long_to_post_is_kept_and_one_too_long_to_keep_is_refused()
    {
        var long1 = new string('a', Post.MaxBodyLength + 1);
        await SaveAsync(DraftPlace.Ask, 0, long1);
        Assert.Equal(long1, (await AtAsync(DraftPlace.Ask))?.Markdown);

        var refused = await forum.Get<SaveDraft>().RunAsync(writer, new(DraftPlace.Ask, 1, "", "", "", new string('a', SaveDraft.MaxLength + 1)), default);
        Assert.Equal("Markdown", refused.Refusal?.Field);
        Assert.Equal(long1, (await AtAsync(DraftPlace.Ask))?.Markdown);
    }

    [Theory]
    [InlineData("topic-")]
    [InlineData("topic--1")]
    [InlineData("topic-01")]
    [InlineData("elsewhere")]
    [InlineData("")]
    public async Task There_are_drafts_of_known_places_only(string place) =>
        Assert.Equal("Place", (await forum.Get<SaveDraft>().RunAsync(writer, new(place, 0, "", "", "", "Text"), default)).Refusal?.Field);

    [Fact]
    public async Task The_list_shows_the_topic_of_a_draft_only_where_it_may_be_read()
    {
        await forum.BoardAsync("staff", read: ReadAccess.Staff);
        var admin = await forum.MemberAsync("Ada Admin", Forum.Members.SiteRole.Admin);
        var open = await forum.AskAsync(writer);
        var closed = await forum.AskAsync(admin, "staff", "Something that only staff may know");
        await SaveAsync(DraftPlace.Reply(open.TopicId), 0, "To an open topic");
        forum.Clock.Advance(TimeSpan.FromMinutes(1));
        await SaveAsync(DraftPlace.Reply(closed.TopicId), 0, "To a topic that moved away");

        var rows = await forum.Get<DraftQueries>().ListAsync(writer, default);
        Assert.Equal([(DraftPlace.Reply(closed.TopicId), null), (DraftPlace.Reply(open.TopicId), Scenario.Question)], rows.Select(r => (r.Place, r.Topic?.Title)));
    }

    [Fact]
    public async Task A_draft_is_thrown_away_by_its_writer_alone()
    {
        await SaveAsync(DraftPlace.Ask, 0, "Not so good");
        _ = (await forum.Get<DiscardDraft>().RunAsync(await forum.MemberAsync("Muhammad Ali"), DraftPlace.Ask, default)).Required;
        Assert.Equal([DraftPlace.Ask], await PlacesAsync());
        _ = (await forum.Get<DiscardDraft>().RunAsync(writer, DraftPlace.Ask, default)).Required;
        Assert.Empty(await PlacesAsync());
    }

    private async Task<SavedDraft> SaveAsync(string place, int version, string text, string title = "") =>
        (await forum.Get<SaveDraft>().RunAsync(writer, new(place, version, title, "help", "", text), default)).Required;

    private Task<DraftView?> AtAsync(string place) => forum.Get<DraftQueries>().AtAsync(writer, place, default);

    private async Task<IReadOnlyList<string>> PlacesAsync() =>
        [.. (await forum.Get<DraftQueries>().ListAsync(writer, default)).Select(d => d.Place).Order(StringComparer.Ordinal)];
}
