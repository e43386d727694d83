using Forum.Jobs;
using Forum.Moderation;
using Forum.Topics;
using Forum.Uploads;
using Microsoft.Extensions.Hosting;

namespace Forum.Tests.Topics;

public sealed class CollectUploadsTests : IAsyncLifetime
{
    private TestForum forum = null!;
    private Actor member = null!;

    public async Task InitializeAsync()
    {
        forum = await TestForum.StartAsync(options => options.Limits.Enabled = false);
        await forum.BoardAsync();
        member = await forum.TrustedAsync(1);
    }

    public async Task DisposeAsync() => await forum.DisposeAsync();

    [Fact]
    public async Task What_no_post_and_no_draft_uses_is_gone_after_two_days()
    {
        var posted = await FileAsync();
        var deleted = await FileAsync();
        var drafted = await FileAsync();
        var kept = await FileAsync();
        var unused = await FileAsync();
        await forum.AskAsync(member, body: $"{Scenario.Body} {posted.Markdown}");
        var gone = await forum.AskAsync(member, body: $"{Scenario.Body} {deleted.Markdown}");
        _ = (await forum.Get<DeletePost>().RunAsync(member, gone.PostId, default)).Required;
        await DraftAsync(member, drafted.Markdown, kept.Markdown);
        // That somebody else writes its address down keeps nobody's file.
        await DraftAsync(await forum.MemberAsync(), unused.Markdown, null);

        forum.Clock.Advance(CollectUploads.Kept);
        Assert.Equal(new CollectedUploads(0, 0), await CollectAsync());
        forum.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, (await CollectAsync()).Uploads);
        Assert.Equal(Names(posted, deleted, drafted, kept), await StoredAsync());
        Assert.Equal(0, (await CollectAsync()).Uploads);
    }

    [Fact]
    public async Task Files_that_no_row_speaks_of_are_gone_after_two_days()
    {
        var store = forum.Get<IUploadStore>();
        var file = await FileAsync();
        await forum.AskAsync(member, body: $"{Scenario.Body} {file.Markdown}");
        await store.SaveAsync("abandoned", "text/plain", "What was left."u8.ToArray(), default);
        await store.SaveAsync($"{file.Key}-960", "image/webp", "What was left."u8.ToArray(), default);
        Assert.Equal(0, (await CollectAsync()).Files);

        // The files are as old as the disk says, which knows the real time.
        foreach (var path in Directory.EnumerateFiles(Path.Combine(forum.Options.DataPath, "uploads"), "*", SearchOption.AllDirectories))
            File.SetLastWriteTimeUtc(path, forum.Clock.GetUtcNow().UtcDateTime - CollectUploads.Kept - TimeSpan.FromMinutes(1));
        Assert.Equal(new CollectedUploads(0, 2), await CollectAsync());
        Assert.Equal(Names(file), await StoredAsync());
    }

    [Fact]
    public async Task The_work_comes_again_by_itself()
    {
        var file = await FileAsync();
        Assert.Equal(2, Names(file).Count);
        var work = forum.Get<IEnumerable<IHostedService>>().OfType<Housekeeping>().Single();
        await work.StartAsync(default);
        var begun = TimeProvider.System.GetTimestamp();
        while ((await StoredAsync()).Count > 0)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(begun) < TimeSpan.FromSeconds(30));
            forum.Clock.Advance(Housekeeping.Interval);
            await Task.Yield();
        }
        await work.StopAsync(default);
    }

    [Fact]
    public async Task What_an_edit_on_record_takes_out_stays_and_what_a_small_correction_takes_out_goes()
    {
        var (recorded, corrected, brought) = (await FileAsync(), await FileAsync(), await FileAsync());
        var first = await forum.AskAsync(member, body: $"{Scenario.Body} {recorded.Markdown}");
        var second = await forum.AskAsync(member, body: $"{Scenario.Body} {corrected.Markdown}");
        _ = (await forum.Get<EditPost>().RunAsync(member, new(first.PostId, 1, $"{Scenario.Body} {brought.Markdown}", Reason: "A better picture"), default)).Required;
        _ = (await forum.Get<EditPost>().RunAsync(member, new(second.PostId, 1, Scenario.Body), default)).Required;

        forum.Clock.Advance(CollectUploads.Kept + TimeSpan.FromMinutes(1));
        Assert.Equal(1, (await CollectAsync()).Uploads);
        Assert.Equal(Names(recorded, brought), await StoredAsync());
    }

    [Fact]
    public async Task Only_administrators_clear_away() =>
        Assert.Equal(RefusalKind.Forbidden, (await forum.Get<CollectUploads>().RunAsync(member, default)).Refusal?.Kind);

    private async Task<CollectedUploads> CollectAsync() => (await forum.Get<CollectUploads>().RunAsync(Actor.Operator, default)).Required;

    private async Task<UploadedFile> FileAsync() =>
        (await forum.Get<UploadFile>().RunAsync(member, new MemoryStream(Uploads.Fixtures.Png(500, 10)), "a.png", face: false, default)).Required;

    private async Task DraftAsync(Actor owner, string markdown, string? other)
    {
        await using var db = forum.Db();
        db.Drafts.Add(new Draft { MemberId = owner.MemberId, Place = "ask", Markdown = markdown, Other = other, Saved = forum.Clock.GetUtcNow().UtcDateTime });
        await db.SaveChangesAsync();
    }

    private static List<string> Names(params UploadedFile[] files) => [.. files.SelectMany(f => new[] { f.Key, $"{f.Key}-480" }).Order(StringComparer.Ordinal)];

    private async Task<List<string>> StoredAsync()
    {
        var names = new List<string>();
        await foreach (var file in forum.Get<IUploadStore>().ListAsync("", default))
            names.Add(file.Name);
        return [.. names.Order(StringComparer.Ordinal)];
    }
}
