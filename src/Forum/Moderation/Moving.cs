using Forum.Boards;
using Forum.Data;
using Forum.Outbox;
using Forum.Topics;
using Forum.Votes;
using Microsoft.EntityFrameworkCore;

namespace Forum.Moderation;

/// <summary>Moves topics, with all that is counted by where they stand.</summary>
internal static class Moving
{
    /// <summary>Puts a topic on another board; the row of the topic is locked by this deed.</summary>
    public static async Task MoveToBoardAsync(this Deed deed, Topic topic, Board to, CancellationToken cancellation)
    {
        var (db, from) = (deed.Db, topic.BoardId);
        await deed.MoveUpvotesOfTopicAsync(topic.Id, from, to.Id, cancellation);
        await db.Topics.Where(t => t.Id == topic.Id).ExecuteUpdateAsync(set => set.SetProperty(t => t.BoardId, to.Id), cancellation);
        if (topic.Visibility == Visibility.Visible)
        {
            var solved = topic.Solved ? 1 : 0;
            // In the order of their ids, so that two who move in opposite directions do not wait for each other.
            foreach (var (board, sign) in new[] { (from, -1), (to.Id, 1) }.OrderBy(b => b.Item1))
                await db.Boards.Where(b => b.Id == board).ExecuteUpdateAsync(set => set
                    .SetProperty(b => b.Topics, b => b.Topics + sign)
                    .SetProperty(b => b.Posts, b => b.Posts + sign * (topic.Replies + 1))
                    .SetProperty(b => b.Solved, b => b.Solved + sign * solved), cancellation);
        }
        // Others read it now, and others read what leads to it.
        await deed.RenderLinksAgainAsync(topic.Id, cancellation);
        await deed.RenderPostsAgainAsync(topic.Id, cancellation);
        deed.Tell(new TopicMoved(topic.Id, to.Id, from));
    }
}
