using Forum.Jobs;
using Forum.Members;
using Forum.Search;
using Forum.Settings;
using Forum.Tests.Uploads;
using Forum.Topics;
using Forum.Uploads;
using Lucene.Net.Documents;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;

namespace Forum.Tests.Search;

public sealed class SnapshotTests(S3Server server) : IClassFixture<S3Server>
{
    private const string Firkin = "What is a firkin of ale?", Kilderkin = "What is a kilderkin then?";

    [Fact]
    public Task A_new_node_starts_from_a_snapshot_and_finds_what_was_written_before_and_after_it() => StartsFromASnapshotAsync(null);

    [S3Fact]
    public Task A_new_node_starts_from_a_snapshot_in_a_bucket() => StartsFromASnapshotAsync(server.Configure);

    private static async Task StartsFromASnapshotAsync(Action<ForumOptions>? store)
    {
        await using var forum = await SearchForum.StartAsync(store);
        await forum.AskAsync(Firkin, "I read the word.");
        var taken = await TakeAsync(forum);
        Assert.Equal(1, taken.Documents);
        await forum.AskAsync(Kilderkin, "Larger.");

        await using var node = new NewNode(forum);
        await node.StartAsync();

        Assert.Equal((1, 0, 2), (node.Index.Fetches, node.Index.Builds, node.Index.Documents));
        Assert.Equal([Firkin], await node.TitlesAsync("firkin"));
        Assert.Equal([Kilderkin], await node.TitlesAsync("kilderkin"));
        Assert.Contains(node.Said.Lines, line => line.Contains($"starts from {taken.Name}: 1 documents, 1 events behind", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_node_is_not_ready_before_it_has_taken_in_what_happened_before_its_start()
    {
        await using var forum = await SearchForum.StartAsync();
        await TakeAsync(forum);
        await forum.AskAsync(Kilderkin, "Larger.");

        await using var node = new NewNode(forum);
        await node.OpenAsync();
        Assert.Equal((1, 0, false), (node.Index.Fetches, node.Index.Documents, node.Index.IsReady));
        await node.StartAsync();
        Assert.Equal((1, 1, true), (node.Index.Fetches, node.Index.Documents, node.Index.IsReady));
    }

    [Fact]
    public async Task An_old_index_is_not_ready_before_it_has_caught_up_either()
    {
        await using var forum = await SearchForum.StartAsync();
        await forum.StopIndexingAsync();
        await forum.AskAsync(Kilderkin, "Larger.");

        await using (var db = forum.Engine.Db())
            await forum.Index.OpenAsync(db, default);
        Assert.False(forum.Index.IsReady);
        await forum.IndexAsync();
        Assert.True(forum.Index.IsReady);
        Assert.Equal(1, forum.Index.Builds);
    }

    [Fact]
    public async Task A_damaged_index_is_fetched_from_a_snapshot_at_the_start()
    {
        await using var forum = await SearchForum.StartAsync();
        await forum.AskAsync(Firkin, "I read the word.");
        await TakeAsync(forum);

        await forum.RestartAsync(() =>
        {
            foreach (var file in Directory.GetFiles(forum.Folder, "segments_*"))
                File.WriteAllBytes(file, []);
            return Task.CompletedTask;
        });

        Assert.Equal((1, 1), (forum.Index.Fetches, forum.Index.Builds));
        Assert.Equal([Firkin], await forum.TitlesAsync("firkin"));
    }

    [Fact]
    public async Task A_snapshot_of_many_parts_is_put_together_again()
    {
        await using var forum = await SearchForum.StartAsync();
        var topic = await forum.AskAsync(Firkin, "I read the word.");
        for (var i = 0; i < 50; i++)
            await forum.ReplyAsync(topic, $"It holds {i} of them.");
        await forum.RestartAsync();
        using (var committed = forum.Index.OpenCommitted()!)
        {
            var snapshots = new IndexSnapshots(forum.Engine.Get<IUploadStore>(), forum.Engine.Options, forum.Engine.Clock, new Journal<IndexSnapshots>()) { PartSize = 1000 };
            var snapshot = await snapshots.SaveAsync(committed, committed.Stamp!, null, default);
            Assert.True(snapshot.Files.Count > 2 && snapshot.Parts.Count > 5);
        }

        await using var node = new NewNode(forum);
        await node.StartAsync();
        Assert.Equal((1, 0, 51), (node.Index.Fetches, node.Index.Builds, node.Index.Documents));
    }

    [Theory]
    [InlineData("of another database", "is of another version or database, or too old")]
    [InlineData("of another schema", "is of another version or database, or too old")]
    [InlineData("older than the events that are left", "is of another version or database, or too old")]
    [InlineData("newer than the database", "is of another version or database, or too old")]
    [InlineData("of a time that a backup took back", "is of another version or database, or too old")]
    [InlineData("cut off", "cannot be used")]
    [InlineData("changed", "cannot be used")]
    [InlineData("without a part", "cannot be used")]
    [InlineData("described by half", "cannot be used")]
    [InlineData("described as nothing", "cannot be used")]
    [InlineData("with a file elsewhere", "cannot be used")]
    [InlineData("never finished", null)]
    public async Task A_snapshot_that_cannot_be_used_costs_a_rebuild_and_the_log_says_so(string how, string? said)
    {
        await using var forum = await SearchForum.StartAsync();
        await forum.AskAsync(Firkin, "I read the word.");
        var taken = await TakeAsync(forum);
        await SpoilAsync(forum, taken, how);

        await using var node = new NewNode(forum);
        await node.StartAsync();

        Assert.Equal((0, 1), (node.Index.Fetches, node.Index.Builds));
        Assert.Equal([Firkin], await node.TitlesAsync("firkin"));
        Assert.Equal(said is not null, node.Heard.Lines.Any(line => line.StartsWith(taken.Name, StringComparison.Ordinal) && line.Contains(said!, StringComparison.Ordinal)));
        Assert.False(File.Exists(Path.Combine(forum.Engine.Options.DataPath, "elsewhere")));
    }

    private static async Task SpoilAsync(SearchForum forum, TakenSnapshot taken, string how)
    {
        var (part, description) = (FileOf(forum, taken.Name + ".00000"), FileOf(forum, taken.Name + ".json"));
        await using var db = forum.Engine.Db();
        switch (how)
        {
            case "of another database":
                await forum.StopIndexingAsync();
                var other = Guid.NewGuid();
                await db.OutboxCounters.ExecuteUpdateAsync(set => set.SetProperty(c => c.DatabaseId, other));
                break;
            case "of another schema":
                Describe($"\"schema\":\"{SearchFields.SchemaIn(Language.English)}\"", "\"schema\":\"of a later version\"");
                break;
            case "older than the events that are left":
                await forum.AskAsync(Kilderkin, "Larger.");
                await forum.AskAsync("What is a hogshead of ale?", "Much.");
                await db.OutboxEvents.Where(e => e.Sequence <= taken.Cursor + 1).ExecuteDeleteAsync();
                break;
            case "newer than the database":
                await db.OutboxCounters.ExecuteUpdateAsync(set => set.SetProperty(c => c.Value, c => c.Value - 1));
                break;
            case "of a time that a backup took back":
                await db.OutboxEvents.Where(e => e.Sequence == taken.Cursor).ExecuteUpdateAsync(set => set.SetProperty(e => e.At, e => e.At.AddHours(1)));
                break;
            case "cut off":
                await using (var file = File.OpenWrite(part))
                    file.SetLength(file.Length / 2);
                break;
            case "changed":
                var bytes = await File.ReadAllBytesAsync(part);
                bytes[bytes.Length / 2] ^= 1;
                await File.WriteAllBytesAsync(part, bytes);
                break;
            case "without a part":
                File.Delete(part);
                break;
            case "described by half":
                await using (var file = File.OpenWrite(description))
                    file.SetLength(file.Length / 2);
                break;
            case "described as nothing":
                await File.WriteAllTextAsync(description, "{}");
                break;
            case "with a file elsewhere":
                Describe("\"segments_", "\"../../elsewhere");
                break;
            default:
                File.Delete(description);
                break;
        }

        void Describe(string old, string instead)
        {
            var text = File.ReadAllText(description);
            Assert.Contains(old, text, StringComparison.Ordinal);
            File.WriteAllText(description, text.Replace(old, instead, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Where_the_newest_snapshot_is_damaged_the_one_before_it_does()
    {
        await using var forum = await SearchForum.StartAsync();
        var older = await TakeAsync(forum);
        await forum.AskAsync(Firkin, "I read the word.");
        forum.Engine.Clock.Advance(TimeSpan.FromDays(1));
        var newer = await TakeAsync(forum);
        File.Delete(FileOf(forum, newer.Name + ".00000"));

        await using var node = new NewNode(forum);
        await node.StartAsync();
        Assert.Contains(node.Said.Lines, line => line.Contains($"starts from {older.Name}", StringComparison.Ordinal));
        Assert.Equal([Firkin], await node.TitlesAsync("firkin"));
    }

    [Fact]
    public async Task A_store_that_does_not_answer_costs_a_rebuild_and_no_start()
    {
        await using var forum = await SearchForum.StartAsync(options =>
        {
            var uploads = options.Uploads;
            (uploads.Store, uploads.Bucket, uploads.ServiceUrl, uploads.ForcePathStyle, uploads.AccessKey, uploads.SecretKey) = (UploadStore.S3, "b", new("http://127.0.0.1:1"), true, "a", "b");
        });
        await forum.AskAsync(Firkin, "I read the word.");
        await forum.RestartAsync();
        Assert.Equal(RefusalKind.Unavailable, (await forum.Engine.Get<TakeSnapshot>().RunAsync(Actor.Operator, null, default)).Refusal?.Kind);

        await using var node = new NewNode(forum);
        await node.StartAsync();
        Assert.Equal(1, node.Index.Builds);
        Assert.Contains(node.Heard.Lines, line => line.Contains("cannot be read", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Reindexing_reads_the_database_and_no_snapshot()
    {
        await using var forum = await SearchForum.StartAsync();
        var topic = await forum.AskAsync(Firkin, "I read the word.");
        await TakeAsync(forum);
        await using (var db = forum.Engine.Db())
            await db.Posts.Where(p => p.TopicId == topic.Id).ExecuteUpdateAsync(set => set.SetProperty(p => p.Text, "quite different words"));

        await using var node = new NewNode(forum);
        Directory.CreateDirectory(Path.GetDirectoryName(node.Wish)!);
        await File.WriteAllTextAsync(node.Wish, "");
        await node.StartAsync();

        Assert.Equal((0, 1), (node.Index.Fetches, node.Index.Builds));
        Assert.Equal([Firkin], await node.TitlesAsync("different"));
    }

    [Fact]
    public async Task A_snapshot_that_lacks_documents_is_given_up_for_a_rebuild_and_not_tried_again()
    {
        await using var forum = await SearchForum.StartAsync();
        var topic = await forum.AskAsync(Firkin, "I read the word.");
        await TakeAsync(forum);
        await AddSilentlyAsync(forum, topic);

        await using (var node = new NewNode(forum))
        {
            await node.StartAsync(until: () => node.Index.Builds > 0);
            Assert.Equal((1, 1, 2), (node.Index.Fetches, node.Index.Builds, node.Index.Documents));
        }
        await using var again = new NewNode(forum);
        await again.StartAsync();
        Assert.Equal((0, 0, 2), (again.Index.Fetches, again.Index.Builds, again.Index.Documents));
    }

    [Fact]
    public async Task No_snapshot_is_taken_of_an_index_that_is_missing_lacking_damaged_or_to_be_built_anew()
    {
        await using var forum = await SearchForum.StartAsync(indexing: false);
        var topic = await forum.AskAsync(Firkin, "I read the word.");
        await RefusedAsync();

        await forum.IndexAsync();
        await forum.RestartAsync();
        var wish = Path.Combine(forum.Engine.Options.NodePath, "search.rebuild");
        await forum.StopIndexingAsync();
        await File.WriteAllTextAsync(wish, "");
        await RefusedAsync();
        File.Delete(wish);
        _ = (await forum.Engine.Get<TakeSnapshot>().RunAsync(Actor.Operator, null, default)).Required;

        await AddSilentlyAsync(forum, topic);
        await RefusedAsync();
        foreach (var file in Directory.GetFiles(forum.Folder, "_*"))
            await File.WriteAllBytesAsync(file, []);
        await RefusedAsync();

        async Task RefusedAsync() => Assert.Equal(RefusalKind.Conflict, (await forum.Engine.Get<TakeSnapshot>().RunAsync(Actor.Operator, null, default)).Refusal?.Kind);
    }

    [Fact]
    public async Task Only_the_operator_takes_snapshots()
    {
        await using var forum = await SearchForum.StartAsync(indexing: false);
        var admin = await forum.MemberAsync("ada", "Ada Admin", SiteRole.Admin);
        Assert.Equal(RefusalKind.Forbidden, (await forum.Engine.Get<TakeSnapshot>().RunAsync(Actor.Member(admin.Id), null, default)).Refusal?.Kind);
    }

    [Fact]
    public async Task Two_snapshots_are_kept_and_neither_they_nor_what_is_in_the_making_is_cleared_away_as_a_file_of_nobody()
    {
        await using var forum = await SearchForum.StartAsync();
        await forum.AskAsync(Firkin, "I read the word.");
        var names = new List<string>();
        for (var night = 0; night < 4; night++)
        {
            forum.Engine.Clock.Advance(TimeSpan.FromDays(1));
            names.Add((await TakeAsync(forum)).Name);
        }
        Assert.Equal(names[2..].SelectMany(n => new[] { n + ".00000", n + ".json" }), Stored(forum));

        foreach (var path in Paths(forum))
            File.SetLastWriteTimeUtc(path, forum.Engine.Clock.GetUtcNow().UtcDateTime - CollectUploads.Kept - TimeSpan.FromMinutes(1));
        _ = (await forum.Engine.Get<CollectUploads>().RunAsync(Actor.Operator, default)).Required;
        Assert.Equal(4, Stored(forum).Count());
    }

    [Fact]
    public async Task What_is_unfinished_or_of_another_version_goes_after_a_day_and_what_the_database_has_left_behind_goes_at_once()
    {
        await using var forum = await SearchForum.StartAsync();
        await forum.AskAsync(Firkin, "I read the word.");
        var (unfinished, foreign) = (await TakeAsync(forum), await TakeAsync(forum));
        File.Delete(FileOf(forum, unfinished.Name + ".json"));
        var description = FileOf(forum, foreign.Name + ".json");
        await File.WriteAllTextAsync(description, (await File.ReadAllTextAsync(description)).Replace($"\"schema\":\"{SearchFields.SchemaIn(Language.English)}\"", "\"schema\":\"of a later version\"", StringComparison.Ordinal));
        string[] others = [.. new[] { unfinished.Name + ".00000", foreign.Name + ".00000", foreign.Name + ".json" }.Order(StringComparer.Ordinal)];
        SetAge(IndexSnapshots.Abandoned - TimeSpan.FromMinutes(1));
        forum.Engine.Clock.Advance(TimeSpan.FromSeconds(1));
        var lost = await TakeAsync(forum);
        Assert.Equal(others, Stored(forum).Where(name => !name.StartsWith(lost.Name, StringComparison.Ordinal)));

        await using (var db = forum.Engine.Db())
        {
            await db.OutboxEvents.ExecuteDeleteAsync();
            await db.OutboxCounters.ExecuteUpdateAsync(set => set.SetProperty(c => c.Value, c => c.Value + 1));
            await forum.Engine.Get<IndexSnapshots>().PruneAsync(db, default);
            Assert.Equal(others, Stored(forum));

            SetAge(IndexSnapshots.Abandoned + TimeSpan.FromMinutes(1));
            await forum.Engine.Get<IndexSnapshots>().PruneAsync(db, default);
        }
        Assert.Empty(Stored(forum));

        void SetAge(TimeSpan age)
        {
            foreach (var path in Paths(forum))
                File.SetLastWriteTimeUtc(path, forum.Engine.Clock.GetUtcNow().UtcDateTime - age);
        }
    }

    [Fact]
    public async Task Each_night_one_node_takes_a_snapshot()
    {
        await using var forum = await SearchForum.StartAsync();
        await forum.AskAsync(Firkin, "I read the word.");
        await forum.RestartAsync();
        var nightly = forum.Engine.Get<NightlySnapshot>();

        // There is none yet.
        await LookAsync(1);
        await LookAsync(1);
        Night(-TimeSpan.FromMinutes(1));
        await LookAsync(1);
        Night(TimeSpan.Zero);
        await LookAsync(2);
        await LookAsync(2);
        forum.Engine.Clock.Advance(TimeSpan.FromHours(23));
        await LookAsync(2);
        // What is not ready is not copied.
        Night(TimeSpan.Zero);
        await forum.StopIndexingAsync();
        Assert.False(forum.Index.IsReady);
        var before = Stored(forum).ToList();
        await nightly.RunAsync(default);
        Assert.Equal(before, Stored(forum));

        async Task LookAsync(int snapshots)
        {
            await nightly.RunAsync(default);
            Assert.Equal(snapshots, Stored(forum).Count(name => name.EndsWith(".json", StringComparison.Ordinal)));
        }

        void Night(TimeSpan after)
        {
            var now = forum.Engine.Clock.GetUtcNow();
            var next = now.Date + NightlySnapshot.Hour + after;
            forum.Engine.Clock.SetUtcNow(new(next <= now.UtcDateTime ? next.AddDays(1) : next, TimeSpan.Zero));
        }
    }

    [Fact]
    public async Task A_running_server_takes_it_by_itself()
    {
        await using var forum = await SearchForum.StartAsync();
        await forum.RestartAsync();
        var work = forum.Engine.Get<IEnumerable<IHostedService>>().OfType<Housekeeping>().Single();
        await work.StartAsync(default);
        var begun = TimeProvider.System.GetTimestamp();
        while (!Stored(forum).Any(name => name.EndsWith(".json", StringComparison.Ordinal)))
        {
            Assert.True(TimeProvider.System.GetElapsedTime(begun) < TimeSpan.FromSeconds(30));
            forum.Engine.Clock.Advance(NightlySnapshot.Interval);
            await Task.Yield();
        }
        await work.StopAsync(default);
    }

    [Fact]
    public async Task A_commit_stays_readable_when_a_merge_takes_its_files_away()
    {
        var folder = Directory.CreateTempSubdirectory("forum-index-").FullName;
        try
        {
            using var index = OpenIndex.Open(folder);
            for (var commit = 0; commit < 3; commit++)
            {
                index.Writer.AddDocument([new StringField("id", $"{commit}", Field.Store.YES)]);
                index.Commit(new IndexStamp(SearchFields.SchemaIn(Language.English), Guid.NewGuid(), commit).ToCommit());
            }
            using var committed = CommittedIndex.Open(folder)!;
            Assert.Equal((2, 3), (committed.Stamp!.Cursor, committed.Documents));
            index.Writer.ForceMerge(1);
            index.Commit(new IndexStamp(SearchFields.SchemaIn(Language.English), Guid.NewGuid(), 4).ToCommit());

            Assert.DoesNotContain(committed.Files, file => File.Exists(file.Name));
            foreach (var file in committed.Files)
            {
                var bytes = new byte[file.Length];
                await file.ReadExactlyAsync(bytes);
                Assert.Contains(bytes, b => b != 0);
            }
        }
        finally
        {
            TestForum.DeleteFolder(folder);
        }
    }

    /// <summary>Takes a snapshot of all that was written so far.</summary>
    private static async Task<TakenSnapshot> TakeAsync(SearchForum forum)
    {
        await forum.CaughtUpAsync();
        await forum.RestartAsync();
        return (await forum.Engine.Get<TakeSnapshot>().RunAsync(Actor.Operator, null, default)).Required;
    }

    /// <summary>A reply that no event tells of.</summary>
    private static async Task AddSilentlyAsync(SearchForum forum, Topic topic)
    {
        await using var db = forum.Engine.Db();
        db.Posts.Add(new() { TopicId = topic.Id, Number = 2, AuthorId = forum.Asker.Id, Markdown = "unheard", Text = "unheard", RendererVersion = 1, Created = topic.Created });
        await db.SaveChangesAsync();
    }

    private static string FileOf(SearchForum forum, string name) => Paths(forum).Single(path => Path.GetFileName(path) == name);

    private static IEnumerable<string> Stored(SearchForum forum) => Paths(forum).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal);

    private static string[] Paths(SearchForum forum) =>
        Directory.Exists(Path.Combine(forum.Engine.Options.DataPath, "uploads")) ? Directory.GetFiles(Path.Combine(forum.Engine.Options.DataPath, "uploads"), "*", SearchOption.AllDirectories) : [];
}
