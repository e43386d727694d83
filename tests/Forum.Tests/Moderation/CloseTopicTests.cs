using Forum.Boards;
using Forum.Members;
using Forum.Moderation;
using Forum.Topics;

namespace Forum.Tests.Moderation;

public sealed class CloseTopicTests
{
    private static Task<Result<Done>> CloseAsync(TestForum forum, Actor actor, long topicId, ClosureReason reason = ClosureReason.OffTopic, long? of = null, string? note = null) =>
        forum.Get<CloseTopic>().RunAsync(actor, new(topicId, reason, of, note), default);

    private static Task<Result<Done>> ReopenAsync(TestForum forum, Actor actor, long topicId) => forum.Get<ReopenTopic>().RunAsync(actor, topicId, default);

    private static async Task<TopicView> PageAsync(TestForum forum, Rights rights, long topicId) =>
        (await forum.Get<TopicQueries>().PageAsync(rights, topicId, PostSort.Oldest, 1, null, false, default)).Required;

    [Fact]
    public async Task A_closed_topic_takes_no_replies_tells_why_and_can_be_opened_again()
    {
        await using var forum = await TestForum.StartAsync();
        await forum.BoardAsync();
        var (asker, moderator) = (await forum.MemberAsync(), await forum.BoardModeratorAsync("help"));
        var topic = await forum.AskAsync(asker);

        _ = (await CloseAsync(forum, moderator, topic.TopicId, ClosureReason.OffTopic, note: "Ask the  makers.")).Required;

        var closed = (await PageAsync(forum, Rights.OfVisitor, topic.TopicId)).Closure!;
        Assert.Equal((ClosureReason.OffTopic, "Ask the makers.", (await forum.MemberRowAsync(moderator)).UserName), (closed.Reason, closed.Note, closed.By!.Handle));
        Assert.Equal(RefusalKind.Forbidden, (await forum.Get<PostReply>().RunAsync(asker, new(topic.TopicId, "Choose Transfer, please.", null, null), default)).Refusal!.Kind);

        _ = (await ReopenAsync(forum, moderator, topic.TopicId)).Required;
        _ = (await ReopenAsync(forum, moderator, topic.TopicId)).Required;
        Assert.Null((await PageAsync(forum, Rights.OfVisitor, topic.TopicId)).Closure);
        await forum.ReplyAsync(asker, topic.TopicId);
        await using var db = forum.Db();
        Assert.Equal(["topic.closed-offtopic: Ask the makers.", "topic.reopened: "], db.AuditEntries.Where(e => e.TopicId == topic.TopicId && e.Deed.StartsWith("topic.")).OrderBy(e => e.Id).Select(e => $"{e.Deed}: {e.Note}").ToList());
    }

    [Fact]
    public async Task The_longest_note_fits_into_the_audit_trail_too()
    {
        await using var forum = await TestForum.StartAsync();
        await forum.BoardAsync();
        var (topic, moderator) = (await forum.AskAsync(await forum.MemberAsync()), await forum.BoardModeratorAsync("help"));
        foreach (var reason in new[] { ClosureReason.NoLongerRelevant, ClosureReason.OffTopic, ClosureReason.NotEnoughDetail, ClosureReason.Resolved })
            _ = (await CloseAsync(forum, moderator, topic.TopicId, reason, note: new('x', Closure.MaxNoteLength))).Required;

        Assert.Equal("Note", (await CloseAsync(forum, moderator, topic.TopicId, note: new('x', Closure.MaxNoteLength + 1))).Refusal!.Field);
        await using var db = forum.Db();
        Assert.All(db.AuditEntries.Where(e => e.TopicId == topic.TopicId && e.Note != null).ToList(), e => Assert.InRange(e.Note!.Length, Closure.MaxNoteLength, AuditEntry.MaxNoteLength));
    }

    [Theory]
    [InlineData("visitor", RefusalKind.SignIn)]
    [InlineData("stranger", RefusalKind.Forbidden)]
    [InlineData("trust 3", RefusalKind.Forbidden)]
    [InlineData("moderator of another board", RefusalKind.Forbidden)]
    [InlineData("asker", RefusalKind.Forbidden)]
    [InlineData("trust 4", null)]
    [InlineData("moderator of the board", null)]
    [InlineData("moderator", null)]
    public async Task Those_of_trust_4_and_moderators_close_and_open_the_topics_of_others(string who, RefusalKind? refused)
    {
        await using var forum = await TestForum.StartAsync();
        await forum.BoardAsync();
        await forum.BoardAsync("other");
        var asker = await forum.MemberAsync();
        var topic = await forum.AskAsync(asker);
        var site = await forum.MemberAsync("Silke Site", SiteRole.Moderator);
        var actor = who switch
        {
            "visitor" => Actor.Visitor,
            "stranger" => await forum.MemberAsync(),
            "trust 3" => await forum.TrustedAsync(3),
            "trust 4" => await forum.TrustedAsync(4),
            "moderator of another board" => await forum.BoardModeratorAsync("other"),
            "moderator of the board" => await forum.BoardModeratorAsync("help"),
            "moderator" => site,
            _ => asker,
        };

        Assert.Equal(refused, (await CloseAsync(forum, actor, topic.TopicId)).Refusal?.Kind);
        _ = (await CloseAsync(forum, site, topic.TopicId)).Required;
        Assert.Equal(refused, (await ReopenAsync(forum, actor, topic.TopicId)).Refusal?.Kind);
    }

    [Fact]
    public async Task Askers_end_their_own_topic_as_solved_without_a_reply_or_as_a_duplicate_and_open_again_what_they_closed()
    {
        await using var forum = await TestForum.StartAsync();
        await forum.BoardAsync();
        var site = await forum.MemberAsync("Silke Site", SiteRole.Moderator);
        var asker = await forum.MemberAsync();
        var (first, second) = (await forum.AskAsync(asker), await forum.AskAsync(asker, title: "How do I give a team of ours away?"));

        Assert.Equal("Note", (await CloseAsync(forum, asker, first.TopicId, ClosureReason.Resolved)).Refusal!.Field);
        _ = (await CloseAsync(forum, asker, first.TopicId, ClosureReason.Resolved, note: "The update of Tuesday did it.")).Required;
        Assert.Equal(RefusalKind.Forbidden, (await CloseAsync(forum, asker, first.TopicId, ClosureReason.Duplicate, second.TopicId)).Refusal!.Kind);
        _ = (await ReopenAsync(forum, asker, first.TopicId)).Required;
        _ = (await CloseAsync(forum, asker, first.TopicId, ClosureReason.Duplicate, second.TopicId)).Required;

        _ = (await CloseAsync(forum, site, first.TopicId, ClosureReason.NotEnoughDetail)).Required;
        Assert.Equal(RefusalKind.Forbidden, (await ReopenAsync(forum, asker, first.TopicId)).Refusal!.Kind);
    }

    [Fact]
    public async Task A_duplicate_leads_to_the_topic_that_has_the_answer_and_never_to_another_duplicate()
    {
        await using var forum = await TestForum.StartAsync();
        await forum.BoardAsync();
        var site = await forum.MemberAsync("Silke Site", SiteRole.Moderator);
        var asker = await forum.MemberAsync();
        var topics = new List<PostedPost>();
        for (var i = 0; i < 4; i++)
            topics.Add(await forum.AskAsync(asker, title: $"Question with the number {i}"));
        var (a, b, c, d) = (topics[0].TopicId, topics[1].TopicId, topics[2].TopicId, topics[3].TopicId);

        foreach (var (topic, of, field) in new (long, long?, string?)[] { (a, null, "DuplicateOf"), (a, a, "DuplicateOf"), (a, 4711, "DuplicateOf"), (a, b, null), (b, a, "DuplicateOf"), (d, a, null), (b, c, null) })
            Assert.Equal(field, (await CloseAsync(forum, site, topic, ClosureReason.Duplicate, of)).Refusal?.Field);

        foreach (var topic in new[] { a, b, d })
            Assert.Equal(c, (await PageAsync(forum, Rights.OfVisitor, topic)).Closure!.DuplicateOf!.Id);
    }

    [Fact]
    public async Task A_duplicate_shows_what_solved_its_original_to_whoever_may_read_that()
    {
        await using var forum = await TestForum.StartAsync();
        await forum.BoardAsync();
        var site = await forum.MemberAsync("Silke Site", SiteRole.Moderator);
        await forum.BoardAsync("inner", read: ReadAccess.Staff);
        var staff = await forum.MemberAsync("Stefan Staff", SiteRole.Staff);
        var asker = await forum.MemberAsync();
        var (open, inner, one, two) = (await forum.AskAsync(asker), await forum.AskAsync(staff, "inner"), await forum.AskAsync(asker, title: "The same question as before"), await forum.AskAsync(asker, title: "What staff have answered inside"));
        var solved = await forum.ReplyAsync(staff, open.TopicId);
        _ = (await forum.AcceptAsync(asker, solved)).Required;
        _ = (await CloseAsync(forum, site, one.TopicId, ClosureReason.Duplicate, open.TopicId)).Required;
        _ = (await CloseAsync(forum, site, two.TopicId, ClosureReason.Duplicate, inner.TopicId)).Required;

        Assert.Equal(solved.PostId, (await PageAsync(forum, Rights.OfVisitor, one.TopicId)).Closure!.Solution!.Id);
        Assert.Null((await PageAsync(forum, Rights.OfVisitor, two.TopicId)).Closure!.DuplicateOf);
        Assert.Equal(inner.TopicId, (await PageAsync(forum, new() { MemberId = 1, Roles = SiteRole.Staff }, two.TopicId)).Closure!.DuplicateOf!.Id);

        _ = (await forum.Get<HidePost>().RunAsync(site, solved.PostId, null, default)).Required;
        Assert.Null((await PageAsync(forum, Rights.OfVisitor, one.TopicId)).Closure!.Solution);
        Assert.DoesNotContain(one.TopicId, (await forum.Get<SitemapQueries>().PartAsync(0, default)).Select(e => e.Id));
    }

    [Fact]
    public async Task What_one_does_not_see_cannot_be_closed_and_what_is_out_of_sight_neither()
    {
        await using var forum = await TestForum.StartAsync();
        await forum.BoardAsync();
        var site = await forum.MemberAsync("Silke Site", SiteRole.Moderator);
        await forum.BoardAsync("inner", read: ReadAccess.Staff);
        var inner = await forum.AskAsync(await forum.MemberAsync("Stefan Staff", SiteRole.Staff), "inner");
        var topic = await forum.AskAsync(await forum.MemberAsync());
        _ = (await forum.Get<HidePost>().RunAsync(site, topic.PostId, null, default)).Required;

        Assert.Equal(RefusalKind.NotFound, (await CloseAsync(forum, await forum.TrustedAsync(4), inner.TopicId)).Refusal!.Kind);
        Assert.Equal(RefusalKind.NotFound, (await ReopenAsync(forum, await forum.TrustedAsync(4), inner.TopicId)).Refusal!.Kind);
        Assert.Equal(RefusalKind.NotFound, (await CloseAsync(forum, await forum.MemberAsync(), 4711)).Refusal!.Kind);
        Assert.NotNull((await CloseAsync(forum, site, topic.TopicId)).Refusal);
    }
}
