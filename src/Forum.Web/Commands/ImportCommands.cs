using System.CommandLine;
using Forum.Transfer;
using Forum.Web.Host;

namespace Forum.Web.Commands;

/// <summary><c>import stackexchange</c>.</summary>
public static class ImportCommands
{
    /// <summary>Problems that are printed; the JSON line has more.</summary>
    private const int Printed = 20;

    public static Command Create(string[] configuration)
    {
        var folder = new Argument<string>("dir") { Description = "Folder with Posts.xml, Users.xml and the other files of the dump." };
        var board = new Option<string>("--board") { Required = true, Description = "Slug of the board; made when missing." };
        var command = new Command("stackexchange", "Brings in the dump of a Stack Exchange site. A second run doubles nothing.") { folder, board };
        command.SetAction((parsed, cancellation) => Output.RunAsync(parsed, configuration,
            (services, progress, cancellation) => services.GetRequiredService<StackExchangeImport>().RunAsync(Actor.Operator, GivenPath.Of(parsed.GetValue(folder)!), parsed.GetValue(board)!, progress, cancellation),
            Say, cancellation, imported => imported.Stopped ? CommandLine.Stopped : CommandLine.Ok));
        return new Command("import", "Brings in what was written elsewhere.") { command };
    }

    private static string Say(StackExchangeImported imported) => string.Join('\n',
    [
        $"{imported.Topics:N0} topics, {imported.Answers:N0} answers, {imported.Comments:N0} comments, {imported.Solutions:N0} solutions, {imported.Tags:N0} tags, "
            + $"{imported.Members + imported.FormerMembers:N0} members, {imported.Closed:N0} closed, {imported.Duplicates:N0} linked as duplicates, {imported.Upvotes:N0} upvotes.",
        .. imported.Problems.Take(Printed).Select(p => p.ToString()),
        .. imported.ProblemCount > Printed ? [$"… and {imported.ProblemCount - Printed:N0} more problems."] : Array.Empty<string>(),
        .. imported.Stopped ? ["Stopped; run it again to go on."] : Array.Empty<string>(),
    ]);
}
