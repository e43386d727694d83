using Forum.Jobs;
using Forum.Tests.Standing;
using Forum.Transfer;
using Microsoft.EntityFrameworkCore;

namespace Forum.Tests.Transfer;

public sealed class SyntheticSeedTests
{
    private static async Task<Seeded> SeedAsync(TestForum forum, int topics = 120, int posts = 1500, int members = 40, IProgress<TransferProgress>? progress = null, CancellationToken cancellation = default) =>
        (await forum.Get<SyntheticSeed>().RunAsync(Actor.Operator, topics, posts, members, progress, cancellation)).Required;

    [Fact]
    public async Task A_seed_makes_what_was_asked_for_and_every_counter_is_right()
    {
        await using var forum = await TestForum.StartAsync();

        var seeded = await SeedAsync(forum);

        Assert.Equal((120, 1500, 40), (seeded.Topics, seeded.Posts, seeded.Members));
        Assert.InRange(seeded.Solutions, 50, 90);
        Assert.True(seeded.Votes > 500);
        Assert.Empty((await forum.Get<Doctor>().RunAsync(Actor.Operator, false, null, default)).Required.Findings);
        await Recount.AssertEverythingAsync(forum);
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_community_and_again_adds_nothing()
    {
        await using var one = await TestForum.StartAsync();
        await using var two = await TestForum.StartAsync();
        await SeedAsync(one);
        await SeedAsync(two);

        Assert.Equal(await FactsAsync(one), await FactsAsync(two));
        Assert.Equal(new Seeded(0, 0, 0, 0, 0, false), await SeedAsync(one));
    }

    [Fact]
    public async Task A_seed_that_was_stopped_goes_on()
    {
        await using var whole = await TestForum.StartAsync();
        await using var forum = await TestForum.StartAsync();
        await SeedAsync(whole, posts: 8000);
        using var stop = new CancellationTokenSource();

        var stopped = await SeedAsync(forum, posts: 8000, progress: new StopAt("Posts", stop), cancellation: stop.Token);
        var rest = await SeedAsync(forum, posts: 8000);

        Assert.True(stopped.Stopped);
        Assert.InRange(stopped.Topics, 1, 119);
        Assert.Equal(120, stopped.Topics + rest.Topics);
        Assert.Equal(await FactsAsync(whole), await FactsAsync(forum));
    }

    [Fact]
    public async Task A_seed_needs_as_many_posts_as_topics()
    {
        await using var forum = await TestForum.StartAsync();

        Assert.Equal(RefusalKind.Invalid, (await forum.Get<SyntheticSeed>().RunAsync(Actor.Operator, 10, 9, 5, null, default)).Refusal!.Kind);
    }

    private static async Task<List<string>> FactsAsync(TestForum forum)
    {
        await using var db = forum.Db();
        return [.. await db.Topics.OrderBy(t => t.Created).Select(t => $"{t.Title} {t.Replies} {t.Score} {t.Solved} {t.Author.UserName}").ToListAsync(),
            .. await db.Users.OrderBy(m => m.UserName).Select(m => $"{m.UserName} {m.Posts} {m.Solutions}").ToListAsync()];
    }

    private sealed class StopAt(string stage, CancellationTokenSource stop) : IProgress<TransferProgress>
    {
        public void Report(TransferProgress value)
        {
            if (value.Stage == stage)
                stop.Cancel();
        }
    }
}
