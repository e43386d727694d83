using Forum.Boards;
using Forum.Web.Shell;
using Microsoft.Extensions.Localization;

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

    public static string Name(this WriteAccess write) => write == WriteAccess.Staff ? "Staff, and groups that may" : "Members who may read it";

    public static string Name(this GroupJoining joining) => joining switch
    {
        GroupJoining.Request => "By request: a manager decides",
        GroupJoining.Assigned => "Managers choose its members",
        _ => "Open: whoever wants to may join",
    };

    public static string Name(this Right right) => right switch
    {
        Right.Read => "Read",
        Right.Ask => "Begin topics",
        Right.Reply => "Reply",
        Right.MakeTags => "Make new tags",
        Right.Arrange => "Rename, re-tag and move topics",
        Right.MarkSolutions => "Mark solutions",
        Right.EditOthers => "Edit what others wrote",
        Right.Close => "Close and re-open",
        _ => "Moderate",
    };

    /// <summary>Rights of a group, one after the other.</summary>
    public static string Rights(this IStringLocalizer<Wording> words, Right rights) => string.Join(", ", BoardRights.Each.Where(r => rights.HasFlag(r)).Select(r => words[r.Name()].Value));

    public static string Name(this ReadAccess read) => read switch
    {
        ReadAccess.Members => "Members",
        ReadAccess.Staff => "Staff",
        _ => "Everyone",
    };
}
