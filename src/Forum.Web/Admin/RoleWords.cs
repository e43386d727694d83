using Forum.Members;

namespace Forum.Web.Admin;

/// <summary>What the roles of the site are for; keys of their translations.</summary>
public static class RoleWords
{
    public static string Meaning(this SiteRole role) => role switch
    {
        SiteRole.Admin => "Everything, and alone who is staff.",
        SiteRole.Manager => "All that moderators do, and looks after boards, groups, tags, synonyms, badges and trust, and sees reports.",
        SiteRole.Moderator => "The queue; hides, deletes and brings back, edits what others wrote, closes and moves topics, marks solutions. Everywhere, or on one board.",
        _ => "Speaks for the staff: reads what is for staff, writes announcements and notes, marks solutions, closes and moves topics. Decides about nobody's posts.",
    };
}
