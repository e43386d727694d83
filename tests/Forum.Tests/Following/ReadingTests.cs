using Forum.Boards;
using Forum.Following;
using Forum.Members;
using Forum.Moderation;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;

namespace Forum.Tests.Following;

public sealed class ReadingTests : IAsyncLifetime
{
    private TestForum forum = null!;
    private Actor asker = null!, reader = null!;

    public async Task InitializeAsync()
    {
        forum = await TestForum.StartAsync();
        await forum.BoardAsync();
        asker = await forum.MemberAsync();
        reader = await forum.MemberAsync("Muhammad Ali");
        forum.Clock.Advance(TimeSpan.FromHours(1));
    }

    public async Task DisposeAsync() => await forum.DisposeAsync();

    [Fact]
    public async Task A_topic_is_new_until_it_is_opened_and_unread_while_it_goes_on_without_one()
    {
        var question = await forum.AskAsync(asker);
        Assert.Equal([question.TopicId], await ListAsync(TopicFilter.New));
        Assert.Equal(new RowReading(true, 0), await RowAsync(question));
        Assert.Empty(await ListAsync(TopicFilter.Unread));

        forum.Get<ReadMarks>().Note(reader.MemberId!.Value, question.TopicId, 1);
        Assert.Empty(await ListAsync(TopicFilter.New));
        await FlushAsync();
        Assert.Empty(await ListAsync(TopicFilter.New));
        Assert.Equal(new RowReading(false, 0), await RowAsync(question));

        await forum.ReplyAsync(asker, question.TopicId);
        await forum.ReplyAsync(asker, question.TopicId, "Nobody else? I go on alone.");
        Assert.Equal([question.TopicId], await ListAsync(TopicFilter.Unread));
        Assert.Equal(new RowReading(false, 2), await RowAsync(question));
        Assert.Equal(2, await FirstUnreadAsync(question));

        // Noted, and not stored yet.
        forum.Get<ReadMarks>().Note(reader.MemberId!.Value, question.TopicId, 3);
        Assert.Empty(await ListAsync(TopicFilter.Unread));
        await FlushAsync();
        Assert.Empty(await ListAsync(TopicFilter.Unread));
        Assert.Equal(3, await FirstUnreadAsync(question));
    }

    [Fact]
    public async Task What_one_wrote_oneself_is_neither_new_nor_unread()
    {
        var question = await forum.AskAsync(reader);
        Assert.Empty(await ListAsync(TopicFilter.New));
        await ReadAsync(question, 1);
        await forum.ReplyAsync(reader, question.TopicId);
        Assert.Empty(await ListAsync(TopicFilter.Unread));
        await forum.ReplyAsync(asker, question.TopicId);
        Assert.Equal([question.TopicId], await ListAsync(TopicFilter.Unread));
    }

    [Fact]
    public async Task Topics_are_new_to_nobody_who_joined_after_them_and_not_for_ever()
    {
        var question = await forum.AskAsync(asker);
        forum.Clock.Advance(TimeSpan.FromMinutes(1));
        var late = await forum.MemberAsync("Lena Late");
        Assert.Empty(await ListAsync(TopicFilter.New, late));
        Assert.Equal([question.TopicId], await ListAsync(TopicFilter.New));
        forum.Clock.Advance(ReadMark.NewFor);
        Assert.Empty(await ListAsync(TopicFilter.New));
    }

    [Fact]
    public async Task A_mark_only_rises_and_never_beyond_the_topic()
    {
        var question = await forum.AskAsync(asker);
        await forum.ReplyAsync(asker, question.TopicId);
        await ReadAsync(question, 99);
        await ReadAsync(question, 1);
        Assert.Equal(2, (await MarkAsync(question)).Number);
        // A topic or a member that is not there takes nothing with it.
        await forum.Get<KeepReadMarks>().RunAsync(Actor.Operator, [new((reader.MemberId!.Value, 999), 1), new((999, question.TopicId), 1), new((asker.MemberId!.Value, question.TopicId), 1)], default);
        await using var db = forum.Db();
        Assert.Equal(2, await db.ReadMarks.CountAsync());
    }

    [Fact]
    public async Task All_are_read_once_one_says_so_until_they_go_on()
    {
        var (begun, fresh) = (await forum.AskAsync(asker), await forum.AskAsync(asker, title: "Another question of that afternoon?"));
        await ReadAsync(begun, 1);
        await forum.ReplyAsync(asker, begun.TopicId);
        Assert.Equal([begun.TopicId], await ListAsync(TopicFilter.Unread));
        Assert.Equal([fresh.TopicId], await ListAsync(TopicFilter.New));

        forum.Clock.Advance(TimeSpan.FromMinutes(1));
        _ = (await forum.Get<MarkAllRead>().RunAsync(reader, default)).Required;
        Assert.Empty(await ListAsync(TopicFilter.Unread));
        Assert.Empty(await ListAsync(TopicFilter.New));
        Assert.Equal(new RowReading(false, 0), await RowAsync(begun));
        Assert.Equal(new RowReading(false, 0), await RowAsync(fresh));

        forum.Clock.Advance(TimeSpan.FromMinutes(1));
        await forum.ReplyAsync(asker, begun.TopicId, "One thing more.");
        Assert.Equal([begun.TopicId], await ListAsync(TopicFilter.Unread));
        Assert.Equal(RefusalKind.SignIn, (await forum.Get<MarkAllRead>().RunAsync(Actor.Visitor, default)).Refusal?.Kind);
    }

    [Fact]
    public async Task A_topic_can_be_put_back_among_the_unread_ones_even_after_all_were_read()
    {
        var question = await forum.AskAsync(asker);
        await forum.ReplyAsync(asker, question.TopicId);
        await ReadAsync(question, 2);
        _ = (await forum.Get<MarkAllRead>().RunAsync(reader, default)).Required;
        forum.Clock.Advance(TimeSpan.FromMinutes(1));
        forum.Get<ReadMarks>().Note(reader.MemberId!.Value, question.TopicId, 2);
        _ = (await forum.Get<MarkUnread>().RunAsync(reader, question.TopicId, 2, default)).Required;
        await FlushAsync();
        Assert.Equal([question.TopicId], await ListAsync(TopicFilter.Unread));
        Assert.Equal(2, await FirstUnreadAsync(question));
        _ = (await forum.Get<MarkUnread>().RunAsync(reader, question.TopicId, 1, default)).Required;
        Assert.Equal(1, await FirstUnreadAsync(question));
    }

    [Fact]
    public async Task A_muted_topic_stands_in_no_list_and_comes_back()
    {
        var question = await forum.AskAsync(asker);
        await ReadAsync(question, 1);
        await forum.ReplyAsync(asker, question.TopicId);
        await WatchAsync(question, WatchLevel.Muted);
        Assert.Empty(await ListAsync(TopicFilter.Unread));
        Assert.Empty(await ListAsync(TopicFilter.Latest));
        Assert.Equal([question.TopicId], await ListAsync(TopicFilter.Latest, asker));
        await WatchAsync(question, WatchLevel.Normal);
        Assert.Equal([question.TopicId], await ListAsync(TopicFilter.Unread));
    }

    [Fact]
    public async Task Whoever_follows_a_topic_unopened_has_all_of_it_unread()
    {
        var question = await forum.AskAsync(asker);
        await WatchAsync(question, WatchLevel.Watching);
        Assert.Equal([question.TopicId], await ListAsync(TopicFilter.Unread));
        Assert.Equal(1, await FirstUnreadAsync(question));
    }

    [Fact]
    public async Task Asking_sharing_and_replying_follow_the_topic_unless_one_chose_otherwise()
    {
        var question = await forum.AskAsync(asker);
        Assert.Equal(WatchLevel.Watching, await LevelAsync(question, asker));
        Assert.Equal(WatchLevel.Normal, await LevelAsync(question, reader));
        await forum.ReplyAsync(reader, question.TopicId);
        Assert.Equal(WatchLevel.Tracking, await LevelAsync(question, reader));
        var third = await forum.MemberAsync("Tara Third");
        _ = (await forum.Get<SayMeToo>().RunAsync(third, question.TopicId, default)).Required;
        Assert.Equal(WatchLevel.Watching, await LevelAsync(question, third));

        await WatchAsync(question, WatchLevel.Muted);
        await forum.ReplyAsync(reader, question.TopicId, "And a last word.");
        Assert.Equal(WatchLevel.Muted, await LevelAsync(question, reader));
    }

    [Fact]
    public async Task Nobody_follows_keeps_or_marks_what_they_may_not_see()
    {
        await forum.BoardAsync("staff", read: ReadAccess.Staff);
        var secret = await forum.AskAsync(await forum.MemberAsync("Ada Admin", SiteRole.Admin), "staff");
        Assert.Equal(RefusalKind.NotFound, (await forum.Get<WatchTopic>().RunAsync(reader, secret.TopicId, WatchLevel.Watching, default)).Refusal?.Kind);
        Assert.Equal(RefusalKind.NotFound, (await forum.Get<MarkUnread>().RunAsync(reader, secret.TopicId, 1, default)).Refusal?.Kind);
        Assert.Equal(RefusalKind.NotFound, (await forum.Get<BookmarkPost>().RunAsync(reader, secret.PostId, default)).Refusal?.Kind);
        Assert.Equal(RefusalKind.SignIn, (await forum.Get<WatchTopic>().RunAsync(Actor.Visitor, secret.TopicId, WatchLevel.Watching, default)).Refusal?.Kind);
        // Reading it cannot be noted either so that it shows.
        await ReadAsync(secret, 0);
        Assert.Empty(await ListAsync(TopicFilter.Unread));
        Assert.Empty(await ListAsync(TopicFilter.New, Actor.Visitor));
        Assert.Empty(await ListAsync(TopicFilter.Unread, Actor.Visitor));
    }

    [Fact]
    public async Task Bookmarks_are_ones_own_the_newest_first_and_leave_out_what_went_out_of_sight()
    {
        var question = await forum.AskAsync(asker);
        var reply = await forum.ReplyAsync(asker, question.TopicId);
        foreach (var post in new[] { question.PostId, reply.PostId, reply.PostId })
        {
            _ = (await forum.Get<BookmarkPost>().RunAsync(reader, post, default)).Required;
            forum.Clock.Advance(TimeSpan.FromMinutes(1));
        }
        Assert.Equal([(reply.PostId, 2), (question.PostId, 1)], (await BookmarksAsync(reader)).Select(b => (b.PostId, b.Number)));
        Assert.Empty(await BookmarksAsync(asker));

        _ = (await forum.Get<HidePost>().RunAsync(await forum.MemberAsync("Berta Brett", SiteRole.Moderator), reply.PostId, null, default)).Required;
        Assert.Equal([question.PostId], (await BookmarksAsync(reader)).Select(b => b.PostId));
        _ = (await forum.Get<RemoveBookmark>().RunAsync(reader, reply.PostId, default)).Required;
        _ = (await forum.Get<RemoveBookmark>().RunAsync(reader, question.PostId, default)).Required;
        _ = (await forum.Get<RemoveBookmark>().RunAsync(reader, question.PostId, default)).Required;
        Assert.Empty(await BookmarksAsync(reader));
    }

    [Fact]
    public async Task Bookmarks_are_paged_without_losing_one()
    {
        var question = await forum.AskAsync(asker);
        var kept = new List<long>();
        for (var number = 1; number <= Paging.PageSize + 3; number++)
        {
            kept.Add((await forum.ReplyAsync(asker, question.TopicId, $"Remark {number}.")).PostId);
            _ = (await forum.Get<BookmarkPost>().RunAsync(reader, kept[^1], default)).Required;
        }
        var first = await forum.Get<FollowingQueries>().BookmarksAsync(reader, null, default);
        var second = await forum.Get<FollowingQueries>().BookmarksAsync(reader, first.Next, default);
        Assert.Equal(Enumerable.Reverse(kept), first.Items.Concat(second.Items).Select(b => b.PostId));
        Assert.Null(second.Next);
    }

    private async Task ReadAsync(PostedPost topic, int number)
    {
        forum.Get<ReadMarks>().Note(reader.MemberId!.Value, topic.TopicId, number);
        await FlushAsync();
    }

    private Task FlushAsync() => forum.Get<ReadMarks>().FlushAsync(default);

    private async Task WatchAsync(PostedPost topic, WatchLevel level) => _ = (await forum.Get<WatchTopic>().RunAsync(reader, topic.TopicId, level, default)).Required;

    private async Task<IReadOnlyList<long>> ListAsync(TopicFilter filter, Actor? actor = null) => [.. (await PageAsync(filter, actor)).Items.Select(t => t.Id)];

    private async Task<RowReading?> RowAsync(PostedPost topic) => (await PageAsync(TopicFilter.Latest, null)).Items.Single(t => t.Id == topic.TopicId).Reading;

    private async Task<Page<TopicRow>> PageAsync(TopicFilter filter, Actor? actor) => await forum.Get<TopicListQueries>().ListAsync(await RightsAsync(actor ?? reader), new(filter), default);

    private async Task<int> FirstUnreadAsync(PostedPost topic) => await forum.Get<FollowingQueries>().FirstUnreadAsync(await RightsAsync(reader), topic.TopicId, default);

    private async Task<WatchLevel> LevelAsync(PostedPost topic, Actor actor) => (await forum.Get<FollowingQueries>().OfTopicAsync(await RightsAsync(actor), topic.TopicId, [], default))!.Level;

    private async Task<IReadOnlyList<BookmarkRow>> BookmarksAsync(Actor actor) => (await forum.Get<FollowingQueries>().BookmarksAsync(actor, null, default)).Items;

    private async Task<ReadMark> MarkAsync(PostedPost topic)
    {
        await using var db = forum.Db();
        return await db.ReadMarks.SingleAsync(m => m.MemberId == reader.MemberId && m.TopicId == topic.TopicId);
    }

    private async Task<Rights> RightsAsync(Actor actor)
    {
        await using var db = forum.Db();
        return await db.RightsOfAsync(actor, forum.Clock.GetUtcNow().UtcDateTime, default);
    }
}
