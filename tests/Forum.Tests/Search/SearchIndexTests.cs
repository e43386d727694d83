using Forum.Data;
using Forum.Outbox;
using Forum.Search;
using Forum.Settings;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace Forum.Tests.Search;

public sealed class SearchIndexTests
{
    [Fact]
    public async Task A_restart_goes_on_where_it_stopped()
    {
        await using var forum = await SearchForum.StartAsync();
        var topic = await forum.AskAsync("What is a firkin of ale?", "I read the word.");
        await forum.CaughtUpAsync();

        // Who reads everything again would see the words that no event tells of.
        await forum.RestartAsync(() => ChangeSilentlyAsync(forum, topic.Id, "quite different words"));
        await forum.AskAsync("What is a kilderkin then?", "Larger.");

        Assert.Equal(1, forum.Index.Builds);
        Assert.Single(await forum.TitlesAsync("read the word"));
        Assert.Empty(await forum.TitlesAsync("different"));
        Assert.Single(await forum.TitlesAsync("kilderkin"));
    }

    [Fact]
    public async Task What_was_posted_while_the_indexer_stood_still_is_found_afterwards()
    {
        await using var forum = await SearchForum.StartAsync();

        await forum.RestartAsync(() => forum.AskAsync("What is a hogshead of ale?", "Much."));

        Assert.Equal(1, forum.Index.Builds);
        Assert.Single(await forum.TitlesAsync("hogshead"));
    }

    [Fact]
    public async Task A_folder_deleted_while_it_runs_is_rebuilt()
    {
        await using var forum = await SearchForum.StartAsync();
        await forum.AskAsync("What is a firkin of ale?", "I read the word.");
        await forum.CaughtUpAsync();
        var before = forum.Index.Builds;

        Directory.Delete(forum.Folder, recursive: true);
        await forum.RebuiltAsync(before);

        Assert.Single(await forum.TitlesAsync("firkin"));
        await forum.AskAsync("What is a kilderkin then?", "Larger.");
        Assert.Single(await forum.TitlesAsync("kilderkin"));
        await forum.RestartAsync();
        Assert.Equal(before + 1, forum.Index.Builds);
        Assert.Equal(2, forum.Index.Documents);
    }

    [Fact]
    public async Task A_node_folder_deleted_while_it_runs_is_made_anew_with_its_lock()
    {
        await using var forum = await SearchForum.StartAsync();
        await forum.AskAsync("What is a firkin of ale?", "I read the word.");
        await forum.CaughtUpAsync();
        var before = forum.Index.Builds;

        TestForum.DeleteFolder(forum.Engine.Options.NodePath);
        await forum.RebuiltAsync(before);

        Assert.Single(await forum.TitlesAsync("firkin"));
        // What was made anew while the folder was still being deleted went with it, and is made once more.
        var lockFile = Path.Combine(forum.Engine.Options.NodePath, "search.lock");
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await forum.Index.WaitUntilAsync(() => File.Exists(lockFile), limit.Token);
        Assert.Null(IndexLock.TryTake(lockFile));
    }

    public static TheoryData<string> Damages => ["truncate", "zero", "empty", "delete", "delete segments"];

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task A_damaged_index_is_rebuilt_at_the_start(string damage)
    {
        await using var forum = await SearchForum.StartAsync();
        await forum.AskAsync("What is a firkin of ale?", "I read the word.");
        await forum.CaughtUpAsync();

        await forum.RestartAsync(() =>
        {
            Damage(forum.Folder, damage);
            return Task.CompletedTask;
        });
        await forum.RebuiltAsync(1);

        Assert.Single(await forum.TitlesAsync("firkin"));
        Assert.Equal(1, forum.Index.Documents);
    }

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task An_index_damaged_while_it_runs_is_rebuilt(string damage)
    {
        await using var forum = await SearchForum.StartAsync();
        await forum.AskAsync("What is a firkin of ale?", "I read the word.");
        await forum.CaughtUpAsync();
        await forum.RestartAsync();

        Damage(forum.Folder, damage);
        await forum.RebuiltAsync(1);

        Assert.Single(await forum.TitlesAsync("firkin"));
    }

    [Fact]
    public async Task An_index_of_another_database_is_rebuilt()
    {
        await using var forum = await SearchForum.StartAsync();
        await forum.AskAsync("What is a firkin of ale?", "I read the word.");
        await forum.CaughtUpAsync();

        await forum.RestartAsync(async () =>
        {
            await using var db = forum.Engine.Db();
            var other = Guid.NewGuid();
            await db.OutboxCounters.ExecuteUpdateAsync(set => set.SetProperty(c => c.DatabaseId, other));
        });

        Assert.Equal(2, forum.Index.Builds);
        Assert.Single(await forum.TitlesAsync("firkin"));
    }

    [Fact]
    public async Task A_restored_older_database_is_indexed_anew()
    {
        await using var forum = await SearchForum.StartAsync();
        await forum.AskAsync("What is a firkin of ale?", "I read the word.");
        await forum.CaughtUpAsync();

        await forum.RestartAsync(async () =>
        {
            await using var db = forum.Engine.Db();
            await db.OutboxCounters.ExecuteUpdateAsync(set => set.SetProperty(c => c.Value, c => c.Value - 1));
        });

        Assert.Equal(2, forum.Index.Builds);
    }

    [Fact]
    public async Task An_index_that_lacks_documents_is_rebuilt()
    {
        await using var forum = await SearchForum.StartAsync();
        var topic = await forum.AskAsync("What is a firkin of ale?", "I read the word.");
        await forum.CaughtUpAsync();

        await forum.RestartAsync(async () =>
        {
            await using var db = forum.Engine.Db();
            var post = await db.Posts.AsNoTracking().SingleAsync(p => p.TopicId == topic.Id);
            db.Posts.Add(new() { TopicId = topic.Id, Number = 2, AuthorId = post.AuthorId, Markdown = "unheard", Text = "unheard", RendererVersion = 1, Created = post.Created });
            await db.SaveChangesAsync();
        });
        await forum.RebuiltAsync(1);

        Assert.Single(await forum.TitlesAsync("unheard"));
    }

    [Fact]
    public async Task After_a_crash_what_was_not_committed_comes_from_the_outbox_again()
    {
        await using var forum = await SearchForum.StartAsync();
        await forum.AskAsync("What is a firkin of ale?", "I read the word.");
        await forum.RestartAsync();
        await forum.AskAsync("What is a kilderkin then?", "Larger.");
        await forum.CaughtUpAsync();

        // What lies on disk now is what a killed process leaves behind.
        var options = new ForumOptions { DataPath = forum.Engine.Options.DataPath, NodePath = Path.Combine(forum.Engine.Options.DataPath, "crashed") };
        Directory.CreateDirectory(Path.Combine(options.NodePath, "search"));
        foreach (var file in Directory.GetFiles(forum.Folder))
            File.Copy(file, Path.Combine(options.NodePath, "search", Path.GetFileName(file)));
        var contexts = forum.Engine.Get<IDbContextFactory<ForumDbContext>>();
        using var index = new SearchIndex(contexts, options, forum.Engine.Get<IndexSnapshots>(), forum.Engine.Clock, NullLogger<SearchIndex>.Instance);
        using var indexer = new SearchIndexer(contexts, index, forum.Engine.Get<Synonyms>(), forum.Engine.Get<Signal>(), NullLogger<SearchIndexer>.Instance);
        await indexer.StartAsync(default);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await index.WaitForAsync(forum.Index.Applied, limit.Token);

        Assert.Equal((0, 2), (index.Builds, index.Documents));
        await indexer.StopAsync(default);
    }

    [Fact]
    public async Task A_second_process_on_the_folder_waits_and_says_so()
    {
        await using var forum = await SearchForum.StartAsync();
        await forum.AskAsync("What is a firkin of ale?", "I read the word.");
        await forum.CaughtUpAsync();
        var contexts = forum.Engine.Get<IDbContextFactory<ForumDbContext>>();
        using var index = new SearchIndex(contexts, forum.Engine.Options, forum.Engine.Get<IndexSnapshots>(), forum.Engine.Clock, NullLogger<SearchIndex>.Instance);
        using var second = new SearchIndexer(contexts, index, forum.Engine.Get<Synonyms>(), forum.Engine.Get<Signal>(), NullLogger<SearchIndexer>.Instance);

        await second.StartAsync(default);
        var queries = new SearchQueries(contexts, index, forum.Engine.Get<Synonyms>(), forum.Engine.Options, forum.Engine.Clock);
        var meanwhile = await queries.SearchAsync(Actor.Visitor, new("firkin"), default);
        Assert.True(meanwhile.Rebuilding);
        Assert.Empty(meanwhile.Items);
        Assert.Single(await forum.TitlesAsync("firkin"));

        await forum.StopIndexingAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await index.WaitForAsync(1, limit.Token);
        Assert.Single((await queries.SearchAsync(Actor.Visitor, new("firkin"), default)).Items);
        Assert.Equal(0, index.Builds);
        await second.StopAsync(default);
    }

    [Fact]
    public async Task Reindexing_is_done_by_whoever_owns_the_index()
    {
        await using var forum = await SearchForum.StartAsync();
        var topic = await forum.AskAsync("What is a firkin of ale?", "I read the word.");
        await forum.CaughtUpAsync();
        await ChangeSilentlyAsync(forum, topic.Id, "quite different words");
        using var other = new SearchIndex(forum.Engine.Get<IDbContextFactory<ForumDbContext>>(), forum.Engine.Options, forum.Engine.Get<IndexSnapshots>(), forum.Engine.Clock, NullLogger<SearchIndex>.Instance);

        Assert.Equal(Rebuild.Asked, await other.RebuildAsync(null, default));
        await forum.RebuiltAsync(1);
        Assert.Single(await forum.TitlesAsync("different"));

        await forum.StopIndexingAsync();
        var last = 0.0;
        Assert.Equal(Rebuild.Done, await other.RebuildAsync(new Reporter(p => last = p), default));
        Assert.Equal(1, last);
        await forum.IndexAsync();
        Assert.Equal(2, forum.Index.Builds);
        Assert.Single(await forum.TitlesAsync("different"));
    }

    [Fact]
    public async Task A_build_tells_how_far_it_is_and_how_fast()
    {
        await using var forum = await SearchForum.StartAsync(indexing: false);
        var topic = await forum.AskAsync("What is a firkin of ale?", "I read the word.");
        for (var i = 1; i < 250; i++)
            await forum.ReplyAsync(topic, "Larger.");
        var log = new Journal<SearchIndex>();
        using var index = new SearchIndex(forum.Engine.Get<IDbContextFactory<ForumDbContext>>(), forum.Engine.Options, forum.Engine.Get<IndexSnapshots>(), forum.Engine.Clock, log);
        var told = new List<IndexBuild?>();

        await index.RebuildAsync(new Reporter(_ =>
        {
            told.Add(index.Building);
            forum.Engine.Clock.Advance(TimeSpan.FromSeconds(told.Count == 1 ? 8 : 12));
        }), default);

        Assert.Equal([new(0.4, 0), new(0.8, 25), null], told);
        Assert.Null(index.Building);
        Assert.Equal(["The search index is being built: 200 of 250 posts, 25 posts a second "], log.Lines.Where(line => line.Contains("a second", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_post_that_cannot_be_indexed_is_left_out_and_the_others_are_found()
    {
        static async IAsyncEnumerable<(SearchTopic, SearchPost)> ReadAsync()
        {
            foreach (var (id, reply) in new[] { (1, "A small one."), (2, null!), (3, "A large one.") })
            {
                var topic = new SearchTopic(id, 1, Language.English, $"Topic {id}", false, false, 1, [], []);
                yield return (topic, new SearchPost(10 * id, id, 1, 1, DateTime.UnixEpoch, 0, "How much is it?"));
                yield return (topic, new SearchPost(10 * id + 1, id, 2, 1, DateTime.UnixEpoch, 0, reply));
                await Task.Yield();
            }
        }

        using var folder = new Folder();
        using var index = OpenIndex.Open(folder.Path);
        await IndexUpdate.WriteAsync(index.Writer, ReadAsync(), replace: false, NullLogger.Instance);
        index.Refresh();
        Assert.Equal(5, index.Search(searcher => searcher.IndexReader.NumDocs));
    }

    private sealed class Folder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("forum-index-").FullName;

        public void Dispose() => TestForum.DeleteFolder(Path);
    }

    private sealed class Reporter(Action<double> tell) : IProgress<double>
    {
        public void Report(double value) => tell(value);
    }

    private static async Task ChangeSilentlyAsync(SearchForum forum, long topicId, string text)
    {
        await using var db = forum.Engine.Db();
        await db.Posts.Where(p => p.TopicId == topicId).ExecuteUpdateAsync(set => set.SetProperty(p => p.Text, text));
    }

    private static void Damage(string folder, string damage)
    {
        foreach (var path in Directory.GetFiles(folder))
        {
            var segments = Path.GetFileName(path).StartsWith("segments", StringComparison.Ordinal);
            if (damage == "delete segments" ? !segments : segments)
                continue;
            switch (damage)
            {
                case "truncate":
                    using (var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
                        file.SetLength(file.Length / 2);
                    break;
                case "empty":
                    File.WriteAllBytes(path, []);
                    break;
                case "zero":
                    File.WriteAllBytes(path, new byte[new FileInfo(path).Length]);
                    break;
                default:
                    File.Delete(path);
                    break;
            }
        }
    }
}
