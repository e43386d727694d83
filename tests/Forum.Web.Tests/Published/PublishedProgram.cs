using System.Diagnostics;
using System.Reflection;

namespace Forum.Web.Tests.Published;

/// <summary>
/// The program as an operator gets it: published once from what is built already, and started as processes of its own.
/// These tests run alone, since they hold the program to how long things may take.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class PublishedProgram : IAsyncLifetime, ICollectionFixture<PublishedProgram>
{
    public const string Name = "The published program";

    private readonly string folder = Directory.CreateTempSubdirectory("forum-published-").FullName;

    /// <summary>The folder of the sources.</summary>
    public static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Forum.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("Forum.sln is not above the tests.");
        return folder;
    }

    public async Task InitializeAsync()
    {
        var root = Root();
        var configuration = typeof(PublishedProgram).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;
        using var publish = Process.Start(new ProcessStartInfo("dotnet",
            ["publish", Path.Combine(root, "src", "Forum.Web"), "--no-build", "--no-restore", "-c", configuration, "-o", folder, "-v", "quiet", "--nologo", "-nodeReuse:false"])
        { RedirectStandardOutput = true })!;
        var said = await publish.StandardOutput.ReadToEndAsync();
        await publish.WaitForExitAsync();
        Assert.True(publish.ExitCode == 0, said);
    }

    /// <summary>Starts a process that serves the folder's forum and waits until it listens.</summary>
    public async Task<Node> ServeAsync(ForumFolder forum, params (string Key, string Value)[] settings)
    {
        var node = Start(forum, settings);
        try
        {
            await node.ListensAsync();
            return node;
        }
        catch
        {
            await node.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts a process on the folder's forum: it serves, or does what the arguments say.</summary>
    public Node Start(ForumFolder forum, (string Key, string Value)[]? settings = null, params string[] arguments)
    {
        // Started from elsewhere, as services are.
        var start = new ProcessStartInfo("dotnet", [Path.Combine(folder, "Forum.Web.dll"), .. arguments]) { WorkingDirectory = Path.GetTempPath() };
        start.Environment.Remove("ASPNETCORE_ENVIRONMENT");
        start.Environment.Remove("DOTNET_ENVIRONMENT");
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        start.Environment["Forum__DataPath"] = forum.Path;
        start.Environment["Forum__Limits__Enabled"] = "false";
        foreach (var (key, value) in settings ?? [])
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        return new Node(start);
    }

    /// <summary>Runs a command on the folder's forum to its end and gives what it wrote to the standard output.</summary>
    public async Task<(int ExitCode, string[] Lines)> RunAsync(ForumFolder forum, params string[] arguments)
    {
        await using var node = Start(forum, null, arguments);
        return (await node.EndsAsync(), node.Output);
    }

    public Task DisposeAsync()
    {
        Directory.Delete(folder, recursive: true);
        return Task.CompletedTask;
    }
}
