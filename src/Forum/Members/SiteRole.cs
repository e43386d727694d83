namespace Forum.Members;

/// <summary>The roles of the whole site. Each is an Identity role of the same name in lower case; every holder is staff.</summary>
[Flags]
public enum SiteRole
{
    None = 0,
    Staff = 1,
    Moderator = 2,
    Manager = 4,
    Admin = 8,
}

public static class SiteRoles
{
    public static readonly IReadOnlyList<SiteRole> All = [SiteRole.Admin, SiteRole.Manager, SiteRole.Moderator, SiteRole.Staff];

    /// <summary>The Identity role's name: "admin", "manager", "moderator" or "staff".</summary>
    public static string Key(this SiteRole role) => role.ToString().ToLowerInvariant();

    /// <summary>The role of that name, or null.</summary>
    public static SiteRole? Parse(string name) => Enum.TryParse<SiteRole>(name, ignoreCase: true, out var role) && All.Contains(role) ? role : null;

    /// <summary>What stands beside the Staff badge when the member has no title of their own; the highest role speaks.</summary>
    public static string Title(this SiteRole roles) =>
        roles.HasFlag(SiteRole.Admin) ? "Administrator"
        : roles.HasFlag(SiteRole.Manager) ? "Community Manager"
        : roles.HasFlag(SiteRole.Moderator) ? "Moderator"
        : "Staff";
}
