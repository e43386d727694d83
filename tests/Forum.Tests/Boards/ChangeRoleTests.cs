using Forum.Boards;
using Forum.Members;
using Microsoft.EntityFrameworkCore;

namespace Forum.Tests.Boards;

public sealed class ChangeRoleTests : IAsyncLifetime
{
    private TestForum forum = null!;

    public async Task InitializeAsync() => forum = await TestForum.StartAsync();

    public async Task DisposeAsync() => await forum.DisposeAsync();

    private async Task<Result<Done>> GrantAsync(Actor by, Actor to, SiteRole role, string? board = null) =>
        await forum.Get<GrantRole>().RunAsync(by, (await forum.MemberRowAsync(to)).Handle, role, board, default);

    private async Task<Result<Done>> RevokeAsync(Actor by, Actor from, SiteRole role, string? board = null) =>
        await forum.Get<RevokeRole>().RunAsync(by, (await forum.MemberRowAsync(from)).Handle, role, board, default);

    [Fact]
    public async Task A_role_stands_beside_the_member_and_among_the_roles_of_Identity()
    {
        var member = await forum.MemberAsync();
        _ = (await GrantAsync(Actor.Operator, member, SiteRole.Manager)).Required;
        _ = (await GrantAsync(Actor.Operator, member, SiteRole.Manager)).Required;
        _ = (await GrantAsync(Actor.Operator, member, SiteRole.Staff)).Required;

        await using var db = forum.Db();
        Assert.Equal(SiteRole.Manager | SiteRole.Staff, (await forum.MemberRowAsync(member)).Roles);
        Assert.Equal(["manager", "staff"], await db.UserRoles.Join(db.Roles, u => u.RoleId, r => r.Id, (_, r) => r.Name!).OrderBy(n => n).ToListAsync());
        _ = (await RevokeAsync(Actor.Operator, member, SiteRole.Manager)).Required;
        Assert.Equal(SiteRole.Staff, (await forum.MemberRowAsync(member)).Roles);
    }

    [Fact]
    public async Task Only_administrators_who_are_not_suspended_change_roles()
    {
        var manager = await forum.MemberAsync("Mara Manager", SiteRole.Manager);
        var admin = await forum.MemberAsync("Ada Admin", SiteRole.Admin);

        Assert.Equal(RefusalKind.Forbidden, (await GrantAsync(manager, manager, SiteRole.Admin)).Refusal?.Kind);
        Assert.Equal(RefusalKind.Forbidden, (await GrantAsync(Actor.Visitor, manager, SiteRole.Admin)).Refusal?.Kind);
        Assert.Null((await GrantAsync(admin, manager, SiteRole.Moderator)).Refusal);
        await forum.SuspendAsync(admin, TimeSpan.FromDays(1));
        Assert.Equal(RefusalKind.Forbidden, (await GrantAsync(admin, manager, SiteRole.Admin)).Refusal?.Kind);
    }

    [Fact]
    public async Task The_last_administrator_stays_even_when_two_revoke_each_other_at_once()
    {
        var one = await forum.MemberAsync("Ada Admin", SiteRole.Admin);
        var two = await forum.MemberAsync("Adam Admin", SiteRole.Admin);

        await Task.WhenAll(Task.Run(() => RevokeAsync(one, two, SiteRole.Admin)), Task.Run(() => RevokeAsync(two, one, SiteRole.Admin)));

        await using var db = forum.Db();
        var left = await db.Users.SingleAsync(m => m.Roles == SiteRole.Admin);
        Assert.Equal(RefusalKind.Forbidden, (await RevokeAsync(Actor.Operator, Actor.Member(left.Id), SiteRole.Admin)).Refusal?.Kind);
    }

    [Fact]
    public async Task A_board_has_moderators_and_no_other_role()
    {
        await forum.BoardAsync();
        var member = await forum.MemberAsync();

        Assert.Equal(RefusalKind.Invalid, (await GrantAsync(Actor.Operator, member, SiteRole.Admin, "help")).Refusal?.Kind);
        Assert.Equal(RefusalKind.Invalid, (await GrantAsync(Actor.Operator, member, SiteRole.Moderator, "nowhere")).Refusal?.Kind);
        _ = (await GrantAsync(Actor.Operator, member, SiteRole.Moderator, "help")).Required;
        _ = (await GrantAsync(Actor.Operator, member, SiteRole.Moderator, "help")).Required;
        Assert.Equal(SiteRole.None, (await forum.MemberRowAsync(member)).Roles);
        _ = (await RevokeAsync(Actor.Operator, member, SiteRole.Moderator, "help")).Required;
        await using var db = forum.Db();
        Assert.Empty(await db.BoardModerators.ToListAsync());
    }

    [Theory]
    [InlineData(SiteRole.None)]
    [InlineData(SiteRole.Admin | SiteRole.Staff)]
    [InlineData((SiteRole)64)]
    public async Task What_is_no_single_role_is_refused(SiteRole role) =>
        Assert.Equal(RefusalKind.Invalid, (await GrantAsync(Actor.Operator, await forum.MemberAsync(), role)).Refusal?.Kind);

    [Fact]
    public async Task An_unknown_handle_is_not_found() =>
        Assert.Equal(RefusalKind.Invalid, (await forum.Get<GrantRole>().RunAsync(Actor.Operator, "nobody", SiteRole.Staff, null, default)).Refusal?.Kind);
}
