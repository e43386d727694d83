using Forum.Boards;

namespace Forum.Web.Boards;

/// <summary>What kinds of boards and circles of readers are called; keys of their translations.</summary>
public static class BoardWords
{
    public static string Name(this BoardKind kind) => kind switch
    {
        BoardKind.Conversation => "Conversation: no solutions",
        BoardKind.Announcements => "Announcements: staff begin topics, members reply",
        _ => "Questions: a reply may be accepted as the solution",
    };

    public static string Name(this ReadAccess read) => read switch
    {
        ReadAccess.Members => "Members",
        ReadAccess.Staff => "Staff",
        _ => "Everyone",
    };
}
