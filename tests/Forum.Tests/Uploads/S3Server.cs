using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Forum.Settings;

namespace Forum.Tests.Uploads;

/// <summary>A server that speaks S3, started for the tests of a class. tests/run puts it there.</summary>
public sealed class S3Server : IAsyncLifetime
{
    public const string Bucket = "forum-uploads";

    /// <summary>The one account that the server knows.</summary>
    private const string Key = "S3RVER";

    /// <summary>Longer than it takes on a busy machine; only a failing test waits for it.</summary>
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(60);

    private readonly string folder = Directory.CreateTempSubdirectory("forum-s3-test-").FullName;
    private Process? server;

    public Uri Url { get; private set; } = null!;

    /// <summary>The server's program; null where it is not installed.</summary>
    internal static string? Program
    {
        get
        {
            var root = new DirectoryInfo(AppContext.BaseDirectory);
            while (root is not null && !File.Exists(Path.Combine(root.FullName, "Forum.sln")))
                root = root.Parent;
            var program = Path.Combine(root?.FullName ?? "", "artifacts", "s3", "node_modules", "s3rver", "bin", "s3rver.js");
            return File.Exists(program) ? program : null;
        }
    }

    /// <summary>Points a forum to the bucket, at a place of its own in it.</summary>
    public void Configure(ForumOptions options)
    {
        var uploads = options.Uploads;
        (uploads.Store, uploads.Bucket, uploads.ServiceUrl, uploads.ForcePathStyle) = (UploadStore.S3, Bucket, Url, true);
        (uploads.AccessKey, uploads.SecretKey, uploads.Prefix) = (Key, Key, $"{Guid.NewGuid():N}/");
    }

    public async Task InitializeAsync()
    {
        if (Program is not { } program)
            return;
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            Url = new($"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}");
        }
        server = Process.Start(new ProcessStartInfo("node", [program, "--directory", folder, "--address", "127.0.0.1", "--port", $"{Url.Port}", "--configure-bucket", Bucket])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        server.ErrorDataReceived += (_, _) => { };
        server.BeginErrorReadLine();
        using var client = new HttpClient { BaseAddress = Url };
        using var waiting = new CancellationTokenSource(patience);
        while (true)
        {
            try
            {
                using var _ = await client.GetAsync("/", waiting.Token);
                return;
            }
            catch (HttpRequestException)
            {
                await Task.Yield();
            }
        }
    }

    public async Task DisposeAsync()
    {
        if (server is not null)
        {
            server.Kill(entireProcessTree: true);
            await server.WaitForExitAsync();
            server.Dispose();
        }
        Directory.Delete(folder, recursive: true);
    }
}

/// <summary>A test on a server that speaks S3; skipped with the reason where none is installed.</summary>
public sealed class S3FactAttribute : FactAttribute
{
    public S3FactAttribute()
    {
        if (S3Server.Program is null)
            Skip = "unconfigured: there is no server that speaks S3; tests/run installs s3rver where npm is at hand";
    }
}
