using Forum.Tests.Data.Dialect;
using Forum.Tests.Standing;
using Microsoft.EntityFrameworkCore;

namespace Forum.Tests.Data;

public sealed class TwoProcessesTests
{
    private const int Replies = 30;

    /// <summary>Replies of this process: as many as fit beside those of the others, but no endless topic on a slow machine.</summary>
    private const int Most = 2000;

    [OnSqliteFact]
    public async Task Three_processes_that_write_to_one_topic_of_one_file_lose_nothing_and_count_right()
    {
        await using var forum = await TestForum.StartAsync();
        await forum.BoardAsync();
        var member = await forum.MemberAsync();
        var topic = await forum.AskAsync(member);
        await using var before = forum.Db();
        var told = (await before.OutboxCounters.SingleAsync()).Value;

        using var one = SecondNode.Start(forum, topic.TopicId, member, Replies);
        using var two = SecondNode.Start(forum, topic.TopicId, await forum.MemberAsync("Muhammad Ali"), Replies);
        for (var i = 0; i < Most && !(one.HasExited && two.HasExited); i++)
            await forum.ReplyAsync(member, topic.TopicId);
        await Task.WhenAll(one.WaitForExitAsync(), two.WaitForExitAsync());

        var said = await one.StandardError.ReadToEndAsync() + await two.StandardError.ReadToEndAsync();
        Assert.True((one.ExitCode, two.ExitCode, said) == (0, 0, ""), said);
        await using var db = forum.Db();
        var numbers = await db.Posts.OrderBy(p => p.Number).Select(p => p.Number).ToListAsync();
        Assert.Equal(Enumerable.Range(1, numbers.Count), numbers);
        Assert.Equal(2 * Replies, await db.Posts.CountAsync(p => p.Text.Contains("another process")));
        var sequences = await db.OutboxEvents.Where(e => e.Sequence > told).OrderBy(e => e.Sequence).Select(e => e.Sequence).ToListAsync();
        Assert.Equal(Enumerable.Range(1, sequences.Count).Select(i => told + i), sequences);
        await Recount.AssertEverythingAsync(forum);
    }
}
