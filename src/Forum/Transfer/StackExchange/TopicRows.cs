using Forum.Data;
using Forum.Outbox;
using Forum.Rendering;
using Forum.Solutions;
using Forum.Standing;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;

namespace Forum.Transfer.StackExchange;

/// <summary>Stores one batch of questions with their answers and comments, whole or not at all, every counter moved with them.</summary>
internal sealed class TopicRows(Deed deed, Dump dump, long boardId, string source)
{
    /// <summary>What an earlier run, or the forum's own life, made of a question that is here already.</summary>
    private sealed record Held(long Id, long BoardId, long AuthorId, Visibility Visibility, int LastNumber, int Version, bool Solved, bool Closed);

    private readonly ForumDbContext db = deed.Db;
    private readonly MemberCounts members = new();
    private readonly Dictionary<long, (int Topics, int Posts, int Solved)> boards = [];
    private readonly Dictionary<DumpEntry, Post> made = [];
    private readonly Dictionary<DumpQuestion, Topic> topics = [];
    private readonly Dictionary<long, int> repliesOfHeld = [];
    private readonly List<(DumpQuestion Question, Held? Held)> questions = [];
    private int answers, comments, solutions, closed, duplicates, tags, skipped;

    public async Task<Batch> WriteAsync(IReadOnlyList<ReadyTopic> batch, CancellationToken cancellation)
    {
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        var held = await HeldAsync(batch, cancellation);
        var tagIds = await TagsAsync(batch, cancellation);
        foreach (var ready in batch)
        {
            var question = ready.Question;
            if (question.TopicId == 0)
                AddTopic(ready, tagIds);
            else if (held.GetValueOrDefault(question.TopicId) is { Visibility: Visibility.Visible } topic)
                await AddToHeldAsync(ready, topic, cancellation);
            else
                skipped += ready.Entries.Count;
        }
        await db.SaveChangesAsync(cancellation);
        foreach (var (question, topic) in questions)
            await EndAsync(question, topic, cancellation);
        foreach (var (entry, post) in made)
            Remember(entry is DumpPost ? ImportedKind.Post : ImportedKind.Comment, entry.Id, post.Id);
        foreach (var (question, topic) in topics)
            Remember(ImportedKind.Topic, question.Id, topic.Id);
        await db.SaveChangesAsync(cancellation);
        await CountAsync(cancellation);
        Tell(held);
        return new(topics, made, topics.Count, answers, comments, solutions, closed, duplicates, tags, skipped);
    }

    private async Task<Dictionary<long, Held>> HeldAsync(IReadOnlyList<ReadyTopic> batch, CancellationToken cancellation)
    {
        var ids = batch.Select(b => b.Question.TopicId).Where(id => id != 0).ToList();
        if (ids.Count == 0)
            return [];
        return await db.Topics.AsNoTracking().Where(t => ids.Contains(t.Id))
            .Select(t => new Held(t.Id, t.BoardId, t.AuthorId, t.Visibility, t.LastNumber, t.Version, t.Solved, db.Closures.Any(c => c.TopicId == t.Id)))
            .ToDictionaryAsync(t => t.Id, cancellation);
    }

    /// <summary>The tags of the batch by name, a synonym as the tag that it stands for. The database compares: SQL Server's collation takes "straße" for "strasse", so two names may be one tag.</summary>
    private async Task<Dictionary<string, long>> TagsAsync(IReadOnlyList<ReadyTopic> batch, CancellationToken cancellation)
    {
        var fresh = batch.Where(b => b.Question.TopicId == 0).ToList();
        var ids = new Dictionary<string, long>();
        foreach (var names in fresh.SelectMany(b => b.Tags).Distinct().Chunk(MemberCounts.MostIds))
            foreach (var tag in await db.Tags.AsNoTracking().Where(t => names.Contains(t.Name)).ToListAsync(cancellation))
                ids[tag.Name] = tag.SynonymOfId ?? tag.Id;
        foreach (var name in fresh.SelectMany(b => b.Tags).Distinct().Where(name => !ids.ContainsKey(name)).ToList())
            ids[name] = await db.Tags.Where(t => t.Name == name).Select(t => t.SynonymOfId ?? (long?)t.Id).SingleOrDefaultAsync(cancellation) ?? await AddTagAsync(name, cancellation);
        var uses = fresh.SelectMany(b => b.Tags.Select(name => ids[name]).Distinct()).CountBy(id => id);
        foreach (var same in uses.GroupBy(u => u.Value, u => u.Key))
            foreach (var chunk in same.Order().Chunk(MemberCounts.MostIds))
                await db.Tags.Where(t => chunk.Contains(t.Id)).ExecuteUpdateAsync(set => set.SetProperty(t => t.Topics, t => t.Topics + same.Key), cancellation);
        return ids;
    }

    private async Task<long> AddTagAsync(string name, CancellationToken cancellation)
    {
        var tag = new Tag { Name = name };
        db.Tags.Add(tag);
        await db.SaveChangesAsync(cancellation);
        tags++;
        return tag.Id;
    }

    private void AddTopic(ReadyTopic ready, Dictionary<string, long> tagIds)
    {
        var question = ready.Question;
        var last = ready.Entries[^1];
        var topic = new Topic
        {
            BoardId = boardId,
            AuthorId = Member(question),
            Title = ready.Title,
            Slug = Slug.Of(ready.Title),
            Created = question.Created,
            LastActivity = last.Entry.Created,
            LastPosterId = Member(last.Entry),
            LastNumber = ready.Entries.Count,
            Replies = ready.Entries.Count - 1,
            Score = question.Score,
            Views = question.Views,
        };
        topics[question] = topic;
        questions.Add((question, null));
        db.Topics.Add(topic);
        foreach (var tagId in ready.Tags.Select(name => tagIds[name]).Distinct())
            db.TopicTags.Add(new TopicTag { TopicId = 0, Topic = topic, TagId = tagId });
        var number = 0;
        foreach (var entry in ready.Entries)
            AddPost(entry, 0, topic, ++number);
        Board(boardId, topics: 1, posts: ready.Entries.Count);
    }

    private async Task AddToHeldAsync(ReadyTopic ready, Held held, CancellationToken cancellation)
    {
        questions.Add((ready.Question, held));
        if (ready.Entries.Count == 0)
            return;
        var number = held.LastNumber;
        foreach (var entry in ready.Entries)
            AddPost(entry, held.Id, null, ++number);
        Board(held.BoardId, posts: ready.Entries.Count);
        var (count, last) = (ready.Entries.Count, ready.Entries[^1].Entry);
        var poster = Member(last);
        await db.Topics.Where(t => t.Id == held.Id).ExecuteUpdateAsync(set => set
            .SetProperty(t => t.LastNumber, number)
            .SetProperty(t => t.Replies, t => t.Replies + count)
            .SetProperty(t => t.LastActivity, last.Created)
            .SetProperty(t => t.LastPosterId, poster), cancellation);
    }

    private void AddPost(ReadyEntry ready, long topicId, Topic? topic, int number)
    {
        var entry = ready.Entry;
        var parent = ready.Parent is { PostId: 0 } ? made[ready.Parent] : null;
        var post = new Post
        {
            TopicId = topicId,
            Topic = topic!,
            Number = number,
            AuthorId = Member(entry),
            Created = entry.Created,
            ReplyToId = ready.Parent is { PostId: not 0 } ? ready.Parent.PostId : null,
            ReplyTo = parent,
            Markdown = ready.Writing.Markdown,
            Html = ready.Writing.Html,
            Text = ready.Writing.Text,
            RendererVersion = PostRenderer.Version,
            Edited = (entry as DumpPost)?.Edited,
            EditedById = entry is DumpPost { Edited: not null, Editor: { } editor } && dump.Members.GetValueOrDefault(editor) is > 0 and var editorId ? editorId : null,
            Score = entry.Score,
            ImportedScore = entry.Score,
        };
        if (parent is not null)
            parent.Replies++;
        else if (ready.Parent is not null)
            repliesOfHeld[ready.Parent.PostId] = repliesOfHeld.GetValueOrDefault(ready.Parent.PostId) + 1;
        made[entry] = post;
        db.Posts.Add(post);
        members.Move(post.AuthorId, posts: 1);
        if (entry is not DumpPost)
            comments++;
        else if (entry is not DumpQuestion)
            answers++;
    }

    /// <summary>Accepts and closes. A topic that lived on here (its version tells) is left as its people made it.</summary>
    private async Task EndAsync(DumpQuestion question, Held? held, CancellationToken cancellation)
    {
        if (held is { Version: > 1 })
            return;
        var (id, topicBoard) = held is null ? (topics[question].Id, boardId) : (held.Id, held.BoardId);
        if (held is not { Solved: true } && question.AcceptedId is { } acceptedId && question.Answers.Find(a => a.Id == acceptedId) is { } answer)
        {
            var postId = made.TryGetValue(answer, out var post) ? post.Id : answer.PostId;
            if (postId != 0)
                await SolveAsync(question, answer, id, topicBoard, postId, cancellation);
        }
        if (held is { Closed: true } || question.Closed is not { } date)
            return;
        closed++;
        var originalId = OriginalOf(question);
        duplicates += originalId is null ? 0 : 1;
        db.Closures.Add(new Closure { TopicId = id, Reason = question.Reason ?? ClosureReason.OffTopic, Closed = date, DuplicateOfId = originalId });
    }

    private async Task SolveAsync(DumpQuestion question, DumpPost answer, long topicId, long topicBoard, long postId, CancellationToken cancellation)
    {
        var (asker, solver) = (Member(question), Member(answer));
        var marked = answer.Accepted ?? answer.Created;
        db.Solutions.Add(new Solution { TopicId = topicId, Slot = 0, PostId = postId, MarkedById = asker, ByStaff = false, Marked = marked });
        await db.Topics.Where(t => t.Id == topicId).ExecuteUpdateAsync(set => set.SetProperty(t => t.Solved, true), cancellation);
        Board(topicBoard, solved: 1);
        solutions++;
        if (asker == solver)
            return;
        db.PointEntries.Add(new PointEntry { MemberId = solver, Reason = PointReason.SolutionAccepted, PostId = postId, Delta = PointEntry.ForSolution, At = marked });
        members.Move(solver, points: PointEntry.ForSolution, solutions: 1);
    }

    private long? OriginalOf(DumpQuestion question)
    {
        if (question is not { Reason: ClosureReason.Duplicate, OriginalId: { } id })
            return null;
        var original = dump.QuestionOf(id);
        if (original is null || original == question)
            return null;
        return topics.TryGetValue(original, out var topic) ? topic.Id : original.TopicId != 0 ? original.TopicId : null;
    }

    private async Task CountAsync(CancellationToken cancellation)
    {
        foreach (var same in repliesOfHeld.GroupBy(r => r.Value, r => r.Key))
            foreach (var ids in same.Order().Chunk(MemberCounts.MostIds))
                await db.Posts.Where(p => ids.Contains(p.Id)).ExecuteUpdateAsync(set => set.SetProperty(p => p.Replies, p => p.Replies + same.Key), cancellation);
        foreach (var (id, (topicCount, posts, solved)) in boards.OrderBy(b => b.Key))
            await db.Boards.Where(b => b.Id == id).ExecuteUpdateAsync(set => set
                .SetProperty(b => b.Topics, b => b.Topics + topicCount)
                .SetProperty(b => b.Posts, b => b.Posts + posts)
                .SetProperty(b => b.Solved, b => b.Solved + solved), cancellation);
        await members.SaveAsync(db, cancellation);
    }

    private void Tell(Dictionary<long, Held> held)
    {
        if (topics.Count > 0)
            deed.Tell(new TopicsImported(topics.Values.Min(t => t.Id), topics.Values.Max(t => t.Id), boardId));
        foreach (var id in made.Values.Select(p => p.TopicId).Where(held.ContainsKey).Distinct())
            deed.Tell(new TopicsImported(id, id, held[id].BoardId));
    }

    private long Member(DumpEntry entry) => dump.Members[entry.Author];

    private void Board(long id, int topics = 0, int posts = 0, int solved = 0)
    {
        var sofar = boards.GetValueOrDefault(id);
        boards[id] = (sofar.Topics + topics, sofar.Posts + posts, sofar.Solved + solved);
    }

    private void Remember(ImportedKind kind, long sourceId, long targetId) =>
        db.ImportedRows.Add(new ImportedRow { Source = source, Kind = kind, SourceId = sourceId, TargetId = targetId });

    /// <summary>What a batch made; it counts only once its transaction is committed.</summary>
    public sealed record Batch(
        IReadOnlyDictionary<DumpQuestion, Topic> TopicsOf, IReadOnlyDictionary<DumpEntry, Post> PostsOf,
        int Topics, int Answers, int Comments, int Solutions, int Closed, int Duplicates, int Tags, int Skipped);
}
