using Forum.Data;
using Forum.Outbox;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Forum.Search;

/// <summary>What a batch of events changes in the index. Each thing is read and written once, as it is now, however many events speak of it.</summary>
internal sealed partial class IndexUpdate
{
    private readonly List<(long First, long Last)> imported = [];
    private readonly HashSet<long> reworded = [];
    private readonly HashSet<long> whole = [];
    private readonly HashSet<long> own = [];
    private readonly HashSet<long> posts = [];
    private readonly HashSet<long> votes = [];
    private readonly HashSet<long> freed = [];
    private readonly HashSet<long> merged = [];
    private readonly Language site;
    private readonly ILogger logger;

    public IndexUpdate(IEnumerable<ForumEvent> events, Language site, ILogger logger)
    {
        (this.site, this.logger) = (site, logger);
        foreach (var happened in events)
            Take(happened);
        own.ExceptWith(whole);
        votes.ExceptWith(posts);
    }

    public bool IsEmpty => imported.Count + reworded.Count + whole.Count + own.Count + posts.Count + votes.Count + freed.Count + merged.Count == 0;

    private void Take(ForumEvent happened)
    {
        switch (happened)
        {
            case TopicsImported e when e.FirstTopicId == e.LastTopicId:
                whole.Add(e.FirstTopicId);
                break;
            case TopicsImported e:
                imported.Add((e.FirstTopicId, e.LastTopicId));
                break;
            case BoardReworded e:
                reworded.Add(e.BoardId);
                break;
            case TopicPosted e:
                whole.Add(e.TopicId);
                break;
            case ReplyPosted e:
                Reply(e.TopicId, e.PostId, e.Number <= SearchDocument.LastOwnNumber);
                break;
            case PostEdited { Number: > 1 } e:
                Reply(e.TopicId, e.PostId, own: true);
                break;
            case PostVisibilityChanged { Number: > 1 } e:
                Reply(e.TopicId, e.PostId, own: true);
                break;
            case VoteChanged e:
                votes.Add(e.PostId);
                break;
            case SynonymFreed e:
                freed.Add(e.TagId);
                break;
            case TagMerged e:
                merged.Add(e.IntoId);
                break;
            case WikiChanged or TopicPinned or PostLocked:
                break;
            case TopicEvent e:
                whole.Add(e.TopicId);
                break;
        }
    }

    private void Reply(long topicId, long postId, bool own)
    {
        posts.Add(postId);
        if (own)
            this.own.Add(topicId);
    }

    public async Task ApplyAsync(ForumDbContext db, IndexWriter writer, CancellationToken cancellation)
    {
        await FindTaggedAsync(db, writer, cancellation);
        foreach (var (first, last) in imported)
            await WriteAsync(writer, SearchSource.ReadAsync(db, site, first, last, cancellation), replace: true, logger);
        if (reworded.Count > 0)
            await WriteAsync(writer, SearchSource.ReadAsync(db, site, 1, long.MaxValue - 1, cancellation, reworded), replace: true, logger);
        foreach (var id in whole)
            writer.DeleteDocuments(new Term(SearchFields.Topic, SearchDocument.Key(id)));
        await WriteAsync(writer, SearchSource.ReadAsync(db, site, whole, ownWords: false, cancellation), replace: false, logger);
        await RewriteAsync(db, writer, cancellation);
        await WritePostsAsync(db, writer, cancellation);
        await WriteVotesAsync(db, writer, cancellation);
    }

    /// <summary>Topics that stand under a tag that is no synonym any more carry another one; and one that stands under two names of a tag would count twice. They are written anew.</summary>
    private async Task FindTaggedAsync(ForumDbContext db, IndexWriter writer, CancellationToken cancellation)
    {
        if (freed.Count + merged.Count == 0)
            return;
        using var reader = DirectoryReader.Open(writer, applyAllDeletes: true);
        var searcher = new IndexSearcher(reader);
        if (freed.Count > 0)
            Find(new ConstantScoreQuery(LuceneQueries.AnyOf(SearchFields.Tag, freed.Select(SearchDocument.Key))));
        foreach (var id in merged)
        {
            var twice = new BooleanQuery { MinimumNumberShouldMatch = 2 };
            foreach (var name in await db.Tags.Where(t => t.Id == id || t.SynonymOfId == id).Select(t => t.Id).ToListAsync(cancellation))
                twice.Add(new TermQuery(new Term(SearchFields.Tag, SearchDocument.Key(name))), Occur.SHOULD);
            Find(twice);
        }
        own.ExceptWith(whole);

        void Find(Query query)
        {
            var collector = new TopicCollector(int.MaxValue, SearchSort.Newest, 0);
            searcher.Search(query, collector);
            whole.UnionWith(collector.Ranked().Select(f => f.TopicId));
        }
    }

    /// <summary>Writes topics with all their replies.</summary>
    public static async Task WriteAsync(IndexWriter writer, IAsyncEnumerable<(SearchTopic Topic, SearchPost Post)> rows, bool replace, ILogger logger, Action? each = null)
    {
        SearchDocument? current = null;
        await foreach (var (topic, post) in rows)
        {
            if (current?.TopicId != topic.Id)
            {
                Write(writer, current, logger);
                current = new SearchDocument(topic);
                if (replace)
                    writer.DeleteDocuments(new Term(SearchFields.Topic, SearchDocument.Key(topic.Id)));
            }
            Try(post.Id, logger, () =>
            {
                current.Add(post);
                if (post.Number > 1)
                    writer.AddDocument(current.ToDocument(post));
            });
            each?.Invoke();
        }
        Write(writer, current, logger);
    }

    private static void Write(IndexWriter writer, SearchDocument? topic, ILogger logger) => Try(topic?.TopicId, logger, () =>
    {
        if (topic?.ToDocument() is { } document)
            writer.AddDocument(document);
    });

    /// <summary>What cannot be indexed is left out and named in the log: it must not keep everything else from being found. Faults of the disk are not its own.</summary>
    private static void Try(long? id, ILogger logger, Action write)
    {
        try
        {
            write();
        }
        catch (Exception exception) when (exception is not (IOException or UnauthorizedAccessException or ObjectDisposedException or OutOfMemoryException))
        {
            LeftOut(logger, exception, id);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Id} cannot be indexed and is left out of the search")]
    private static partial void LeftOut(ILogger logger, Exception exception, long? id);

    private async Task RewriteAsync(ForumDbContext db, IndexWriter writer, CancellationToken cancellation)
    {
        SearchDocument? current = null;
        await foreach (var (topic, post) in SearchSource.ReadAsync(db, site, own, ownWords: true, cancellation))
        {
            if (current?.TopicId != topic.Id)
            {
                Update(writer, current);
                current = new SearchDocument(topic);
            }
            Try(post.Id, logger, () => current.Add(post));
        }
        Update(writer, current);
    }

    private void Update(IndexWriter writer, SearchDocument? topic) => Try(topic?.TopicId, logger, () =>
    {
        if (topic?.ToDocument() is { } document)
            writer.UpdateDocument(new Term(SearchFields.Post, SearchDocument.Key(topic.QuestionId)), document);
    });

    private async Task WritePostsAsync(ForumDbContext db, IndexWriter writer, CancellationToken cancellation)
    {
        foreach (var ids in posts.Chunk(SearchSource.TopicsAtOnce))
        {
            foreach (var id in ids)
                writer.DeleteDocuments(new Term(SearchFields.Post, SearchDocument.Key(id)));
            var rows = await SearchSource.PostsOf(db.Posts.Where(p => ids.Contains(p.Id))).ToListAsync(cancellation);
            var topics = await SearchSource.TopicsAsync(db, site, [.. rows.Select(r => r.TopicId).Distinct()], cancellation);
            foreach (var post in rows)
                if (topics.TryGetValue(post.TopicId, out var topic))
                    Try(post.Id, logger, () => writer.AddDocument(new SearchDocument(topic).ToDocument(post)));
        }
    }

    private async Task WriteVotesAsync(ForumDbContext db, IndexWriter writer, CancellationToken cancellation)
    {
        foreach (var ids in votes.Chunk(SearchSource.TopicsAtOnce))
            foreach (var post in await db.Posts.AsNoTracking().Where(p => ids.Contains(p.Id)).Select(p => new { p.Id, p.Score }).ToListAsync(cancellation))
                writer.UpdateNumericDocValue(new Term(SearchFields.Post, SearchDocument.Key(post.Id)), SearchFields.ScoreValue, post.Score);
    }
}
