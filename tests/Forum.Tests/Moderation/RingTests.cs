using Forum.Boards;
using Forum.Jobs;
using Forum.Members;
using Forum.Moderation;
using Forum.Tests.Standing;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;

namespace Forum.Tests.Moderation;

/// <summary>Members who upvote each other.</summary>
public sealed class RingTests : IAsyncLifetime
{
    private static readonly Rights manager = new() { MemberId = 1, Roles = SiteRole.Manager };

    private TestForum forum = null!;
    private Actor ruler = null!;
    private PostedPost question = null!;
    private readonly List<Actor> members = [];
    private readonly List<List<PostedPost>> posts = [];

    /// <summary>Twelve members with eight replies each.</summary>
    public async Task InitializeAsync()
    {
        forum = await TestForum.StartAsync();
        await forum.BoardAsync();
        ruler = await forum.MemberAsync("Mara Manager", SiteRole.Manager);
        question = await forum.AskAsync(await forum.MemberAsync("Asta Asker"));
        for (var i = 0; i < 12; i++)
        {
            members.Add(await forum.MemberAsync($"Member {i}"));
            posts.Add([]);
            for (var n = 0; n < 8; n++)
                posts[i].Add(await forum.ReplyAsync(members[i], question.TopicId, $"Choose Transfer, {i} {n}."));
        }
        forum.Clock.Advance(TimeSpan.FromDays(4));
    }

    public async Task DisposeAsync()
    {
        await Recount.AssertEverythingAsync(forum);
        Assert.Empty((await forum.Get<Doctor>().RunAsync(Actor.Operator, repair: false, null, default)).Required.Findings);
        await forum.DisposeAsync();
    }

    private async Task GiveAsync(int from, int to, int count)
    {
        foreach (var post in posts[to].Take(count))
            _ = (await forum.UpvoteAsync(members[from], post.PostId)).Required;
    }

    /// <summary>Everybody upvotes a post or two of everybody else.</summary>
    private async Task AllAsync(int count)
    {
        for (var from = 0; from < members.Count; from++)
            for (var to = 0; to < members.Count; to++)
                if (from != to)
                    await GiveAsync(from, to, count);
    }

    private async Task<string> HandleAsync(int member) => (await forum.MemberRowAsync(members[member])).Handle;

    private async Task<IReadOnlyList<VotingRing>> SuspectsAsync() => (await forum.Get<RingQueries>().SuspectsAsync(manager, default)).Required;

    private async Task<IReadOnlyList<string>> HandlesAsync(params int[] of)
    {
        var handles = new List<string>();
        foreach (var one in of)
            handles.Add(await HandleAsync(one));
        return handles;
    }

    [Fact]
    public async Task New_accounts_that_upvote_whoever_signed_in_at_their_address_are_shown()
    {
        var (fresh, other) = (await forum.MemberAsync("Sam Sock"), await forum.MemberAsync("Nora New"));
        foreach (var (member, network) in new[] { (fresh, "192.0.2.7"), (members[0], "192.0.2.7"), (other, "192.0.2.8"), (members[1], "192.0.2.9") })
            _ = (await forum.Get<StartSession>().RunAsync(member, new(network), default)).Required;
        foreach (var post in posts[0].Take(2))
        {
            _ = (await forum.UpvoteAsync(fresh, post.PostId)).Required;
            _ = (await forum.UpvoteAsync(other, post.PostId)).Required;
        }
        _ = (await forum.UpvoteAsync(fresh, posts[1][0].PostId)).Required;
        var rings = forum.Get<RingQueries>();
        Assert.Equal([("Sam S", "Member 0", 2)], (await rings.NewFromOneNetworkAsync(manager, default)).Required.Select(p => (p.From.DisplayName, p.To.DisplayName, p.Votes)));
        Assert.NotNull((await rings.NewFromOneNetworkAsync(new() { MemberId = 1, Roles = SiteRole.Moderator }, default)).Refusal);
        // Addresses are forgotten.
        forum.Clock.Advance(Session.KeepsNetwork + TimeSpan.FromMinutes(1));
        _ = (await forum.Get<TidyUp>().RunAsync(Actor.Operator, default)).Required;
        await using var db = forum.Db();
        Assert.Equal((4, 0), (await db.SecurityEvents.CountAsync(), await db.SecurityEvents.CountAsync(e => e.Network != null)));
    }

    [Fact]
    public async Task Two_who_upvote_each_other_far_above_chance_are_found_with_the_measure_and_others_are_not()
    {
        await AllAsync(1);
        await GiveAsync(0, 1, 8);
        await GiveAsync(1, 0, 7);
        // One way alone is a reader.
        await GiveAsync(2, 3, 8);

        var pair = Assert.Single(Assert.Single(await SuspectsAsync()).Pairs);
        Assert.Equal((await HandleAsync(0), await HandleAsync(1), 8, 7), (pair.First.Handle, pair.Second.Handle, pair.ByFirst, pair.BySecond));
        // They gave 18 and 17 of the 132 + 7 + 6 + 7 that there are, and got ten each from others.
        Assert.Equal(18.0 * 11 / 135 + 17.0 * 11 / 136, pair.Expected, 6);

        forum.Clock.Advance(TimeSpan.FromDays(RingQueries.Days));
        forum.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Empty(await SuspectsAsync());
    }

    [Fact]
    public async Task Where_everybody_upvotes_everybody_there_is_no_ring()
    {
        await AllAsync(6);

        Assert.Empty(await SuspectsAsync());
    }

    [Fact]
    public async Task Pairs_that_share_members_are_one_ring()
    {
        await AllAsync(1);
        foreach (var (one, other) in new[] { (0, 1), (1, 2), (4, 5) })
        {
            await GiveAsync(one, other, 8);
            await GiveAsync(other, one, 8);
        }

        Assert.Equal([3, 2], (await SuspectsAsync()).Select(r => r.Members.Count));
    }

    [Fact]
    public async Task A_ring_is_taken_back_as_previewed_with_scores_points_and_leaderboards_and_the_rest_stays()
    {
        await AllAsync(1);
        await GiveAsync(0, 1, 8);
        await GiveAsync(1, 0, 8);
        _ = (await forum.Get<HidePost>().RunAsync(ruler, posts[1][5].PostId, null, default)).Required;
        var handles = await HandlesAsync(0, 1);
        var before = ((await forum.MemberRowAsync(members[0])).Points, (await forum.MemberRowAsync(members[1])).Points);
        var preview = (await forum.Get<RingQueries>().PreviewAsync(manager, handles, default)).Required;
        Assert.Equal((16, 16, 150), (preview.Votes, preview.Posts, preview.Points));

        Assert.Equal(16, (await forum.Get<TakeBackRing>().RunAsync(ruler, handles, " They  told us. ", default)).Required);

        var after = ((await forum.MemberRowAsync(members[0])).Points, (await forum.MemberRowAsync(members[1])).Points);
        Assert.Equal(150, before.Item1 + before.Item2 - after.Item1 - after.Item2);
        Assert.Equal((10, 0), ((await forum.PostAsync(posts[1][0].PostId)).Score, (await forum.PostAsync(posts[1][7].PostId)).Score));
        Assert.Equal(0, (await forum.Get<RingQueries>().PreviewAsync(manager, handles, default)).Required.Votes);
        Assert.Empty(await SuspectsAsync());
        Assert.Equal(0, (await forum.Get<TakeBackRing>().RunAsync(ruler, handles, "Again.", default)).Required);
        await using var db = forum.Db();
        var lines = await db.AuditEntries.AsNoTracking().Where(e => e.Deed == "vote.taken-back").OrderBy(e => e.MemberId).ToListAsync();
        Assert.Equal(members.Take(2).Select(m => m.MemberId), lines.Select(e => e.MemberId));
        Assert.All(lines, e => Assert.Equal((ruler.MemberId, $"16, {string.Join(' ', handles)}: They told us."), (e.ActorId, e.Note)));

        // Brought back, the hidden post brings no upvotes of the ring.
        _ = (await forum.Get<RestorePost>().RunAsync(ruler, posts[1][5].PostId, default)).Required;
    }

    [Fact]
    public async Task Upvotes_cast_while_a_ring_is_taken_back_are_counted_right()
    {
        await GiveAsync(0, 1, 4);
        await GiveAsync(1, 0, 4);
        var handles = await HandlesAsync(0, 1);

        await Task.WhenAll(
            Task.Run(() => forum.Get<TakeBackRing>().RunAsync(ruler, handles, "They told us.", default)),
            Task.Run(() => GiveAsync(2, 1, 8)),
            Task.Run(() => GiveAsync(0, 1, 8)));
    }

    [Fact]
    public async Task Only_managers_see_rings_and_take_them_back_and_they_name_members_that_there_are_and_why()
    {
        var handles = await HandlesAsync(0, 1);
        var rights = new Rights { MemberId = 1, Roles = SiteRole.Moderator };
        Assert.Equal(RefusalKind.Forbidden, (await forum.Get<RingQueries>().SuspectsAsync(rights, default)).Refusal!.Kind);
        Assert.Equal(RefusalKind.Forbidden, (await forum.Get<RingQueries>().PreviewAsync(rights, handles, default)).Refusal!.Kind);
        Assert.Equal(RefusalKind.Forbidden, (await forum.Get<TakeBackRing>().RunAsync(await forum.MemberAsync("Silke Site", SiteRole.Moderator), handles, "Why.", default)).Refusal!.Kind);
        Assert.Equal("Reason", (await forum.Get<TakeBackRing>().RunAsync(ruler, handles, " ", default)).Refusal!.Field);
        Assert.Equal("With", (await forum.Get<TakeBackRing>().RunAsync(ruler, [handles[0], handles[0]], "Why.", default)).Refusal!.Field);
        Assert.Equal("With", (await forum.Get<TakeBackRing>().RunAsync(ruler, [handles[0], "nobody-here"], "Why.", default)).Refusal!.Field);
    }
}
