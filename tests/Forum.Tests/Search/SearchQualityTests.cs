using System.Net;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Forum.Search;
using Xunit.Abstractions;

namespace Forum.Tests.Search;

public sealed partial class SearchQualityTests(ITestOutputHelper output)
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
        var folder = TestData.Require("beir_scifact");

        var quality = SearchEvaluation.Run(Path.Combine(folder, "corpus.jsonl"), Path.Combine(folder, "queries.jsonl"), Path.Combine(folder, "qrels", "test.tsv"));

        output.WriteLine($"{quality}");
        Assert.True(quality.Ndcg10 >= 0.66, $"nDCG@10 {quality.Ndcg10:0.000}");
        Assert.True(quality.Recall100 >= 0.90, $"R@100 {quality.Recall100:0.000}");
    }

    [DataFact("se_beer/qrels_dup.tsv")]
    public void A_duplicate_question_finds_the_original()
    {
        var posts = XDocument.Load(TestData.Require("se_beer/Posts.xml")).Root!.Elements("row").ToList();
        var answers = posts.Where(p => (string?)p.Attribute("PostTypeId") == "2").ToLookup(p => (string)p.Attribute("ParentId")!, Text);
        var topics = posts.Where(p => (string?)p.Attribute("PostTypeId") == "1")
            .Select(p => ((string)p.Attribute("Id")!, (string)p.Attribute("Title")!, Text(p), (IReadOnlyList<string>)[.. answers[(string)p.Attribute("Id")!]])).ToList();

        var quality = SearchEvaluation.RunSimilar(topics, TestData.Require("se_beer/qrels_dup.tsv"));

        output.WriteLine($"{quality}");
        output.WriteLine($"related: {SearchEvaluation.RunSimilar(topics, TestData.Require("se_beer/qrels_related.tsv"))}");
        Assert.True(quality.Recall10 >= 0.54, $"R@10 {quality.Recall10:0.000}");
    }

    private static string Text(XElement post) => WebUtility.HtmlDecode(Tags().Replace((string)post.Attribute("Body")!, " "));

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tags();
}
