using System.Text;
using Forum.Settings;
using Forum.Uploads;

namespace Forum.Tests.Uploads;

/// <summary>What every store of files does, on a disk and in a bucket.</summary>
public sealed class UploadStoreTests(S3Server server) : IClassFixture<S3Server>
{
    private static readonly byte[] content = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 50_000).Select(i => $"{i} ")));

    [Fact]
    public Task A_disk_gives_back_what_it_was_given() => OnDiskAsync(GivesBackAsync);

    [S3Fact]
    public Task A_bucket_gives_back_what_it_was_given() => InBucketAsync(GivesBackAsync);

    [Fact]
    public Task A_disk_is_read_from_any_place() => OnDiskAsync(SeeksAsync);

    [S3Fact]
    public Task A_bucket_is_read_from_any_place() => InBucketAsync(SeeksAsync);

    [Fact]
    public Task A_disk_lists_and_forgets() => OnDiskAsync(ListsAsync);

    [S3Fact]
    public Task A_bucket_lists_and_forgets() => InBucketAsync(ListsAsync);

    [Theory]
    [InlineData("../secret")]
    [InlineData("a")]
    [InlineData("ab/cd")]
    [InlineData("AB")]
    public async Task A_disk_takes_no_name_that_is_not_ours(string name) =>
        await OnDiskAsync(store => Assert.ThrowsAsync<ArgumentException>(() => store.OpenAsync(name, default)));

    [S3Fact]
    public async Task A_wrong_key_or_bucket_is_a_failure_of_the_store_and_no_missing_file()
    {
        foreach (var spoil in new Action<UploadOptions>[] { uploads => uploads.AccessKey = "nobody", uploads => uploads.Bucket = "nobodys-bucket" })
        {
            var options = new ForumOptions();
            server.Configure(options);
            spoil(options.Uploads);
            using var store = new S3Store(options);
            foreach (var work in new Func<Task>[]
            {
                () => store.SaveAsync("abcdef", "text/plain", content, default), () => store.OpenAsync("abcdef", default), () => NamesAsync(store),
            })
                Assert.True(await Record.ExceptionAsync(work) is UploadStoreException, $"{options.Uploads.Bucket} with the key of {options.Uploads.AccessKey}");
        }
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_a_failure_of_the_store()
    {
        using var store = new S3Store(new ForumOptions { Uploads = new() { Store = UploadStore.S3, Bucket = "b", ServiceUrl = new("http://127.0.0.1:1"), ForcePathStyle = true, AccessKey = "a", SecretKey = "b" } });
        await Assert.ThrowsAsync<UploadStoreException>(() => store.SaveAsync("abcdef", "text/plain", content, default));
        await Assert.ThrowsAsync<UploadStoreException>(() => store.OpenAsync("abcdef", default));
    }

    [S3Fact]
    public async Task A_forum_keeps_its_pictures_in_a_bucket()
    {
        await using var forum = await TestForum.StartAsync(server.Configure);
        var file = (await forum.Get<UploadFile>().RunAsync(await forum.MemberAsync(), new MemoryStream(Fixtures.Jpeg(1000, 40)), "wide.jpg", face: false, default)).Required;
        Assert.Equal([file.Key, $"{file.Key}-480", $"{file.Key}-960"], await NamesAsync(forum.Get<IUploadStore>()));
        Assert.False(Directory.Exists(Path.Combine(forum.Options.DataPath, "uploads")));
    }

    private static async Task GivesBackAsync(IUploadStore store)
    {
        await store.SaveAsync("abcdef", "text/plain", content, default);
        Assert.Equal(content, await ReadAsync(store, "abcdef"));
        await store.SaveAsync("abcdef", "text/plain", content.AsMemory(10, 20), default);
        Assert.Equal(content[10..30], await ReadAsync(store, "abcdef"));
        Assert.Null(await store.OpenAsync("abcdeg", default));
        await store.SaveAsync("abempty", "text/plain", ReadOnlyMemory<byte>.Empty, default);
        Assert.Empty(await ReadAsync(store, "abempty"));
    }

    private static async Task SeeksAsync(IUploadStore store)
    {
        await store.SaveAsync("abcdef", "text/plain", content, default);
        await using var file = (await store.OpenAsync("abcdef", default))!;
        Assert.True(file.CanSeek);
        Assert.Equal(content.Length, file.Length);
        var part = new byte[100];
        foreach (var from in new[] { 200_000, 0, 5, content.Length - 100 })
        {
            file.Seek(from, SeekOrigin.Begin);
            await file.ReadExactlyAsync(part);
            Assert.Equal(content[from..(from + 100)], part);
        }
        Assert.Equal(0, await file.ReadAsync(part));
    }

    private static async Task ListsAsync(IUploadStore store)
    {
        Assert.Empty(await NamesAsync(store));
        foreach (var name in new[] { "abcdef", "abcdef-480", "xyz" })
            await store.SaveAsync(name, "text/plain", content, default);
        Assert.Equal(["abcdef", "abcdef-480", "xyz"], await NamesAsync(store));
        Assert.Equal(["abcdef", "abcdef-480"], await NamesAsync(store, "abc"));
        Assert.Equal(["abcdef", "abcdef-480"], await NamesAsync(store, "a"));
        Assert.Empty(await NamesAsync(store, "bcd"));
        await foreach (var file in store.ListAsync("", default))
            Assert.InRange(TimeProvider.System.GetUtcNow().UtcDateTime - file.Saved, TimeSpan.FromMinutes(-1), TimeSpan.FromMinutes(5));
        await store.DeleteAsync("abcdef", default);
        await store.DeleteAsync("abcdef", default);
        await store.DeleteAsync("nothing", default);
        Assert.Equal(["abcdef-480", "xyz"], await NamesAsync(store));
        Assert.Null(await store.OpenAsync("abcdef", default));
    }

    private static async Task<byte[]> ReadAsync(IUploadStore store, string name)
    {
        await using var file = (await store.OpenAsync(name, default))!;
        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes);
        return bytes.ToArray();
    }

    private static async Task<List<string>> NamesAsync(IUploadStore store, string prefix = "")
    {
        var names = new List<string>();
        await foreach (var file in store.ListAsync(prefix, default))
            names.Add(file.Name);
        return [.. names.Order(StringComparer.Ordinal)];
    }

    private static async Task OnDiskAsync(Func<IUploadStore, Task> test)
    {
        var folder = Directory.CreateTempSubdirectory("forum-store-test-").FullName;
        try
        {
            await test(new DiskStore(new ForumOptions { DataPath = folder }));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task InBucketAsync(Func<IUploadStore, Task> test)
    {
        var options = new ForumOptions();
        server.Configure(options);
        using var store = new S3Store(options);
        await test(store);
    }
}
