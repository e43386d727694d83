using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Forum.Benchmarks.Load;

/// <summary>The program as an operator has it: published, started from a folder that is not its own, in Production.</summary>
internal sealed class Published
{
    private readonly string folder;

    private Published(string folder) => this.folder = folder;

    /// <summary>The program in that folder, or a fresh one.</summary>
    public static async Task<Published> AtAsync(string? folder, string fresh, CancellationToken cancellation)
    {
        if (folder is not null)
            return new(folder);
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "Forum.sln")))
            root = root.Parent ?? throw new DirectoryNotFoundException("Forum.sln is in no folder above this program; name a published one with --published.");
        await RunAsync(new("dotnet", ["publish", Path.Combine(root.FullName, "src", "Forum.Web"), "-c", "Release", "-o", fresh, "--nologo", "-v", "quiet"]), cancellation);
        return new(fresh);
    }

    /// <summary>How a command of the program is started.</summary>
    public ProcessStartInfo Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(folder, "Forum.Web.dll"), .. arguments]) { WorkingDirectory = Path.GetTempPath() };
        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("ASPNETCORE_", StringComparison.Ordinal) || k.StartsWith("Forum__", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        return start;
    }

    /// <summary>Runs a command of the program to its end.</summary>
    public Task RunAsync(CancellationToken cancellation, params string[] arguments) => RunAsync(Start(arguments), cancellation);

    /// <summary>Puts a file among those that the program serves as they are, which it knows by its list.</summary>
    public async Task AddFileAsync(string name, byte[] content, string type, CancellationToken cancellation)
    {
        await File.WriteAllBytesAsync(Path.Combine(folder, "wwwroot", name), content, cancellation);
        var path = Path.Combine(folder, "Forum.Web.staticwebassets.endpoints.json");
        var list = JsonNode.Parse(await File.ReadAllTextAsync(path, cancellation))!;
        var files = list["Endpoints"]!.AsArray();
        foreach (var old in files.Where(f => (string)f!["Route"]! == name).ToList())
            files.Remove(old);
        files.Add(new JsonObject
        {
            ["Route"] = name,
            ["AssetFile"] = name,
            ["Selectors"] = new JsonArray(),
            ["ResponseHeaders"] = new JsonArray(Header("Content-Type", type), Header("Content-Length", $"{content.Length}"), Header("ETag", "\"measured\"")),
            ["EndpointProperties"] = new JsonArray(),
        });
        await File.WriteAllTextAsync(path, list.ToJsonString(), cancellation);
    }

    private static JsonObject Header(string name, string value) => new() { ["Name"] = name, ["Value"] = value };

    private static async Task RunAsync(ProcessStartInfo start, CancellationToken cancellation)
    {
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync(cancellation);
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{string.Join(' ', start.ArgumentList)} ended with {process.ExitCode}.");
    }
}
