using System.CommandLine;
using Forum.Web.Commands;

namespace Forum.Web.Host;

/// <summary>The commands of the executable; without one it serves. Settings may stand anywhere among the arguments.</summary>
public static class CommandLine
{
    /// <summary>Done.</summary>
    public const int Ok = 0;

    /// <summary>Refused, or a wrong setting or argument; the sentence on the error output says why.</summary>
    public const int Failed = 1;

    /// <summary>The doctor found something that is not mended.</summary>
    public const int Unhealthy = 2;

    /// <summary>Stopped by Ctrl-C; the same command goes on from there.</summary>
    public const int Stopped = 130;

    /// <summary>What was stopped gets this long to come to an end that it can go on from; a server has its own, shorter time.</summary>
    private static readonly TimeSpan lastWork = TimeSpan.FromMinutes(1);

    private static readonly string[] settings = ["--Forum:", "--urls", "--environment", "--Logging:", "--Kestrel:", "--contentRoot", "--applicationName"];

    public static async Task<int> RunAsync(string[] args)
    {
        var (configuration, words) = Split(args);
        if (words.All(w => w.StartsWith("--", StringComparison.Ordinal) && w.Contains('=', StringComparison.Ordinal)))
            (configuration, words) = (args, []);
        var serve = new Command("serve", "Serves the forum until stopped (the default).");
        var root = new RootCommand("A community forum for questions and answers.")
        {
            serve, MemberCommands.Create(configuration), BoardCommands.Create(configuration), TokenCommands.Create(configuration),
            DatabaseCommands.Migrate(configuration), DatabaseCommands.Doctor(configuration), DatabaseCommands.Seed(configuration),
            ImportCommands.Create(configuration), SearchCommands.Reindex(configuration), SearchCommands.Index(configuration), SearchCommands.Evaluate(configuration),
        };
        root.Options.Add(Output.Json);
        serve.SetAction((_, cancellation) => ForumHost.ServeAsync(configuration, cancellation));
        root.SetAction((_, cancellation) => ForumHost.ServeAsync(configuration, cancellation));
        try
        {
            return await root.Parse(words).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = lastWork });
        }
        catch (SettingException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return Failed;
        }
        catch (OperationCanceledException)
        {
            return Stopped;
        }
    }

    /// <summary>Sets settings (<c>--Forum:DataPath=x</c> or <c>--Forum:DataPath x</c>) apart from commands and their options.</summary>
    private static (string[] Configuration, string[] Words) Split(string[] args)
    {
        var configuration = new List<string>();
        var words = new List<string>();
        for (var i = 0; i < args.Length; i++)
        {
            if (!settings.Any(s => args[i].StartsWith(s, StringComparison.OrdinalIgnoreCase)))
            {
                words.Add(args[i]);
                continue;
            }
            configuration.Add(args[i]);
            if (!args[i].Contains('=', StringComparison.Ordinal) && i + 1 < args.Length)
                configuration.Add(args[++i]);
        }
        return ([.. configuration], [.. words]);
    }
}
