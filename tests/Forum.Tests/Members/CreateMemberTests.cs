using Forum.Members;
using Microsoft.EntityFrameworkCore;

namespace Forum.Tests.Members;

public sealed class CreateMemberTests : IAsyncLifetime
{
    private TestForum forum = null!;

    public async Task InitializeAsync() => forum = await TestForum.StartAsync();

    public async Task DisposeAsync() => await forum.DisposeAsync();

    private Task<Result<Member>> CreateAsync(string? name = "Ines Rosa", string? handle = null, string? email = null, string? password = null) =>
        forum.Get<CreateMember>().RunAsync(Actor.Operator, new(name, handle, email ?? $"{Guid.NewGuid():N}@example.org", password), default);

    [Fact]
    public async Task A_handle_that_was_not_chosen_shows_no_more_of_the_name_than_pages_do()
    {
        Assert.Equal("inesr", (await CreateAsync()).Required.Handle);
        Assert.Equal("inesr2", (await CreateAsync("Inês Rodrigues")).Required.Handle);
        Assert.Equal("inesr3", (await CreateAsync("INES R.")).Required.Handle);
        Assert.Equal("member", (await CreateAsync("王小明")).Required.Handle);
        Assert.Equal("member2", (await CreateAsync("Ἀγάπη")).Required.Handle);
        Assert.Equal("staff2", (await CreateAsync("Staff")).Required.Handle);
    }

    [Fact]
    public async Task The_fiftieth_of_one_name_gets_a_handle_that_keeps_the_rules()
    {
        for (var member = 1; member <= 50; member++)
            Assert.Matches("^mariaf[0-9]{0,6}$", (await CreateAsync("Maria Fernandez", password: null)).Required.Handle);
    }

    [Fact]
    public async Task Twenty_of_one_name_who_join_at_once_get_twenty_handles()
    {
        var made = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => CreateAsync())));

        Assert.Equal(20, made.Select(m => m.Required.Handle).Distinct().Count());
    }

    [Theory]
    [InlineData("ab")]
    [InlineData("abcdefghijklmnopqrstu")]
    [InlineData("in es")]
    [InlineData("_ines")]
    [InlineData("inês")]
    [InlineData("аdmin")] // Cyrillic а
    [InlineData("admin")]
    [InlineData("Moderator")]
    [InlineData("ＳＴＡＦＦ")]
    [InlineData("@staff")]
    [InlineData("ines\u202e")]
    public async Task A_handle_is_plain_and_passes_for_nobody_else(string handle)
    {
        var made = await CreateAsync(handle: handle);
        Assert.True(made.Refusal?.Field == "Handle" || made.Value?.Handle is "ines", $"{handle} was taken as {made.Value?.Handle}");
    }

    [Fact]
    public async Task A_handle_is_taken_whatever_its_case_and_width()
    {
        _ = (await CreateAsync(handle: "Ines-1")).Required;

        Assert.Equal("Handle", (await CreateAsync(handle: "INES-1")).Refusal?.Field);
        Assert.Equal("Handle", (await CreateAsync(handle: "ｉｎｅｓ-１")).Refusal?.Field);
    }

    [Fact]
    public async Task One_address_one_account_even_at_once()
    {
        var made = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => Task.Run(() => CreateAsync(email: i % 2 == 0 ? "ines@example.org" : "Ines@Example.org"))));

        Assert.Single(made, m => m.Refusal is null);
        Assert.All(made.Where(m => m.Refusal is not null), m => Assert.Equal("Email", m.Refusal!.Field));
    }

    [Theory]
    [InlineData("")]
    [InlineData("ines")]
    [InlineData("ines@nowhere")]
    [InlineData("Ines <ines@example.org>")]
    [InlineData("ines@example.org\r\nBcc: all@example.org")]
    [InlineData("ines@@example.org")]
    public async Task What_is_no_address_is_refused(string email) => Assert.Equal("Email", (await CreateAsync(email: email)).Refusal?.Field);

    [Theory]
    [InlineData("", false)]
    [InlineData("ninechars", false)]
    [InlineData("ten chars!", true)]
    [InlineData("пароль из слов", true)]
    public async Task A_password_has_ten_characters_at_least(string password, bool good) =>
        Assert.Equal(good ? null : "Password", (await CreateAsync(password: password)).Refusal?.Field);

    [Fact]
    public async Task A_name_that_shows_nothing_is_no_name()
    {
        foreach (var name in new[] { null, "", "   ", "\u200b\u200d", "\u3164", "\u0301\u0301", new string('n', Member.MaxNameLength + 1) })
            Assert.Equal("Name", (await CreateAsync(name)).Refusal?.Field);
    }

    [Fact]
    public async Task A_token_is_made_by_its_member_or_the_operator_and_only_its_hash_is_kept()
    {
        var member = (await CreateAsync()).Required;
        var token = (await forum.Get<CreateToken>().RunAsync(Actor.Member(member.Id), "@InesR", TokenScope.Write, default)).Required;

        Assert.StartsWith(CreateToken.Prefix, token, StringComparison.Ordinal);
        await using var db = forum.Db();
        Assert.Equal(Secrets.Hash(token), (await db.ApiTokens.SingleAsync()).Hash);
        Assert.Equal(RefusalKind.NotFound, (await forum.Get<CreateToken>().RunAsync(await forum.MemberAsync("Otto Other"), member.Handle, TokenScope.Admin, default)).Refusal?.Kind);
    }

    [Fact]
    public async Task A_session_begins_with_a_secret_and_ends_with_it()
    {
        var member = await forum.MemberAsync();
        var secret = (await forum.Get<StartSession>().RunAsync(member, Caller.Unknown, default)).Required;
        await using (var db = forum.Db())
            Assert.Equal(Secrets.Hash(secret), (await db.Sessions.SingleAsync()).Key);
        Assert.Equal(RefusalKind.SignIn, (await forum.Get<StartSession>().RunAsync(Actor.Visitor, Caller.Unknown, default)).Refusal?.Kind);

        _ = (await forum.Get<EndSession>().RunAsync(member, secret, default)).Required;
        _ = (await forum.Get<EndSession>().RunAsync(member, secret, default)).Required;
        await using var after = forum.Db();
        Assert.Empty(await after.Sessions.ToListAsync());
    }
}
