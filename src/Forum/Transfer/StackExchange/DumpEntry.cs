using Forum.Topics;

namespace Forum.Transfer.StackExchange;

/// <summary>What is kept in memory of a post or comment: where its row stands, and what its place in the topic depends on. Texts stay in the files.</summary>
internal class DumpEntry
{
    public required long Id { get; init; }

    /// <summary>Key of its author among <see cref="Dump.Members"/>.</summary>
    public required long Author { get; init; }

    public required DateTime Created { get; init; }

    public required int Score { get; init; }

    public required RowAt Row { get; init; }

    /// <summary>The post it became here; 0 as long as it did not.</summary>
    public long PostId { get; set; }
}

internal class DumpPost : DumpEntry
{
    /// <summary>Order in the file, by which votes name it.</summary>
    public required int Ordinal { get; init; }

    /// <summary>The question it answers; 0 for a question.</summary>
    public required long QuestionId { get; init; }

    public required DateTime? Edited { get; init; }

    public required long? Editor { get; init; }

    /// <summary>The newest revision of its text, and that one's id.</summary>
    public RowAt? Source { get; set; }

    public long SourceId { get; set; }

    /// <summary>The day it was accepted.</summary>
    public DateTime? Accepted { get; set; }

    public List<DumpEntry> Comments { get; } = [];
}

internal sealed class DumpQuestion : DumpPost
{
    public required long? AcceptedId { get; init; }

    public required DateTime? Closed { get; init; }

    public required int Views { get; init; }

    public ClosureReason? Reason { get; set; }

    /// <summary>The question it is a duplicate of.</summary>
    public long? OriginalId { get; set; }

    public List<DumpPost> Answers { get; } = [];

    /// <summary>The topic it became here; 0 as long as it did not.</summary>
    public long TopicId { get; set; }
}
