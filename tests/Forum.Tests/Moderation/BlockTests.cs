using System.Net;
using Forum.Boards;
using Forum.Jobs;
using Forum.Members;
using Forum.Moderation;
using Microsoft.EntityFrameworkCore;

namespace Forum.Tests.Moderation;

/// <summary>Networks and e-mail addresses that are kept out.</summary>
public sealed class BlockTests : IAsyncLifetime
{
    private TestForum forum = null!;
    private Actor manager = null!;

    public async Task InitializeAsync()
    {
        forum = await TestForum.StartAsync(options => options.Limits.Enabled = true);
        manager = await forum.MemberAsync("Mona Manager", SiteRole.Manager);
    }

    public Task DisposeAsync() => forum.DisposeAsync().AsTask();

    private Task<Result<Done>> BlockAsync(BlockKind kind, string pattern, int? days = null, string? from = null, Actor? actor = null) =>
        forum.Get<SetBlock>().RunAsync(actor ?? manager, new(kind, pattern, days, "a wave of spam", from is null ? null : IPAddress.Parse(from)), default);

    private Task<bool> IsOutAsync(string address) => forum.Get<BlockList>().IsBlockedAsync(IPAddress.Parse(address), default);

    private Task<Result<Arrived>> JoinAsync(string email, string? network = null) =>
        forum.Get<SignUp>().RunAsync(Actor.Visitor, new("Ines Rosa", null, email, "four words are enough", network), null, default);

    [Theory]
    [InlineData("192.0.2.7", "192.0.2.7", "192.0.2.8")]
    [InlineData("192.0.2.7/24", "192.0.2.200", "192.0.3.1")]
    [InlineData("192.0.2.0/24", "::ffff:192.0.2.9", "::ffff:192.0.3.9")]
    [InlineData("::ffff:192.0.2.0/120", "192.0.2.9", "192.0.3.9")]
    [InlineData("2001:db8:1::/48", "2001:db8:1:2::3", "2001:db8:2::1")]
    public async Task A_network_is_kept_out_with_all_its_addresses_and_no_other(string pattern, string inside, string outside)
    {
        _ = (await BlockAsync(BlockKind.Network, pattern)).Required;
        Assert.True(await IsOutAsync(inside));
        Assert.False(await IsOutAsync(outside));
    }

    [Theory]
    [InlineData("spam.example", "a@spam.example", "a@nospam.example")]
    [InlineData("@Spam.example", "a@mx.spam.example", "spam.example@a.example")]
    [InlineData("a@spam.example", "A@spam.example", "b@spam.example")]
    public async Task Nobody_signs_up_with_a_blocked_address(string pattern, string blocked, string free)
    {
        _ = (await BlockAsync(BlockKind.Mail, pattern)).Required;
        Assert.Equal("Email", (await JoinAsync(blocked)).Refusal?.Field);
        _ = (await JoinAsync(free)).Required;
    }

    [Fact]
    public async Task A_block_ends_by_itself_or_is_lifted_and_the_log_tells_each_step()
    {
        _ = (await BlockAsync(BlockKind.Network, "192.0.2.7", days: 1)).Required;
        forum.Clock.Advance(TimeSpan.FromDays(1));
        Assert.False(await IsOutAsync("192.0.2.7"));
        _ = (await BlockAsync(BlockKind.Network, "192.0.2.7")).Required;
        Assert.True(await IsOutAsync("192.0.2.7"));
        var block = Assert.Single((await forum.Get<BlockQueries>().AllAsync(Rights.OfOperator, default)).Required);
        Assert.Equal(("192.0.2.7/32", "a wave of spam", null), (block.Pattern, block.Reason, block.Until));
        for (var twice = 0; twice < 2; twice++)
            _ = (await forum.Get<LiftBlock>().RunAsync(manager, block.Id, default)).Required;
        Assert.False(await IsOutAsync("192.0.2.7"));
        await using var db = forum.Db();
        Assert.Equal(["block.set", "block.set", "block.lifted"], await db.AuditEntries.Where(e => e.Noun == "block").OrderBy(e => e.Id).Select(e => e.Deed).ToListAsync());
    }

    [Theory]
    [InlineData(BlockKind.Network, "everybody", "Pattern")]
    [InlineData(BlockKind.Network, "0.0.0.0/0", "Pattern")]
    [InlineData(BlockKind.Network, "2000::/8", "Pattern")]
    [InlineData(BlockKind.Mail, "example", "Pattern")]
    [InlineData(BlockKind.Mail, "a b@spam.example", "Pattern")]
    public async Task What_is_too_wide_or_makes_no_sense_is_refused(BlockKind kind, string pattern, string field) =>
        Assert.Equal(field, (await BlockAsync(kind, pattern)).Refusal?.Field);

    [Fact]
    public async Task Nobody_shuts_themselves_out_and_only_managers_shut_others_out()
    {
        Assert.Equal("Pattern", (await BlockAsync(BlockKind.Network, "192.0.2.0/24", from: "192.0.2.9")).Refusal?.Field);
        Assert.Equal("Days", (await BlockAsync(BlockKind.Network, "192.0.2.0/24", days: 2)).Refusal?.Field);
        foreach (var other in new[] { await forum.MemberAsync(), await forum.MemberAsync("Sam Staff", SiteRole.Moderator), Actor.Visitor })
            Assert.Equal(RefusalKind.Forbidden, (await BlockAsync(BlockKind.Network, "192.0.2.0/24", actor: other)).Refusal?.Kind);
    }

    [Fact]
    public async Task Three_accounts_are_made_from_one_network_in_a_day()
    {
        const string network = "2001:db8:1:2::/64";
        for (var i = 0; i < SignUp.MaxPerNetwork; i++)
            _ = (await JoinAsync($"a{i}@example.org", network)).Required;
        var refusal = (await JoinAsync("b@example.org", network)).Refusal!;
        Assert.Equal((RefusalKind.TooMany, TimeSpan.FromDays(1)), (refusal.Kind, refusal.RetryAfter));
        _ = (await JoinAsync("c@example.org", "2001:db8:1:3::/64")).Required;
        forum.Clock.Advance(TimeSpan.FromDays(1));
        _ = (await JoinAsync("b@example.org", network)).Required;
        // Where from is forgotten as it is of sessions.
        forum.Clock.Advance(Session.KeepsNetwork + TimeSpan.FromMinutes(1));
        _ = (await forum.Get<TidyUp>().RunAsync(Actor.Operator, default)).Required;
        await using var db = forum.Db();
        Assert.False(await db.Users.AnyAsync(m => m.JoinedFrom != null));
    }
}
