namespace Forum.Boards;

/// <summary>The cells of the table of rights that a board may give to a group. Whoever has any of them there may read the board.</summary>
[Flags]
public enum Right : short
{
    None = 0,
    Read = 1,
    Ask = 2,
    Reply = 4,

    /// <summary>Give a topic a tag that there is not yet.</summary>
    MakeTags = 8,

    /// <summary>Rename, re-tag and move the topics of others.</summary>
    Arrange = 16,

    /// <summary>Mark solutions on the topics of others.</summary>
    MarkSolutions = 32,

    /// <summary>Edit what others wrote.</summary>
    EditOthers = 64,

    /// <summary>Close topics and open them again.</summary>
    Close = 128,

    /// <summary>All that moderators of the board do: queue, hide, delete, restore, notes, and everything before.</summary>
    Moderate = 256,
}

public static class BoardRights
{
    /// <summary>Each alone, as they stand in the table.</summary>
    public static readonly IReadOnlyList<Right> Each = [.. Enum.GetValues<Right>().Where(r => r != Right.None)];

    internal static bool Has(this Right rights, Right wanted) => (rights & (wanted | Right.Moderate)) != 0;
}
