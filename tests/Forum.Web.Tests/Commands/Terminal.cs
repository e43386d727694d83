using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Forum.Web.Host;

namespace Forum.Web.Tests.Commands;

/// <summary>How a command ended, and what it wrote to which output.</summary>
public sealed partial record Ended(int Code, string[] Output, string[] Errors)
{
    /// <summary>The last line of the standard output, which must be JSON.</summary>
    public JsonNode Json => JsonNode.Parse(Output[^1])!;

    /// <summary>The one sentence, beside progress, with which it must have been refused.</summary>
    public string Refused()
    {
        Assert.Equal(CommandLine.Failed, Code);
        return Assert.Single(Errors, line => !Progress().IsMatch(line));
    }

    [GeneratedRegex("^[^:]+: [0-9,.]+ of [0-9,.]+$")]
    private static partial Regex Progress();
}

/// <summary>A terminal for commands that run in this process. There is one console, so tests that use it run alone.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Terminal
{
    public const string Name = "Terminal";

    /// <summary>Only a command that should have ended, and serves instead, takes longer.</summary>
    private static readonly TimeSpan patience = TimeSpan.FromMinutes(3);

    public static async Task<Ended> RunAsync(params string[] arguments)
    {
        var (output, errors) = (Console.Out, Console.Error);
        using var said = new StringWriter();
        using var complained = new StringWriter();
        Console.SetOut(TextWriter.Synchronized(said));
        Console.SetError(TextWriter.Synchronized(complained));
        try
        {
            return new(await CommandLine.RunAsync(arguments).WaitAsync(patience), Lines(said), Lines(complained));
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(errors);
        }
    }

    private static string[] Lines(StringWriter writer) => writer.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
