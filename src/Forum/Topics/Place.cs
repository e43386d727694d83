using Forum.Data;

namespace Forum.Topics;

/// <summary>Where a text stands or will stand: who reads it there decides what it may show of other topics. At most one part is given.</summary>
/// <param name="Board">The slug of the board that a new topic will be on.</param>
/// <param name="TopicId">The topic that is replied to.</param>
/// <param name="PostId">The post that is edited.</param>
public sealed record Place(string? Board = null, long? TopicId = null, long? PostId = null)
{
    /// <summary>Nowhere yet: nothing is shown but what everybody may read.</summary>
    public static readonly Place Nowhere = new();

    /// <summary>The place of a draft, by its <see cref="DraftPlace"/>; <paramref name="board"/> is the one chosen for a new topic.</summary>
    public static Place OfDraft(string? place, string? board) => place is null ? Nowhere : new(board, DraftPlace.TopicOf(place), DraftPlace.PostOf(place));

    /// <summary>The board of the place; none for nowhere.</summary>
    internal IQueryable<Boards.Board> BoardOf(ForumDbContext db) =>
        PostId is { } post ? db.Posts.Where(p => p.Id == post).Select(p => p.Topic.Board)
        : TopicId is { } topic ? db.Topics.Where(t => t.Id == topic).Select(t => t.Board)
        : db.Boards.Where(b => b.Slug == Board);
}
