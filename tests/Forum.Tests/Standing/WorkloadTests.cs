using Forum.Boards;
using Forum.Jobs;
using Forum.Members;
using Forum.Moderation;
using Forum.Solutions;
using Forum.Topics;
using Forum.Votes;
using Microsoft.EntityFrameworkCore;

namespace Forum.Tests.Standing;

public sealed class WorkloadTests
{
    private const int Members = 20;
    private const int Deeds = 400;

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public async Task After_hundreds_of_random_deeds_at_once_every_counter_equals_its_recount(int seed)
    {
        await using var forum = await TestForum.StartAsync();
        await forum.BoardAsync();
        await forum.BoardAsync("talk", BoardKind.Conversation);
        var members = new List<Actor>();
        for (var i = 0; i < Members; i++)
            members.Add(await forum.MemberAsync($"Ines Rosa{i}", i == 0 ? SiteRole.Moderator : i == 1 ? SiteRole.Admin : SiteRole.None));
        for (var i = 0; i < 8; i++)
            await forum.AskAsync(members[i], i % 4 == 3 ? "talk" : "help", tags: ["one", $"tag{i % 3}"]);
        for (var i = 0; i < 16; i++)
            await forum.ReplyAsync(members[i], 1 + i % 8);

        var random = new Random(seed);
        var plan = Enumerable.Range(0, Deeds).Select(i => (Deed: random.Next(100), Who: members[random.Next(4) == 0 ? random.Next(2) : random.Next(Members)], Topic: random.Next(1, 9), Pick: random.Next(), At: i)).ToList();
        await Parallel.ForEachAsync(plan, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (step, _) =>
        {
            var post = 1 + step.Pick % (24 + step.At / 4);
            if (step.Deed % 10 == 0)
                forum.Clock.Advance(TimeSpan.FromHours(1));
            switch (step.Deed)
            {
                case < 25: await forum.Get<PostReply>().RunAsync(step.Who, new(step.Topic, "A reply of some words.", step.Pick % 3 == 0 ? post : null, null), default); break;
                case < 50: await forum.UpvoteAsync(step.Who, post); break;
                case < 58: await forum.Get<TakeBackUpvote>().RunAsync(step.Who, post, default); break;
                case < 70: await forum.Get<AcceptSolution>().RunAsync(step.Who, await TopicOfAsync(forum, post, step.Topic), post, default); break;
                case < 74: await forum.Get<UnmarkSolution>().RunAsync(step.Who, await TopicOfAsync(forum, post, step.Topic), post, null, default); break;
                case < 80: await forum.Get<DeletePost>().RunAsync(step.Who, post, default); break;
                case < 86: await forum.Get<HidePost>().RunAsync(members[0], post, "why", default); break;
                case < 94: await forum.Get<RestorePost>().RunAsync(members[0], post, default); break;
                case 94: await forum.Get<MergeTag>().RunAsync(members[1], $"tag{step.Pick % 4}", step.At % 2 == 0 ? "one" : "two", default); break;
                case 95: await forum.Get<FreeSynonym>().RunAsync(members[1], $"tag{step.Pick % 4}", default); break;
                default: await forum.Get<EditPost>().RunAsync(members[0], new(1 + step.Pick % 8, 1 + step.Pick % 3, Scenario.Body + step.At, Tags: [$"tag{step.At % 4}", "two"]), default); break;
            }
        });

        // Which random marks meet a marked post depends on the order of threads; one is taken away for certain.
        await forum.Get<RestorePost>().RunAsync(members[0], 1, default);
        var last = await forum.ReplyAsync(members[0], 1, "The last word of all.");
        await forum.Get<AcceptSolution>().RunAsync(members[0], 1, last.PostId, default);
        await forum.Get<UnmarkSolution>().RunAsync(members[0], 1, last.PostId, null, default);

        await Recount.AssertEverythingAsync(forum);
        Assert.Empty((await forum.Get<Doctor>().RunAsync(Actor.Operator, repair: false, null, default)).Required.Findings);
        await using var db = forum.Db();
        var done = await db.AuditEntries.Select(e => e.Deed).Distinct().ToListAsync();
        Assert.Empty(new[] { "solution.accepted", "solution.unmarked", "post.hidden", "post.deleted", "post.restored" }.Except(done));
        Assert.True(await db.Votes.AnyAsync() && await db.Revisions.AnyAsync());
    }

    private static async Task<long> TopicOfAsync(TestForum forum, long postId, long otherwise)
    {
        await using var db = forum.Db();
        return (await db.Posts.FindAsync(postId))?.TopicId ?? otherwise;
    }
}
