using System.CommandLine;
using Forum.Data;
using Forum.Jobs;
using Forum.Transfer;
using Forum.Web.Host;

namespace Forum.Web.Commands;

/// <summary><c>migrate</c>, <c>doctor</c> and <c>seed</c>.</summary>
public static class DatabaseCommands
{
    public static Command Migrate(string[] configuration)
    {
        var script = new Option<FileInfo?>("--script") { Description = "Write the SQL to this file instead of running it." };
        var command = new Command("migrate", "Brings the database up to date.") { script };
        command.SetAction(async (parsed, cancellation) =>
        {
            if (parsed.GetValue(script) is not { } file)
                return await Output.RunAsync(parsed, configuration, (_, _, _) => Task.FromResult<Result<Migrated>>(new Migrated(true)), _ => "The database is up to date.", cancellation);
            await using var app = Output.Engine(configuration);
            await File.WriteAllTextAsync(GivenPath.Of(file.ToString()), await app.Services.GetRequiredService<Migrator>().ScriptAsync(cancellation), cancellation);
            Console.WriteLine($"Wrote {GivenPath.Of(file.ToString())}.");
            return CommandLine.Ok;
        });
        return command;
    }

    public static Command Doctor(string[] configuration)
    {
        var repair = new Option<bool>("--repair") { Description = "Mend what is found." };
        var command = new Command("doctor", "Recounts every counter from the facts; exit code 2 when something is left to mend.") { repair };
        command.SetAction((parsed, cancellation) => Output.RunAsync(parsed, configuration,
            (services, progress, cancellation) => services.GetRequiredService<Doctor>().RunAsync(Actor.Operator, parsed.GetValue(repair), progress, cancellation),
            diagnosis => diagnosis.Healthy ? "Nothing to repair." : string.Join('\n', diagnosis.Findings.Select(f => $"{f.What}: {f.Count}, such as {string.Join(", ", f.Examples)}{(f.Repaired ? " (mended)" : "")}")),
            cancellation, diagnosis => diagnosis.Findings.Any(f => !f.Repaired) ? CommandLine.Unhealthy : CommandLine.Ok));
        return command;
    }

    public static Command Seed(string[] configuration)
    {
        var topics = new Option<int>("--topics") { Required = true, Description = "How many topics there shall be." };
        var posts = new Option<int>("--posts") { Required = true, Description = "How many posts, first posts included." };
        var members = new Option<int>("--members") { Required = true, Description = "How many members." };
        var command = new Command("seed", "Fills the forum with a made-up community to measure with.") { topics, posts, members };
        command.SetAction((parsed, cancellation) => Output.RunAsync(parsed, configuration,
            (services, progress, cancellation) => services.GetRequiredService<SyntheticSeed>().RunAsync(
                Actor.Operator, parsed.GetValue(topics), parsed.GetValue(posts), parsed.GetValue(members), progress, cancellation),
            seeded => $"Made {seeded.Topics:N0} topics with {seeded.Posts:N0} posts by {seeded.Members:N0} members.{(seeded.Stopped ? " Stopped; run it again to go on." : "")}",
            cancellation, seeded => seeded.Stopped ? CommandLine.Stopped : CommandLine.Ok));
        return command;
    }

    private sealed record Migrated(bool UpToDate);
}
