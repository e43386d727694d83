using System.Globalization;
using Forum.Boards;

namespace Forum.Web.Boards;

/// <summary>What is typed about a board.</summary>
public sealed class BoardForm
{
    public string? Slug { get; set; }
    public string? Name { get; set; }
    public string? Description { get; set; }
    public BoardKind Kind { get; set; }
    public ReadAccess Read { get; set; }
    public string? Parent { get; set; }
    public string? Language { get; set; }
    public string? Guidance { get; set; }
    public string? AskTemplate { get; set; }
    public bool AllowsWiki { get; set; }
    public WriteAccess Ask { get; set; }
    public WriteAccess Reply { get; set; }
    public bool ApprovesNewcomers { get; set; }
    public bool Archived { get; set; }
    public string? AutoCloseHours { get; set; }
    public string? Solutions { get; set; }

    /// <summary>What is typed as a number; one that is none is refused like one out of bounds.</summary>
    public static int Number(string? typed, int none) =>
        string.IsNullOrWhiteSpace(typed) ? none : int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;
}
