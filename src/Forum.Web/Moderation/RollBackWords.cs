using Forum.Moderation;

namespace Forum.Web.Moderation;

/// <summary>What rolling an account back is called on pages; keys of their translations.</summary>
public static class RollBackWords
{
    public static string Name(this RollBackKind kind) => kind switch
    {
        RollBackKind.Written => "What they wrote",
        RollBackKind.Edits => "Their edits",
        RollBackKind.Upvotes => "Their upvotes",
        RollBackKind.Solutions => "Solutions they marked and unmarked",
        RollBackKind.Deeds => "What they hid, deleted, brought back, closed, opened and moved",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    public static string Meaning(this RollBackKind kind) => kind switch
    {
        RollBackKind.Written => "Posts are deleted. A question that others answered stays with its title and their answers, but its text goes.",
        RollBackKind.Edits => "Posts say again what they said before, as a new version.",
        RollBackKind.Upvotes => "They count no longer, with the points they gave.",
        RollBackKind.Solutions => "Their mark goes. A mark that they replaced or took off comes back.",
        RollBackKind.Deeds => "Posts and topics are as they were before.",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>What becomes of a thing.</summary>
    public static string Says(this RollBackThing thing) => thing.Part switch
    {
        RollBackPart.Written => thing.Number == 1 ? "The topic is deleted" : "The post is deleted",
        RollBackPart.Emptied => "The text of the question goes, its answers stay",
        RollBackPart.Text => "An edit is taken back",
        RollBackPart.Upvote => "An upvote is taken back",
        RollBackPart.Mark => "The mark of the solution is taken off",
        RollBackPart.Unmark => "The mark of the solution is given back",
        RollBackPart.Sight => thing.Before switch
        {
            "Hidden" => "Hidden again",
            "Deleted" => "Deleted again",
            "Held" => "Waits for a moderator again",
            _ => "Brought back",
        },
        RollBackPart.Closure => "Closed or open as before",
        RollBackPart.Board => "Moved back to its board",
        _ => throw new ArgumentOutOfRangeException(nameof(thing)),
    };

    /// <summary>Why a thing stays.</summary>
    public static string Says(this RollBackConflict conflict) => conflict switch
    {
        RollBackConflict.Edited => "It was edited again since: what it says now is not only theirs.",
        RollBackConflict.Solution => "It is the accepted solution: take the mark off first if it should go.",
        RollBackConflict.Marked => "Somebody else has marked or confirmed the solution since.",
        RollBackConflict.Seen => "Somebody else has hidden, deleted or brought it back since.",
        RollBackConflict.Closed => "Somebody else has closed it or opened it again since.",
        RollBackConflict.ClosedBefore => "It was closed before, too, and why cannot be brought back by itself.",
        RollBackConflict.Moved => "Somebody else has moved it on since.",
        RollBackConflict.NoBoard => "The board on which it stood is gone.",
        RollBackConflict.Rearranged => "Posts were moved or topics merged here: put them back by hand.",
        _ => throw new ArgumentOutOfRangeException(nameof(conflict)),
    };
}
