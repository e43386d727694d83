using Forum.Moderation;

namespace Forum.Web.Moderation;

/// <summary>What warnings, silences and suspensions are called on pages; keys of their translations.</summary>
public static class SanctionWords
{
    public static string Name(this SanctionKind kind) => kind switch
    {
        SanctionKind.Warning => "Warning",
        SanctionKind.Silence => "Silence",
        SanctionKind.PostsWait => "Posts wait",
        _ => "Suspension",
    };

    public static string Meaning(this SanctionKind kind) => kind switch
    {
        SanctionKind.Warning => "A word in earnest, which stays on record.",
        SanctionKind.Silence => "May read and vote, but not write.",
        SanctionKind.PostsWait => "May write, and a moderator looks at each post before others see it.",
        _ => "May read, and nothing else.",
    };
}
