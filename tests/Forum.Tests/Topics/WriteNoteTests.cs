using Forum.Boards;
using Forum.Members;
using Forum.Moderation;
using Forum.Outbox;
using Forum.Tests.Standing;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;

namespace Forum.Tests.Topics;

public sealed class WriteNoteTests : IAsyncLifetime
{
    private const string Words = "This member has asked the same in three tickets.";
    private TestForum forum = null!;
    private Actor asker = null!, solver = null!, staff = null!, moderator = null!;
    private PostedPost question = null!, reply = null!;

    public async Task InitializeAsync()
    {
        forum = await TestForum.StartAsync();
        await forum.BoardAsync();
        asker = await forum.MemberAsync();
        solver = await forum.MemberAsync("Muhammad Ali");
        staff = await forum.MemberAsync("Stefan Staff", SiteRole.Staff);
        moderator = await forum.BoardModeratorAsync("help");
        question = await forum.AskAsync(asker);
        reply = await forum.ReplyAsync(solver, question.TopicId);
        forum.Clock.Advance(TimeSpan.FromHours(1));
    }

    public async Task DisposeAsync()
    {
        await Recount.AssertEverythingAsync(forum);
        await forum.DisposeAsync();
    }

    private Task<Result<PostedPost>> WriteAsync(Actor actor, long? about = null, string words = Words, string? key = null) =>
        forum.Get<WriteNote>().RunAsync(actor, new(question.TopicId, words, about, key), default);

    private async Task<Rights> RightsAsync(Actor actor)
    {
        await using var db = forum.Db();
        return await db.RightsOfAsync(actor, forum.Clock.GetUtcNow().UtcDateTime, default);
    }

    private async Task<IReadOnlyList<int>> NumbersAsync(Actor actor, PostSort sort = PostSort.Oldest, int page = 1) =>
        [.. (await forum.Get<TopicQueries>().PageAsync(await RightsAsync(actor), question.TopicId, sort, page, null, false, default)).Required.Posts.Select(p => p.Number)];

    private async Task<string> StateAsync()
    {
        await using var db = forum.Db();
        var topic = await forum.TopicAsync(question.TopicId);
        var board = await forum.BoardRowAsync();
        var members = await db.Users.OrderBy(m => m.Id).Select(m => new { m.Id, m.Posts, m.Points }).ToListAsync();
        var replies = await db.Posts.Where(p => p.Number > 0).OrderBy(p => p.Number).Select(p => p.Replies).ToListAsync();
        return $"{topic.Replies} {topic.LastNumber} {topic.LastActivity:O} {topic.LastPosterId} {topic.Version} {board.Posts} {board.Topics} {string.Join(' ', members)} {string.Join(' ', replies)}";
    }

    [Fact]
    public async Task A_note_changes_nothing_that_readers_see()
    {
        var before = await StateAsync();
        var note = (await WriteAsync(staff, reply.PostId)).Required;

        Assert.Equal(before, await StateAsync());
        Assert.Equal((-1, Visibility.StaffNote), (note.Number, (await forum.PostAsync(note.PostId)).Visibility));
        Assert.Equal(3, (await forum.ReplyAsync(solver, question.TopicId, "Did that help?")).Number);
        foreach (var reader in new[] { Actor.Visitor, asker, solver, await forum.TrustedAsync(4) })
            foreach (var sort in Enum.GetValues<PostSort>())
                Assert.Equal([2, 3], (await NumbersAsync(reader, sort)).Order());
    }

    [Fact]
    public async Task Staff_read_notes_behind_the_posts_they_are_about_in_every_order()
    {
        var later = await forum.ReplyAsync(solver, question.TopicId, "Did that help?");
        foreach (var about in new[] { later.PostId, reply.PostId, question.PostId, reply.PostId })
            _ = (await WriteAsync(staff, about)).Required;

        foreach (var reader in new[] { staff, moderator, await forum.MemberAsync("Silke Site", SiteRole.Moderator), await forum.MemberAsync("Ada Admin", SiteRole.Admin) })
        {
            Assert.Equal([-3, 2, -2, -4, 3, -1], await NumbersAsync(reader));
            Assert.Equal([-3, 3, -1, 2, -2, -4], await NumbersAsync(reader, PostSort.Newest));
            Assert.Equal([-3, 2, -2, -4, 3, -1], await NumbersAsync(reader, PostSort.Votes));
        }
    }

    [Fact]
    public async Task A_note_stands_on_the_page_of_its_post_however_long_the_topic_grows()
    {
        var note = (await WriteAsync(staff)).Required;
        for (var i = 0; i < 2 * Paging.PageSize; i++)
            await forum.ReplyAsync(i % 2 == 0 ? asker : solver, question.TopicId, $"Word {i} of a long conversation.");
        var last = (await WriteAsync(staff)).Required;
        var (topics, rights) = (forum.Get<TopicQueries>(), await RightsAsync(staff));

        Assert.Contains(note.Number, await NumbersAsync(staff, page: await topics.PageOfAsync(rights, question.TopicId, note.Number, default)));
        Assert.Equal(3, await topics.PageOfAsync(rights, question.TopicId, last.Number, default));
        Assert.Contains(last.Number, await NumbersAsync(staff, page: 3));
        Assert.Equal(1, await topics.PageOfAsync(await RightsAsync(asker), question.TopicId, last.Number, default));
    }

    [Fact]
    public async Task Staff_and_moderators_of_the_board_leave_notes_and_nobody_else()
    {
        Assert.Equal(RefusalKind.SignIn, (await WriteAsync(Actor.Visitor)).Refusal?.Kind);
        await forum.BoardAsync("elsewhere");
        foreach (var other in new[] { asker, await forum.TrustedAsync(4), await forum.BoardModeratorAsync("elsewhere"), Actor.Member(staff.MemberId!.Value, Power.Member) })
            Assert.Equal(RefusalKind.Forbidden, (await WriteAsync(other)).Refusal?.Kind);
        Assert.Null((await WriteAsync(moderator)).Refusal);
        Assert.Null((await WriteAsync(staff)).Refusal);
        await forum.SuspendAsync(staff, TimeSpan.FromDays(1));
        Assert.Equal(RefusalKind.Forbidden, (await WriteAsync(staff)).Refusal?.Kind);
        Assert.Equal(RefusalKind.Invalid, (await WriteAsync(moderator, 999)).Refusal?.Kind);
    }

    [Fact]
    public async Task A_note_sent_twice_is_one_and_many_at_once_each_have_a_number()
    {
        var first = (await WriteAsync(staff, key: "k")).Required;
        Assert.Equal(first, (await WriteAsync(staff, key: "k")).Required);

        var notes = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => WriteAsync(i % 2 == 0 ? staff : moderator, words: $"Word {i}."))));
        Assert.Equal(Enumerable.Range(2, 8).Select(n => -n), notes.Select(n => n.Required.Number).OrderDescending());
    }

    [Fact]
    public async Task Closed_and_hidden_topics_take_notes()
    {
        await using (var db = forum.Db())
        {
            db.Closures.Add(new() { TopicId = question.TopicId, Reason = ClosureReason.OffTopic, Closed = forum.Clock.GetUtcNow().UtcDateTime, ClosedById = moderator.MemberId });
            await db.SaveChangesAsync();
        }
        Assert.Null((await WriteAsync(staff)).Refusal);

        _ = (await forum.Get<HidePost>().RunAsync(moderator, question.PostId, null, default)).Required;
        Assert.Null((await WriteAsync(moderator)).Refusal);
        Assert.Equal(RefusalKind.NotFound, (await WriteAsync(staff)).Refusal?.Kind);
    }

    [Fact]
    public async Task Every_deed_on_a_note_answers_as_if_there_were_none()
    {
        var note = (await WriteAsync(staff)).Required;
        foreach (var actor in new[] { asker, await forum.TrustedAsync(4), Actor.Member(staff.MemberId!.Value, Power.Member) })
        {
            var refusals = new[]
            {
                (await forum.Get<TopicQueries>().PostAsync(await RightsAsync(actor), note.PostId, default)).Refusal,
                (await forum.Get<RevisionQueries>().VersionsAsync(await RightsAsync(actor), note.PostId, null, 20, default)).Refusal,
                (await forum.Get<EditPost>().RunAsync(actor, new(note.PostId, 1, "Other words."), default)).Refusal,
                (await forum.Get<RollBackPost>().RunAsync(actor, note.PostId, 1, 1, null, default)).Refusal,
                (await forum.UpvoteAsync(actor, note.PostId)).Refusal,
                (await forum.AcceptAsync(actor, note)).Refusal,
                (await forum.UnmarkAsync(actor, note)).Refusal,
                (await forum.Get<MakeWiki>().RunAsync(actor, note.PostId, default)).Refusal,
                (await forum.Get<DeletePost>().RunAsync(actor, note.PostId, default)).Refusal,
                (await forum.Get<HidePost>().RunAsync(actor, note.PostId, null, default)).Refusal,
                (await forum.Get<RestorePost>().RunAsync(actor, note.PostId, default)).Refusal,
            };
            Assert.All(refusals, refusal => Assert.Equal(Refusal.NotFound, refusal));
            var none = (await forum.Get<PostReply>().RunAsync(actor, new(question.TopicId, "Me too.", 999, null), default)).Refusal;
            Assert.Equal(none, (await forum.Get<PostReply>().RunAsync(actor, new(question.TopicId, "Me too.", note.PostId, null), default)).Refusal);
        }
        Assert.Equal(RefusalKind.Forbidden, (await forum.UpvoteAsync(moderator, note.PostId)).Refusal?.Kind);
        Assert.NotNull((await forum.AcceptAsync(moderator, note)).Refusal);
    }

    [Fact]
    public async Task A_note_is_edited_and_deleted_and_comes_back_as_a_note()
    {
        var note = (await WriteAsync(staff)).Required;
        _ = (await forum.Get<EditPost>().RunAsync(staff, new(note.PostId, 1, "Four tickets by now."), default)).Required;
        Assert.Equal("Four tickets by now.", (await forum.Get<TopicQueries>().PostAsync(await RightsAsync(moderator), note.PostId, default)).Required.Markdown);
        Assert.Equal(RefusalKind.Invalid, (await forum.Get<HidePost>().RunAsync(moderator, note.PostId, null, default)).Refusal?.Kind);

        _ = (await forum.Get<DeletePost>().RunAsync(staff, note.PostId, default)).Required;
        Assert.Equal(RefusalKind.NotFound, (await forum.Get<TopicQueries>().PostAsync(await RightsAsync(asker), note.PostId, default)).Refusal?.Kind);
        Assert.Equal([2], await NumbersAsync(staff));
        Assert.Equal([2, -1], await NumbersAsync(moderator));

        _ = (await forum.Get<RestorePost>().RunAsync(moderator, note.PostId, default)).Required;
        Assert.Equal(Visibility.StaffNote, (await forum.PostAsync(note.PostId)).Visibility);
        Assert.Equal([2], await NumbersAsync(asker));
        Assert.Equal([2, -1], await NumbersAsync(staff));
    }

    [Fact]
    public async Task Nobody_who_listens_to_the_topic_is_told_of_a_note()
    {
        long last;
        await using (var db = forum.Db())
            last = await db.OutboxEvents.MaxAsync(e => e.Sequence);
        var note = (await WriteAsync(staff, words: "Thank you @MuhammadA1, this is for staff.")).Required;
        _ = (await forum.Get<EditPost>().RunAsync(staff, new(note.PostId, 1, "Four tickets by now."), default)).Required;
        _ = (await forum.Get<DeletePost>().RunAsync(staff, note.PostId, default)).Required;
        _ = (await forum.Get<RestorePost>().RunAsync(moderator, note.PostId, default)).Required;

        await using (var db = forum.Db())
        {
            var told = await db.OutboxEvents.Where(e => e.Sequence > last).ToListAsync();
            Assert.Equal(4, told.Count);
            Assert.All(told, e => Assert.Equal((nameof(NoteChanged), null), (e.Kind, ForumEvent.Read(e).Topic)));
        }
        foreach (var reader in new[] { Actor.Visitor, asker, solver })
            Assert.Equal(default, await forum.Get<TopicQueries>().NewsAsync(reader, question.TopicId, 2, default));
    }

    [Fact]
    public async Task Drafts_of_notes_and_of_replies_are_apart()
    {
        var (note, answer) = (DraftPlace.Note(question.TopicId), DraftPlace.Reply(question.TopicId));
        foreach (var place in new[] { note, answer })
            _ = (await forum.Get<SaveDraft>().RunAsync(staff, new(place, 0, null, null, null, $"Begun at {place}"), default)).Required;
        _ = (await WriteAsync(staff)).Required;

        Assert.Null(await forum.Get<DraftQueries>().AtAsync(staff, note, default));
        Assert.Equal($"Begun at {answer}", (await forum.Get<DraftQueries>().AtAsync(staff, answer, default))?.Markdown);
    }
}
