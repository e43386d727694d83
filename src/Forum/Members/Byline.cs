using System.Linq.Expressions;
using Forum.Settings;

namespace Forum.Members;

/// <summary>A member as pages and the API show one: never more of the name than the policy lets be seen.</summary>
/// <param name="Rank">The rank, or a staff member's title.</param>
/// <param name="Badges">As they are noted on the member.</param>
/// <param name="Avatar">The key of the picture beside the name; null for none.</param>
/// <param name="Staff">Holds a role of the site, or moderates the board at hand.</param>
public sealed record Byline(long Id, string Handle, string DisplayName, string Rank, bool Staff, string? Signature, int Points, int Solutions, string Badges = "", string? Avatar = null);

/// <summary>What a query reads of a member to make a <see cref="Byline"/>.</summary>
public sealed record BylineRow(long Id, string? Handle, string Name, int Points, int Solutions, DateTime Created, SiteRole Roles, string? StaffTitle, string? Signature, string Badges, string? Avatar)
{
    /// <summary>For projections that read a member alone.</summary>
    public static readonly Expression<Func<Member, BylineRow>> Of =
        m => new BylineRow(m.Id, m.UserName, m.Name, m.Points, m.Solutions, m.Created, m.Roles, m.StaffTitle, m.Signature, m.Badges, m.Avatar);

    /// <summary>The byline as the site lets it be seen; a moderator of the board at hand is shown as staff there.</summary>
    public Byline Show(SiteOptions site, DateTime now, bool moderatesBoard = false)
    {
        var roles = moderatesBoard ? Roles | SiteRole.Moderator : Roles;
        var rank = roles == SiteRole.None ? site.Ranks.Of(Points, Solutions, now - Created) : StaffTitle ?? roles.Title();
        return new(Id, Handle!, site.Show(Name, Handle!), rank, roles != SiteRole.None, Signature, Points, Solutions, Badges, Avatar);
    }
}
