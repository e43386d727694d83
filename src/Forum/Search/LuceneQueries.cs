using System.Collections.Concurrent;
using Lucene.Net.Index;
using Lucene.Net.Queries;
using Lucene.Net.Search;
using static Forum.Search.SearchFields;

namespace Forum.Search;

/// <summary>Turns what is asked into Lucene's queries and filters.</summary>
internal static class LuceneQueries
{
    /// <summary>A word may be spelled this differently when nothing was found; the first letter must be right, which keeps it cheap.</summary>
    private const int Edits = 2, RightLetters = 1, MostSpellings = 20;

    /// <summary>What means the same counts a little less than what was typed.</summary>
    private const float SynonymWeight = 0.8f;

    /// <summary>Words that suggestions are looked for by: whoever typed more knows what to search for.</summary>
    private const int MaxTyped = 8;

    private static readonly ConcurrentDictionary<string, RememberedFilter> states = new();

    /// <summary>The words and phrases; everything where nothing is asked.</summary>
    /// <param name="bar">Leave out documents that do not reach it; for words alone.</param>
    /// <param name="least">How many of the words a document has.</param>
    public static Query Words(ParsedQuery query, Bar? bar = null, int least = 1)
    {
        if (!query.HasWords)
            return new MatchAllDocsQuery();
        var words = query.Words.ConvertAll(w => Widened(Word(w, query.InTitle ? Title : Text), query.Instead.GetValueOrDefault(w.Stem, []), query.InTitle));
        var wider = query.Wider.ConvertAll(w => Widened(null, w.Instead, query.InTitle));
        if (bar is not null)
            return new BestWordsQuery([.. words, .. wider], bar);
        var all = new BooleanQuery { MinimumNumberShouldMatch = least > 1 ? least : 0 };
        foreach (var word in words.Concat(wider))
            all.Add(word, Occur.SHOULD);
        foreach (var phrase in query.Phrases)
            all.Add(Phrase(phrase, query.InTitle ? Title : Exact), Occur.MUST);
        return all;
    }

    /// <summary>How many documents have the words, those with several counted as often.</summary>
    public static long OccurrencesOf(ParsedQuery query, IndexReader reader) => query.Words.Concat(query.Alternatives.SelectMany(e => e.Telling)).SelectMany(w => w.Stems).Sum(s => (long)reader.DocFreq(new Term(query.InTitle ? Title : Text, s)));

    /// <summary>A word in whichever language it stands.</summary>
    private static Query Word(Word word, string field)
    {
        if (word.Others is null)
            return new TermQuery(new Term(field, word.Stem));
        var any = new DisjunctionMaxQuery(0);
        foreach (var stem in word.Stems)
            any.Add(new TermQuery(new Term(field, stem)));
        return any;
    }

    /// <summary>A word or what means the same, whichever fits best: having both is no better.</summary>
    private static Query Widened(Query? word, IReadOnlyList<Expression> synonyms, bool inTitle)
    {
        if (word is not null && synonyms.Count == 0)
            return word;
        var any = new DisjunctionMaxQuery(0);
        if (word is not null)
            any.Add(word);
        foreach (var synonym in synonyms)
        {
            var query = synonym.Single is { } single ? Word(single, inTitle ? Title : Text) : Phrase(synonym.Words, inTitle ? Title : Exact);
            query.Boost = SynonymWeight;
            any.Add(query);
        }
        return any;
    }

    /// <summary>What must not occur in a topic.</summary>
    public static Query Without(ParsedQuery query)
    {
        var any = new BooleanQuery();
        foreach (var words in query.Without)
            any.Add(words.Count == 1 ? Word(words[0], Text) : Phrase(words, Exact), Occur.SHOULD);
        return any;
    }

    public static Query Phrase(IReadOnlyList<Word> words, string field)
    {
        IEnumerable<Term> Spelled(Word word) => (field == Title ? word.Stems : [word.Text]).Select(s => new Term(field, s));
        if (words.Count == 1)
            return field == Title ? Word(words[0], Title) : new TermQuery(new Term(field, words[0].Text));
        var phrase = new MultiPhraseQuery();
        var first = words.Min(w => w.Position);
        foreach (var place in words.GroupBy(w => w.Position))
            phrase.Add([.. place.SelectMany(Spelled).Distinct()], place.Key - first);
        return phrase;
    }

    /// <summary>Titles with a word that begins so for each word that was typed, be it whole or not; words that say nothing need not be there. Null where there are no words.</summary>
    public static Query? Beginnings(string text, IReadOnlyList<Language> languages)
    {
        var words = Search.Words.Asked(text, languages).DistinctBy(w => w.Text).Take(MaxTyped).ToList();
        var telling = words.FindAll(w => !ParsedQuery.IsCommon(w, languages));
        var all = new BooleanQuery();
        foreach (var word in words)
            all.Add(new TermQuery(new Term(Beginning, word.Text.Length <= SearchDocument.MaxBeginning ? word.Text : word.Text[..SearchDocument.MaxBeginning])),
                telling.Count == 0 || telling.Contains(word) ? Occur.MUST : Occur.SHOULD);
        return words.Count == 0 ? null : all;
    }

    /// <summary>Whether a document that the filter lets through has one of these ids; looks no further than the first.</summary>
    public static bool IsAny(IndexSearcher searcher, string field, IEnumerable<long> ids, Filter filter)
    {
        var collector = new TopicCollector(1, SearchSort.Newest, 0, most: 1);
        searcher.Search(new ConstantScoreQuery(AnyOf(field, ids.Select(SearchDocument.Key))), filter, collector);
        return collector.Ranked().Count > 0;
    }

    /// <summary>Some of these ids or names.</summary>
    public static Filter AnyOf(string field, IEnumerable<string> values) => new TermsFilter([.. values.Select(v => new Term(field, v))]);

    public static Filter Is(string state) => states.GetOrAdd(state, s => new RememberedFilter(new TermFilter(new Term(State, s))));

    /// <summary>All of them, and none of those not wanted.</summary>
    public static Filter All(IEnumerable<(Filter Filter, bool Wanted)> filters)
    {
        var all = new BooleanFilter();
        foreach (var (filter, wanted) in filters)
            all.Add(filter, wanted ? Occur.MUST : Occur.MUST_NOT);
        return all;
    }

    /// <summary>One of them at least.</summary>
    public static Filter Any(IEnumerable<Filter> filters)
    {
        var any = new BooleanFilter();
        foreach (var filter in filters)
            any.Add(filter, Occur.SHOULD);
        return any;
    }

    /// <summary>The known word that this one was most likely meant to be; null when it is known itself or resembles none.</summary>
    public static string? Resembling(IndexReader reader, Word word)
    {
        if (word.Text.Length < 4 || reader.DocFreq(new Term(Exact, word.Text)) > 0)
            return null;
        var fuzzy = new FuzzyQuery(new Term(Exact, word.Text), word.Text.Length < 6 ? 1 : Edits, RightLetters, MostSpellings, transpositions: true).Rewrite(reader);
        var spellings = fuzzy is BooleanQuery any ? any.Clauses.Select(c => c.Query) : [fuzzy];
        return spellings.OfType<TermQuery>()
            .OrderByDescending(q => q.Boost).ThenByDescending(q => reader.DocFreq(q.Term)).Select(q => q.Term.Text).FirstOrDefault();
    }
}
