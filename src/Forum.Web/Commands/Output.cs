using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using Forum.Transfer;
using Forum.Web.Host;
using Microsoft.Extensions.Logging.Console;
using Spectre.Console;

namespace Forum.Web.Commands;

/// <summary>What the commands share: the engine without a server around it, progress, and how an outcome is told.</summary>
public static class Output
{
    private static readonly JsonSerializerOptions json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static readonly Option<bool> Json = new("--json") { Description = "Close with one line of JSON.", Recursive = true };

    /// <summary>Runs a piece of work on an up-to-date database and tells its outcome; gives the exit code.</summary>
    /// <param name="say">The outcome as a sentence for people.</param>
    public static async Task<int> RunAsync<T>(
        ParseResult parsed, string[] configuration, Func<IServiceProvider, IProgress<TransferProgress>, CancellationToken, Task<Result<T>>> work, Func<T, string> say,
        CancellationToken cancellation, Func<T, int>? exit = null)
    {
        await using var app = Engine(configuration);
        await ForumHost.PrepareAsync(app.Services, migrate: true, cancellation);
        Result<T>? result = null;
        await WithProgressAsync(async progress => result = await work(app.Services, progress, cancellation));
        if (!result!.Is(out var value, out var refusal))
        {
            await Console.Error.WriteLineAsync(refusal.ToString());
            if (parsed.GetValue(Json))
                Console.WriteLine(JsonSerializer.Serialize(new { error = refusal.ToString(), refusal.Field }, json));
            return CommandLine.Failed;
        }
        Console.WriteLine(parsed.GetValue(Json) ? JsonSerializer.Serialize(value, json) : say(value));
        return exit?.Invoke(value) ?? CommandLine.Ok;
    }

    /// <summary>The engine by itself. The standard output is for outcomes alone, so logs go to the other one.</summary>
    public static WebApplication Engine(string[] configuration)
    {
        var builder = ForumHost.CreateBuilder(configuration);
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        return builder.Build();
    }

    /// <summary>On a terminal a bar with rate and time left; elsewhere a line now and then, on the error output.</summary>
    private static async Task WithProgressAsync(Func<IProgress<TransferProgress>, Task> work)
    {
        if (Console.IsErrorRedirected || Console.IsOutputRedirected)
        {
            await work(new Lines());
            return;
        }
        await AnsiConsole.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new TransferSpeed(), new RemainingTimeColumn())
            .StartAsync(context => work(new Bars(context)));
    }

    private sealed class Bars(ProgressContext context) : IProgress<TransferProgress>
    {
        private readonly Dictionary<string, ProgressTask> stages = [];

        public void Report(TransferProgress value)
        {
            lock (stages)
            {
                if (!stages.TryGetValue(value.Stage, out var task))
                    stages[value.Stage] = task = context.AddTask(value.Stage);
                task.MaxValue = Math.Max(1, value.Total);
                task.Value = value.Done;
            }
        }
    }

    private sealed class TransferSpeed : ProgressColumn
    {
        public override Spectre.Console.Rendering.IRenderable Render(Spectre.Console.Rendering.RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
            new Text(task.Speed is { } speed ? $"{speed:N0}/s" : "");
    }

    private sealed class Lines : IProgress<TransferProgress>
    {
        private readonly Dictionary<string, long> tenths = [];

        public void Report(TransferProgress value)
        {
            lock (tenths)
            {
                var tenth = value.Total <= 0 ? 10 : value.Done * 10 / value.Total;
                if (tenths.TryGetValue(value.Stage, out var said) && said >= tenth)
                    return;
                tenths[value.Stage] = tenth;
                Console.Error.WriteLine($"{value.Stage}: {value.Done:N0} of {value.Total:N0}");
            }
        }
    }
}
