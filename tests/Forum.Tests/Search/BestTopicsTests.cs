using Forum.Search;
using Lucene.Net.Search;

namespace Forum.Tests.Search;

/// <summary>An index of 9,000 posts with words as often as in a language: few of them are everywhere, most are rare.</summary>
public sealed class BestTopicsTests : IDisposable
{
    private const int Topics = 3_000, Vocabulary = 2_000;

    private readonly string folder = Directory.CreateTempSubdirectory("forum-best-").FullName;
    private readonly Random random = new(7);
    private readonly OpenIndex index;

    public BestTopicsTests()
    {
        index = OpenIndex.Open(folder);
        for (var id = 1L; id <= Topics; id++)
        {
            var topic = new SearchDocument(new(id, id % 5, Language.English, Text(6), id % 3 == 0, id % 50 == 0, 2, [id % 7], []));
            for (var number = 1; number <= 3; number++)
            {
                var post = new SearchPost(id * 10 + number, id, number, 1, DateTime.UnixEpoch.AddDays(id), random.Next(10), Text(random.Next(20, 120)));
                topic.Add(post);
                if (number > 1)
                    index.Writer.AddDocument(topic.ToDocument(post));
            }
            index.Writer.AddDocument(topic.ToDocument());
        }
        index.Refresh();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(9)]
    public void What_cannot_come_among_the_best_is_not_looked_at_and_the_best_are_the_same(int words)
    {
        var (all, few) = (0, 0);
        foreach (var filter in new Filter?[] { null, LuceneQueries.AnyOf(SearchFields.Board, ["1", "3"]) })
            for (var i = 0; i < 50; i++)
            {
                var query = Asked(words);
                var bar = new Bar();
                var (plain, skipping) = (Collect(LuceneQueries.Words(query), filter, null), Collect(LuceneQueries.Words(query, bar), filter, bar));
                Assert.Equal(plain.Ranked().Select(f => Math.Round(f.Rank, 3)), skipping.Ranked().Select(f => Math.Round(f.Rank, 3)));
                (all, few) = (all + plain.Looked, few + skipping.Looked);
            }

        Assert.True(words == 1 ? few == all : few < all * 0.8, $"{few} of {all}");
    }

    private TopicCollector Collect(Query query, Filter? filter, Bar? bar) => index.Search(searcher =>
    {
        var collector = new TopicCollector(20, SearchSort.Relevance, Topics * 86_400, bar: bar);
        searcher.Search(query, filter, collector);
        return collector;
    });

    [Fact]
    public void Words_that_are_everywhere_are_counted_in_a_sample_that_tells_about_how_many_there_are()
    {
        var query = ParsedQuery.Of($"{Name(0)} {Name(3)} {Name(9)}", [Language.English]);

        var exact = Count(query, int.MaxValue);
        var sampled = Count(query, 1_000);

        Assert.False(exact.IsSampled);
        Assert.True(sampled.IsSampled);
        Assert.InRange(sampled.Total, exact.Total * 0.8, exact.Total * 1.25);
        Assert.All(exact.Groups, group => Assert.InRange(sampled.Groups[group.Key], group.Value * 0.4, group.Value * 1.9));
        Assert.Equal(0, sampled.Total % 100);
    }

    private TopicCounter Count(ParsedQuery query, int maxCounted) => index.Search(searcher =>
    {
        using var counter = new TopicCounter(Topics, Topics * 86_400);
        TopicSearch.Find(searcher, query, new QueryWrapperFilter(new MatchAllDocsQuery()), SearchSort.Relevance, 20, Topics * 86_400, counter, null, maxCounted);
        counter.Next(null);
        return counter;
    });

    private ParsedQuery Asked(int words)
    {
        var same = new[] { Name(random.Next(50)), Name(random.Next(300)), $"{Name(random.Next(20))} {Name(random.Next(20))}" }.Select(e => Expression.Of(e, [Language.English])).ToList();
        return ParsedQuery.Of(Text(words), [Language.English]).With(same.SelectMany(e => e.Parts.Select(p => (p.Stem, e))).ToLookup(e => e.Stem, e => (e.e, (IReadOnlyList<Expression>)same)));
    }

    private string Text(int words) => string.Join(' ', Enumerable.Range(0, words).Select(_ => Name((int)Math.Pow(Vocabulary, random.NextDouble()) - 1)));

    private static string Name(int word) => $"w{word}";

    public void Dispose()
    {
        index.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
