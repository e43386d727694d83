using Forum.Data;
using Forum.Data.Providers;
using Forum.Outbox;
using Forum.Rendering;
using Forum.Solutions;
using Forum.Standing;
using Forum.Topics;
using Forum.Votes;
using Microsoft.EntityFrameworkCore;

namespace Forum.Transfer;

/// <summary>Stores one batch of made-up topics with replies, votes and solutions, every counter moved with them.</summary>
internal sealed class SyntheticRows(Deed deed, SyntheticPlan plan, SyntheticTexts texts, string source, long[] memberIds, long[] boardIds, long[] tagIds)
{
    private readonly ForumDbContext db = deed.Db;
    private readonly MemberCounts members = new();
    private readonly Dictionary<long, (int Topics, int Posts, int Solved)> boards = [];
    private readonly Dictionary<long, int> tagUses = [];
    private readonly Dictionary<(DateOnly Day, long BoardId, long MemberId), int> buckets = [];
    private readonly List<(int Index, Topic Topic)> topics = [];
    private readonly List<Post> posts = [];
    private readonly List<(Topic Topic, long TagId)> topicTags = [];
    private readonly List<(Post Post, DateTime Marked, long AskerId)> solutions = [];
    private readonly List<(Post Post, long VoterId, DateTime Cast)> votes = [];
    private long nextTopic, nextPost;

    public async Task<Seeded> WriteAsync(IReadOnlyList<int> batch, CancellationToken cancellation)
    {
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        (nextTopic, nextPost) = (await db.NextIdAsync<Topic>(cancellation), await db.NextIdAsync<Post>(cancellation));
        foreach (var index in batch)
            Add(index);
        db.AddMany(topics.Select(t => t.Topic));
        db.AddMany(posts);
        await db.SaveChangesAsync(cancellation);
        db.AddMany(votes.Select(v => new Vote { PostId = v.Post.Id, MemberId = v.VoterId, Cast = v.Cast, Day = DateOnly.FromDateTime(v.Cast) }));
        db.AddMany(topicTags.Select(t => new TopicTag { TopicId = t.Topic.Id, TagId = t.TagId }));
        foreach (var (post, marked, askerId) in solutions)
            Solve(post, marked, askerId);
        db.AddMany(topics.Select(t => new ImportedRow { Source = source, Kind = ImportedKind.Topic, SourceId = t.Index, TargetId = t.Topic.Id }));
        GivePoints();
        await MoveBucketsAsync(cancellation);
        await db.SaveChangesAsync(cancellation);
        await CountAsync(cancellation);
        foreach (var of in topics.GroupBy(t => t.Topic.BoardId))
            deed.Tell(new TopicsImported(of.Min(t => t.Topic.Id), of.Max(t => t.Topic.Id), of.Key));
        return new(topics.Count, posts.Count, 0, votes.Count, solutions.Count, false);
    }

    private void Add(int index)
    {
        var random = plan.RandomOf(index);
        var (count, at, boardId) = (plan.PostsOf(index), plan.StartOf(index), boardIds[random.Next(boardIds.Length)]);
        var title = SyntheticTexts.Title(random);
        var rows = new List<Post>(count);
        var topic = new Topic
        {
            Id = Next(ref nextTopic),
            BoardId = boardId,
            AuthorId = memberIds[plan.Member(random)],
            Title = title,
            Slug = Slug.Of(title),
            Created = at,
            LastActivity = at,
            LastPosterId = 0,
            LastNumber = count,
            Replies = count - 1,
            Views = count * (5 + random.Next(50)),
        };
        for (var number = 1; number <= count; number++)
        {
            var parent = number > 2 && random.Next(4) == 0 ? rows[1 + random.Next(number - 2)] : null;
            var authorId = number == 1 ? topic.AuthorId : memberIds[plan.Member(random)];
            var text = texts.Text(random);
            var post = new Post
            {
                Id = Next(ref nextPost),
                TopicId = topic.Id,
                Topic = topic,
                Number = number,
                AuthorId = authorId,
                ReplyToId = parent?.Id is > 0 ? parent.Id : null,
                ReplyTo = parent,
                Created = at,
                Markdown = text.Markdown,
                Html = text.Html,
                Text = text.Text,
                RendererVersion = PostRenderer.Version,
            };
            if (parent is not null)
                parent.Replies++;
            Vote(post, boardId, random);
            rows.Add(post);
            members.Move(authorId, posts: 1);
            if (number < count)
                at = plan.After(at, random);
        }
        (topic.Score, topic.LastActivity, topic.LastPosterId) = (rows[0].Score, rows[^1].Created, rows[^1].AuthorId);
        if (count > 1 && random.NextDouble() < SyntheticPlan.Solved)
        {
            topic.Solved = true;
            solutions.Add((rows[1 + random.Next(Math.Min(count - 1, 5))], at, topic.AuthorId));
        }
        posts.AddRange(rows);
        foreach (var tagId in Enumerable.Range(0, 1 + random.Next(3)).Select(_ => tagIds[(int)(tagIds.Length * Math.Pow(random.NextDouble(), 2))]).Distinct())
        {
            topicTags.Add((topic, tagId));
            tagUses[tagId] = tagUses.GetValueOrDefault(tagId) + 1;
        }
        topics.Add((index, topic));
        var sofar = boards.GetValueOrDefault(boardId);
        boards[boardId] = (sofar.Topics + 1, sofar.Posts + count, sofar.Solved + (topic.Solved ? 1 : 0));
    }

    private static long Next(ref long id) => id == 0 ? 0 : id++;

    private void Vote(Post post, long boardId, Random random)
    {
        var (wanted, first) = (plan.Votes(random), random.Next(memberIds.Length));
        for (var i = 0; i < wanted; i++)
        {
            var voterId = memberIds[(first + i) % memberIds.Length];
            if (voterId == post.AuthorId)
                continue;
            var cast = plan.After(post.Created, random);
            votes.Add((post, voterId, cast));
            post.Score++;
            var key = (DateOnly.FromDateTime(cast), boardId, post.AuthorId);
            buckets[key] = buckets.GetValueOrDefault(key) + 1;
        }
    }

    private void Solve(Post post, DateTime marked, long askerId)
    {
        db.Solutions.Add(new Solution { TopicId = post.TopicId, Slot = 0, PostId = post.Id, MarkedById = askerId, ByStaff = false, Marked = marked });
        if (post.AuthorId == askerId)
            return;
        db.PointEntries.Add(new PointEntry { MemberId = post.AuthorId, Reason = PointReason.SolutionAccepted, PostId = post.Id, ActorId = askerId, Delta = PointEntry.ForSolution, At = marked });
        members.Move(post.AuthorId, points: PointEntry.ForSolution, solutions: 1);
    }

    /// <summary>One line a member and day, as for an import: a line a vote would double the work of a seed for nothing that is measured.</summary>
    private void GivePoints()
    {
        var lines = buckets.GroupBy(b => (b.Key.Day, b.Key.MemberId), b => b.Value).Select(day => new PointEntry
        {
            MemberId = day.Key.MemberId,
            Reason = PointReason.Imported,
            At = day.Key.Day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc),
            Delta = Math.Min(day.Sum() * PointEntry.ForUpvote, PointEntry.MaxFromUpvotesPerDay),
        }).ToList();
        db.AddMany(lines);
        foreach (var line in lines)
            members.Move(line.MemberId, points: line.Delta);
    }

    private async Task MoveBucketsAsync(CancellationToken cancellation)
    {
        if (db.AddOrRaiseMany(buckets.Select(b => new UpvoteDay { Day = b.Key.Day, BoardId = b.Key.BoardId, MemberId = b.Key.MemberId, Upvotes = b.Value }), nameof(UpvoteDay.Upvotes)))
            return;
        foreach (var ((day, boardId, memberId), count) in buckets)
            await deed.MoveUpvotesAsync(boardId, memberId, day, count, cancellation);
    }

    private async Task CountAsync(CancellationToken cancellation)
    {
        foreach (var same in tagUses.GroupBy(u => u.Value, u => u.Key))
        {
            var ids = same.Order().ToArray();
            await db.Tags.Where(t => ids.Contains(t.Id)).ExecuteUpdateAsync(set => set.SetProperty(t => t.Topics, t => t.Topics + same.Key), cancellation);
        }
        foreach (var (id, (topicCount, postCount, solved)) in boards.OrderBy(b => b.Key))
            await db.Boards.Where(b => b.Id == id).ExecuteUpdateAsync(set => set
                .SetProperty(b => b.Topics, b => b.Topics + topicCount)
                .SetProperty(b => b.Posts, b => b.Posts + postCount)
                .SetProperty(b => b.Solved, b => b.Solved + solved), cancellation);
        await members.SaveAsync(db, cancellation);
    }
}
