using Forum.Boards;
using Forum.Members;
using Microsoft.EntityFrameworkCore;

namespace Forum.Tests.Members;

public sealed class SetUpTests : IAsyncLifetime
{
    private const string Password = "four words are enough";

    private TestForum forum = null!;

    public async Task InitializeAsync() => forum = await TestForum.StartAsync();

    public async Task DisposeAsync() => await forum.DisposeAsync();

    [Fact]
    public async Task Whoever_holds_an_offered_secret_becomes_the_first_administrator_once()
    {
        var (one, other) = (await OfferAsync(), await OfferAsync());

        var admin = (await SetUpAsync(one)).Required;

        await using (var db = forum.Db())
        {
            var member = await db.Users.SingleAsync();
            Assert.Equal((admin.Id, SiteRole.Admin, true), (member.Id, member.Roles, member.EmailConfirmed));
            Assert.Equal("admin", await db.UserRoles.Join(db.Roles, u => u.RoleId, r => r.Id, (u, r) => r.Name).SingleAsync());
        }
        // It is a whole administrator.
        _ = (await forum.Get<GrantRole>().RunAsync(Actor.Member(admin.Id), admin.Handle, SiteRole.Staff, null, default)).Required;
        Assert.Equal(RefusalKind.NotFound, (await SetUpAsync(one)).Refusal?.Kind);
        Assert.Equal(RefusalKind.NotFound, (await SetUpAsync(other)).Refusal?.Kind);
        Assert.Equal(RefusalKind.Forbidden, (await forum.Get<OfferSetup>().RunAsync(Actor.Operator, default)).Refusal?.Kind);
    }

    [Fact]
    public async Task A_secret_is_kept_as_a_hash_alone()
    {
        var secret = await OfferAsync();
        await using var db = forum.Db();
        Assert.Equal(Secrets.Hash(secret), (await db.RoleClaims.SingleAsync()).ClaimValue);
    }

    [Theory]
    [InlineData("")]
    [InlineData("guessed")]
    public async Task Any_other_secret_opens_nothing(string secret)
    {
        await OfferAsync();
        Assert.False(await forum.Get<SetupQueries>().IsOpenAsync(secret, default));
        Assert.Equal(RefusalKind.NotFound, (await SetUpAsync(secret)).Refusal?.Kind);
        await using var db = forum.Db();
        Assert.False(await db.Users.AnyAsync());
    }

    [Fact]
    public async Task An_administrator_made_by_other_means_closes_the_setup()
    {
        var secret = await OfferAsync();
        Assert.True(await forum.Get<SetupQueries>().IsOpenAsync(secret, default));
        await forum.MemberAsync("Ada Admin", SiteRole.Admin);
        Assert.False(await forum.Get<SetupQueries>().IsOpenAsync(secret, default));
        Assert.Equal(RefusalKind.NotFound, (await SetUpAsync(secret)).Refusal?.Kind);
    }

    [Fact]
    public async Task A_refused_input_leaves_the_secret_good()
    {
        var secret = await OfferAsync();
        Assert.Equal("Password", (await SetUpAsync(secret, password: null)).Refusal?.Field);
        Assert.Equal("Password", (await SetUpAsync(secret, password: "short")).Refusal?.Field);
        await forum.Get<CreateMember>().RunAsync(Actor.Operator, new("Ines Rosa", "taken", "ines@example.org", null), default);
        Assert.Equal("Handle", (await SetUpAsync(secret, handle: "taken")).Refusal?.Field);
        Assert.Null((await SetUpAsync(secret)).Refusal);
    }

    [Fact]
    public async Task Of_those_who_come_at_once_one_is_made_administrator()
    {
        var secrets = new List<string>();
        for (var i = 0; i < 4; i++)
            secrets.Add(await OfferAsync());

        var made = await Task.WhenAll(secrets.Select(secret => Task.Run(() => SetUpAsync(secret))));

        Assert.Single(made, m => m.Refusal is null);
        await using var db = forum.Db();
        Assert.Equal(1, await db.Users.CountAsync());
    }

    [Fact]
    public async Task The_secrets_of_the_last_starts_are_good_and_older_ones_are_not()
    {
        var secrets = new List<string>();
        for (var i = 0; i < 12; i++)
            secrets.Add(await OfferAsync());
        Assert.False(await forum.Get<SetupQueries>().IsOpenAsync(secrets[0], default));
        Assert.True(await forum.Get<SetupQueries>().IsOpenAsync(secrets[2], default));
    }

    private async Task<string> OfferAsync() => (await forum.Get<OfferSetup>().RunAsync(Actor.Operator, default)).Required;

    private Task<Result<Member>> SetUpAsync(string secret, string? password = Password, string? handle = null) =>
        forum.Get<SetUp>().RunAsync(Actor.Visitor, secret, new("Ada Admin", handle, $"{Guid.NewGuid():N}@example.org", password), default);
}
