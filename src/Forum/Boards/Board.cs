using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Forum.Boards;

/// <summary>What a board is for (rules of topics).</summary>
public enum BoardKind : byte
{
    /// <summary>Topics are questions; a reply may be accepted as the solution.</summary>
    Questions,

    /// <summary>Topics are conversations; there are no solutions.</summary>
    Conversation,

    /// <summary>Staff post, members reply.</summary>
    Announcements,
}

/// <summary>Who may read a board; what one may not read exists nowhere for them. Ordered: each level includes those before it.</summary>
public enum ReadAccess : byte
{
    Everyone,
    Members,
    Staff,
}

/// <summary>Who may write on a board, of those who may read it.</summary>
public enum WriteAccess : byte
{
    Members,

    /// <summary>Staff, and groups that the board gives it to.</summary>
    Staff,
}

/// <summary>A place for topics of one kind.</summary>
public sealed class Board
{
    public const int MaxSlugLength = 60;
    public const int MaxNameLength = 80;
    public const int MaxDescriptionLength = 300;

    /// <summary>Longest guidance and longest template, in characters.</summary>
    public const int MaxGuidanceLength = 4000;

    /// <summary>Two or three letters.</summary>
    public const int MaxLanguageLength = 3;

    /// <summary>A year: what is to stay open longer is to stay open.</summary>
    public const int MaxAutoCloseHours = 365 * 24;

    /// <summary>More replies than these cannot all be what solved it.</summary>
    public const int MaxSolutions = 5;

    /// <summary>Category, board, sub-board.</summary>
    public const int MaxDepth = 3;

    public long Id { get; init; }

    public long? ParentId { get; set; }

    /// <summary>Lower-case letters, digits and hyphens; unique.</summary>
    public required string Slug { get; set; }

    public required string Name { get; set; }

    public string Description { get; set; } = "";

    public required BoardKind Kind { get; set; }

    public required ReadAccess Read { get; set; }

    /// <summary>Who may begin topics; announcements are for staff whatever stands here.</summary>
    public WriteAccess Ask { get; set; }

    /// <summary>Who may reply.</summary>
    public WriteAccess Reply { get; set; }

    /// <summary>What is there stays to be read, and nothing is added.</summary>
    public bool Archived { get; set; }

    /// <summary>What members of trust 0 write waits until a moderator lets something of theirs stand.</summary>
    public bool ApprovesNewcomers { get; set; }

    /// <summary>Order among its siblings, then by name.</summary>
    public int Position { get; set; }

    /// <summary>Posts may be made wikis, which every member of trust 1 may edit.</summary>
    public bool AllowsWiki { get; set; }

    /// <summary>What to think of before asking here, in Markdown; empty when there is nothing to say.</summary>
    public string Guidance { get; set; } = "";

    /// <summary>The language of its posts, such as "de"; null where it is the site's. It decides which forms of a word search takes for the same.</summary>
    public string? Language { get; set; }

    /// <summary>The text that a new topic begins with, in Markdown; empty for none.</summary>
    public string AskTemplate { get; set; } = "";

    /// <summary>The fields of the form of a new topic, as JSON of <see cref="AskField"/>s; null for one free text.</summary>
    public string? AskFields { get; set; }

    /// <summary>Every new topic carries at least one tag; where the board names some, at least one of these.</summary>
    public bool NeedsTag { get; set; }

    /// <summary>Solved topics take no more replies so many hours after their last post; null where they stay open.</summary>
    public int? AutoCloseHours { get; set; }

    /// <summary>Most solutions of one topic.</summary>
    public int Solutions { get; set; } = 1;

    /// <summary>Visible topics.</summary>
    public int Topics { get; set; }

    /// <summary>Visible posts of visible topics, first posts included.</summary>
    public int Posts { get; set; }

    /// <summary>Visible topics with an accepted solution.</summary>
    public int Solved { get; set; }

    /// <summary>Solutions exist on question boards only.</summary>
    public bool HasSolutions => Kind == BoardKind.Questions;

    internal sealed class Map : IEntityTypeConfiguration<Board>
    {
        public void Configure(EntityTypeBuilder<Board> board)
        {
            board.Property(b => b.Slug).HasMaxLength(MaxSlugLength);
            board.HasIndex(b => b.Slug).IsUnique();
            board.Property(b => b.Name).HasMaxLength(MaxNameLength);
            board.Property(b => b.Description).HasMaxLength(MaxDescriptionLength);
            board.Property(b => b.Guidance).HasMaxLength(MaxGuidanceLength);
            board.Property(b => b.Language).HasMaxLength(MaxLanguageLength);
            board.Property(b => b.AskTemplate).HasMaxLength(MaxGuidanceLength);
            board.Property(b => b.AskFields).HasMaxLength(MaxGuidanceLength);
            board.Property(b => b.Solutions).HasDefaultValue(1);
            board.HasOne<Board>().WithMany().HasForeignKey(b => b.ParentId);
            board.Ignore(b => b.HasSolutions);
        }
    }
}
