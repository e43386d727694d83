using Forum.Boards;

namespace Forum.Topics;

public static class TopicRights
{
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
