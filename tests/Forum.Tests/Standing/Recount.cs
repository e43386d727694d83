using Forum.Standing;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;

namespace Forum.Tests.Standing;

/// <summary>Counts everything anew from the facts, the slow and simple way, and compares it with what the deeds counted.</summary>
public static class Recount
{
    public static async Task AssertEverythingAsync(TestForum forum)
    {
        await using var db = forum.Db();
        var posts = await db.Posts.AsNoTracking().ToListAsync();
        var topics = await db.Topics.AsNoTracking().ToListAsync();
        var votes = await db.Votes.AsNoTracking().ToListAsync();
        var imported = await db.ImportedUpvotes.AsNoTracking().ToListAsync();
        var solutions = await db.Solutions.AsNoTracking().ToListAsync();
        var ledger = await db.PointEntries.AsNoTracking().ToListAsync();
        var postById = posts.ToDictionary(p => p.Id);
        var topicById = topics.ToDictionary(t => t.Id);
        bool Seen(Post post) => post.Visibility == Visibility.Visible;

        foreach (var post in posts)
        {
            Assert.Equal((post.Id, post.ImportedScore + votes.Count(v => v.PostId == post.Id)), (post.Id, post.Score));
            Assert.Equal((post.Id, posts.Count(p => p.ReplyToId == post.Id && Seen(p))), (post.Id, post.Replies));
        }
        var moved = await db.MovedPosts.AsNoTracking().ToListAsync();
        var merged = await db.MergedTopics.AsNoTracking().Select(m => m.TopicId).ToListAsync();
        foreach (var topic in topics.Where(t => merged.Contains(t.Id)))
        {
            Assert.DoesNotContain(posts, p => p.TopicId == topic.Id);
            Assert.Equal((Visibility.Deleted, 0, 0, false), (topic.Visibility, topic.Replies, topic.Score, topic.Solved));
        }
        foreach (var topic in topics.Where(t => !merged.Contains(t.Id)))
        {
            var own = posts.Where(p => p.TopicId == topic.Id && !p.IsNote).OrderBy(p => p.Number).ToList();
            Assert.Equal((topic.Id, own.Count(p => p.Number > 1 && Seen(p))), (topic.Id, topic.Replies));
            Assert.Equal((topic.Id, moved.Where(m => m.TopicId == topic.Id).Select(m => m.Number).Append(own[^1].Number).Max()), (topic.Id, topic.LastNumber));
            Assert.Equal((topic.Id, own[0].Score), (topic.Id, topic.Score));
            Assert.Equal((topic.Id, own[0].Visibility), (topic.Id, topic.Visibility));
            var last = own.Last(p => p.Number == 1 || Seen(p));
            Assert.Equal((topic.Id, last.Created, last.AuthorId), (topic.Id, topic.LastActivity, topic.LastPosterId));
            Assert.Equal((topic.Id, solutions.Any(s => s.TopicId == topic.Id)), (topic.Id, topic.Solved));
        }
        foreach (var solution in solutions)
        {
            Assert.True(Seen(postById[solution.PostId]));
            Assert.Equal(solution.TopicId, postById[solution.PostId].TopicId);
            Assert.NotEqual(1, postById[solution.PostId].Number);
        }
        foreach (var board in await db.Boards.AsNoTracking().ToListAsync())
        {
            var own = topics.Where(t => t.BoardId == board.Id && t.Visibility == Visibility.Visible).ToList();
            var ids = own.Select(t => t.Id).ToHashSet();
            Assert.Equal((board.Slug, own.Count, posts.Count(p => ids.Contains(p.TopicId) && Seen(p)), own.Count(t => t.Solved)), (board.Slug, board.Topics, board.Posts, board.Solved));
        }
        var tagged = await db.TopicTags.AsNoTracking().ToListAsync();
        foreach (var tag in await db.Tags.AsNoTracking().ToListAsync())
            Assert.Equal((tag.Name, tagged.Count(t => t.TagId == tag.Id && topicById[t.TopicId].Visibility == Visibility.Visible)), (tag.Name, tag.Topics));
        foreach (var member in await db.Users.AsNoTracking().ToListAsync())
        {
            Assert.Equal((member.Handle, posts.Count(p => p.AuthorId == member.Id && Seen(p))), (member.Handle, member.Posts));
            Assert.Equal((member.Handle, ledger.Where(e => e.MemberId == member.Id).Sum(e => e.Delta)), (member.Handle, member.Points));
            Assert.Equal((member.Handle, solutions.Count(s => postById[s.PostId].AuthorId == member.Id && topicById[s.TopicId].AuthorId != member.Id)), (member.Handle, member.Solutions));
        }

        Assert.All(votes, v => Assert.Equal(forum.Options.Site.DayOf(v.Cast), v.Day));
        var joined = await db.Users.AsNoTracking().OrderBy(m => m.Id).ToDictionaryAsync(m => m.Id, m => m.Created);
        var founding = joined.Count == 0 ? default : joined.First().Value.AddDays(3);
        var days = votes.Where(v => joined[v.MemberId] < founding || v.Cast - joined[v.MemberId] >= TimeSpan.FromDays(3)).Select(v => (Post: postById[v.PostId], v.Day, Count: 1))
            .Concat(imported.Select(u => (Post: postById[u.PostId], u.Day, u.Count)))
            .Where(v => Seen(v.Post))
            .GroupBy(v => (topicById[v.Post.TopicId].BoardId, v.Post.AuthorId, v.Day))
            .Select(g => (g.Key.BoardId, g.Key.AuthorId, g.Key.Day, g.Sum(v => v.Count)));
        var buckets = await db.UpvoteDays.AsNoTracking().Where(d => d.Upvotes != 0).ToListAsync();
        Assert.Equal(days.Order(), buckets.Select(d => (d.BoardId, d.MemberId, d.Day, d.Upvotes)).Order());

        var reversed = ledger.Where(e => e.ReversesId is not null).Select(e => e.ReversesId!.Value).ToList();
        Assert.Equal(reversed.Count, reversed.Distinct().Count());
        var standing = ledger.Where(e => e.ReversesId is null && !reversed.Contains(e.Id)).ToList();
        Assert.All(standing.Where(e => e.Reason == PointReason.Upvote), e =>
            Assert.True(Seen(postById[e.PostId!.Value]) && votes.Any(v => v.PostId == e.PostId && v.MemberId == e.ActorId)));
        Assert.Equal(
            solutions.Where(s => postById[s.PostId].AuthorId != topicById[s.TopicId].AuthorId).Select(s => (postById[s.PostId].AuthorId, (long?)s.PostId)).Order(),
            standing.Where(e => e.Reason == PointReason.SolutionAccepted).Select(e => (e.MemberId, e.PostId)).Order());
    }
}
