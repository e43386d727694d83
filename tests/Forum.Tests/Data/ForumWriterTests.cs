using Forum.Boards;
using Forum.Data;
using Forum.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Forum.Tests.Data;

public sealed class ForumWriterTests
{
    [Fact]
    public async Task A_deed_and_its_event_are_stored_together()
    {
        await using var forum = await TestForum.StartAsync();

        await forum.Get<ForumWriter>().RunAsync<Done>(Actor.Operator, (deed, _) =>
        {
            deed.Db.Boards.Add(new Board { Slug = "news", Name = "News", Kind = BoardKind.Announcements, Read = ReadAccess.Everyone });
            deed.Tell(new BoardChanged(1));
            return Task.FromResult<Result<Done>>(new Done());
        }, default);

        await using var db = forum.Db();
        Assert.Equal("news", (await db.Boards.SingleAsync()).Slug);
        var row = await db.OutboxEvents.SingleAsync();
        Assert.Equal(1, row.Sequence);
        Assert.Equal(new BoardChanged(1), ForumEvent.Read(row));
    }

    [Fact]
    public async Task A_refusal_leaves_nothing_behind()
    {
        await using var forum = await TestForum.StartAsync();

        var result = await forum.Get<ForumWriter>().RunAsync<Done>(Actor.Operator, async (deed, cancellation) =>
        {
            deed.Db.Boards.Add(new Board { Slug = "news", Name = "News", Kind = BoardKind.Announcements, Read = ReadAccess.Everyone });
            await deed.Db.SaveChangesAsync(cancellation);
            deed.Tell(new BoardChanged(1));
            return Refusal.NotFound;
        }, default);

        await using var db = forum.Db();
        Assert.Equal(Refusal.NotFound, result.Refusal);
        Assert.Empty(await db.Boards.ToListAsync());
        Assert.Empty(await db.OutboxEvents.ToListAsync());
    }

    [Fact]
    public async Task Fifty_writers_at_once_leave_a_sequence_without_gaps()
    {
        await using var forum = await TestForum.StartAsync();
        var writer = forum.Get<ForumWriter>();

        await Task.WhenAll(Enumerable.Range(1, 50).Select(i => Task.Run(() => writer.RunAsync<Done>(Actor.Operator, (deed, _) =>
        {
            deed.Tell(new MemberChanged(i));
            return Task.FromResult<Result<Done>>(new Done());
        }, default))));

        await using var db = forum.Db();
        Assert.Equal(Enumerable.Range(1, 50).Select(i => (long)i), await db.OutboxEvents.OrderBy(e => e.Sequence).Select(e => e.Sequence).ToListAsync());
    }
}
