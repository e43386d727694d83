using Forum.Boards;

namespace Forum.Web.Boards;

/// <summary>How boards of a kind look.</summary>
public static class BoardLook
{
    /// <summary>The symbol of the sprite that stands for the board's kind.</summary>
    public static string Symbol(this BoardNode board) => board.Kind switch
    {
        BoardKind.Conversation => "chat",
        BoardKind.Announcements => "horn",
        _ => "help",
    };
}
