using Forum.Boards;

namespace Forum.Topics;

public static class TopicRights
{
    /// <summary>
    /// Why these rights do not let the topic be read, or a post of it that is seen so; null when they do. What was deleted is gone, what a
    /// moderator hid is nowhere: every deed on it answers the same as reading it. The topic comes with its board.
    /// </summary>
    public static Refusal? CannotBeReadBy(this Topic topic, Rights rights, Visibility post = Visibility.Visible) =>
        !rights.MayRead(topic.Board) ? Refusal.NotFound
        : rights.Moderates(topic.BoardId) ? null
        : topic.Visibility == Visibility.Hidden || post == Visibility.Hidden ? Refusal.NotFound
        : topic.Visibility == Visibility.Deleted || post == Visibility.Deleted ? Refusal.Gone
        : null;

    /// <summary>Visible topics on boards these rights let be read: what lists, counts, feeds and searches are made from.</summary>
    public static IQueryable<Topic> ReadableBy(this IQueryable<Topic> topics, Rights rights)
    {
        var access = rights.Access;
        topics = topics.Where(t => t.Visibility == Visibility.Visible);
        if (rights.ModeratedBoards.Count == 0)
            return topics.Where(t => t.Board.Read <= access);
        var own = rights.ModeratedBoards;
        return topics.Where(t => t.Board.Read <= access || own.Contains(t.BoardId));
    }
}
