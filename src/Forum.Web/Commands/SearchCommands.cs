using System.CommandLine;
using System.Globalization;
using Forum.Search;
using Forum.Transfer;

namespace Forum.Web.Commands;

/// <summary><c>reindex</c>, <c>index snapshot</c> and <c>eval search</c>.</summary>
public static class SearchCommands
{
    public static Command Reindex(string[] configuration)
    {
        var command = new Command("reindex", "Builds this node's search index anew; a running server is asked to do it.");
        command.SetAction((parsed, cancellation) => Output.RunAsync(parsed, configuration, async (services, progress, cancellation) =>
        {
            var outcome = await services.GetRequiredService<SearchIndex>().RebuildAsync(new Share(progress, "Search index"), cancellation);
            return Result<Reindexed>.Of(new(outcome.ToString()));
        }, done => done.Outcome == nameof(Rebuild.Done) ? "The search index is built." : "The running server builds its index anew.", cancellation));
        return command;
    }

    public static Command Index(string[] configuration)
    {
        var snapshot = new Command("snapshot", "Puts a copy of this node's search index into the store of uploads, for new nodes to start from. A running server does it each night.");
        snapshot.SetAction((parsed, cancellation) => Output.RunAsync(parsed, configuration,
            (services, progress, cancellation) => services.GetRequiredService<TakeSnapshot>().RunAsync(Actor.Operator, new Share(progress, "Snapshot"), cancellation),
            taken => string.Create(CultureInfo.InvariantCulture, $"Took {taken.Name}: {taken.Documents:N0} documents, {taken.Bytes:N0} bytes."), cancellation));
        return new Command("index", "Looks after this node's search index.") { snapshot };
    }

    public static Command Evaluate(string[] configuration)
    {
        var corpus = new Option<FileInfo>("--corpus") { Required = true, Description = "JSON lines with _id, title and text." };
        var queries = new Option<FileInfo>("--queries") { Required = true, Description = "JSON lines with _id and text." };
        var qrels = new Option<FileInfo>("--qrels") { Required = true, Description = "Query, document and grade, separated by tabs, under a heading." };
        var search = new Command("search", "Measures search on a collection in BEIR form.") { corpus, queries, qrels };
        search.SetAction((parsed, cancellation) => Output.RunAsync(parsed, configuration, async (_, progress, cancellation) =>
        {
            try
            {
                return Result<SearchQuality>.Of(await Task.Run(
                    () => SearchEvaluation.Run(GivenPath.Of(parsed.GetValue(corpus)!.ToString()), GivenPath.Of(parsed.GetValue(queries)!.ToString()), GivenPath.Of(parsed.GetValue(qrels)!.ToString()), new Share(progress, "Queries"), cancellation), cancellation));
            }
            catch (Exception exception) when (exception is IOException or FormatException or InvalidDataException or System.Text.Json.JsonException)
            {
                return Refusal.Invalid("{0}", null, exception.Message);
            }
        }, quality => quality.ToString(), cancellation));
        return new Command("eval", "Measures how good the forum is at something.") { search };
    }

    /// <summary>A share from 0 to 1 as the progress of a stage.</summary>
    private sealed class Share(IProgress<TransferProgress> progress, string stage) : IProgress<double>
    {
        public void Report(double value) => progress.Report(new(stage, (long)(value * 1000), 1000));
    }

    private sealed record Reindexed(string Outcome);
}
