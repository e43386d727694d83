using Forum.Benchmarks.Relevance;
using Forum.Search;
using Xunit.Abstractions;

namespace Forum.Tests.Search;

public sealed class SearchQualityTests(ITestOutputHelper output)
{
    [Fact]
    public async Task The_measure_itself_is_right()
    {
        var folder = Directory.CreateTempSubdirectory("forum-quality-");
        var (corpus, queries, qrels) = (Path.Combine(folder.FullName, "corpus"), Path.Combine(folder.FullName, "queries"), Path.Combine(folder.FullName, "qrels"));
        await File.WriteAllLinesAsync(corpus, [
            """{"_id":"a","title":"Malt","text":"malt malt malt"}""",
            """{"_id":"b","title":"Malt and hops","text":"some words more about all of it"}""",
            """{"_id":"c","title":"Water","text":"only water"}"""]);
        await File.WriteAllLinesAsync(queries, ["""{"_id":"1","text":"what is malt"}""", """{"_id":"2","text":"unasked"}"""]);
        await File.WriteAllLinesAsync(qrels, ["query-id\tcorpus-id\tscore", "1\tb\t1", "1\tc\t1"]);

        var quality = SearchEvaluation.Run(corpus, queries, qrels);
        folder.Delete(recursive: true);

        // Found: a, b. Right: b, c. So b stands second, and c is missing.
        Assert.Equal((3, 1, 0.5, 0.5, 0.25), (quality.Documents, quality.Queries, quality.Recall10, quality.Recall100, quality.Map));
        Assert.Equal(1 / Math.Log2(3) / (1 + 1 / Math.Log2(3)), quality.Ndcg10, 6);
    }

    [DataFact("beir_scifact")]
    public void Scientific_claims_find_their_evidence()
    {
        var quality = AsGoodAsBefore(Collections.Beir(TestData.Require("beir_scifact"), "test"));
        AsGoodAsBefore(Collections.Beir(TestData.Require("beir_scifact"), "train"));

        Assert.True(quality.Ndcg10 >= 0.66, $"nDCG@10 {quality.Ndcg10:0.000}");
        Assert.True(quality.Recall100 >= 0.90, $"R@100 {quality.Recall100:0.000}");
    }

    [DataFact("se_beer/qrels_dup.tsv")]
    public void A_duplicate_question_finds_the_original()
    {
        var quality = AsGoodAsBefore(Collections.StackExchange(TestData.Require("se_beer"), "qrels_dup"));
        AsGoodAsBefore(Collections.StackExchange(TestData.Require("se_beer"), "qrels_related"));

        Assert.True(quality.Recall10 >= 0.54, $"R@10 {quality.Recall10:0.000}");
    }

    /// <summary>The baseline is written by the benchmark: <c>dotnet run -c Release -- relevance --accept</c>.</summary>
    private SearchQuality AsGoodAsBefore(Collection collection)
    {
        var quality = collection.Measure();
        output.WriteLine($"{collection.Name}: {quality}");
        var (ndcg10, recall10, recall100) = Baseline.Read(Path.Combine(AppContext.BaseDirectory, "baseline.tsv"))[collection.Name];
        Assert.True(quality.Ndcg10 >= ndcg10 - Baseline.Tolerance && quality.Recall10 >= recall10 - Baseline.Tolerance && quality.Recall100 >= recall100 - Baseline.Tolerance,
            $"{collection.Name} was nDCG@10 {ndcg10}, R@10 {recall10}, R@100 {recall100} and is {quality}");
        return quality;
    }
}
