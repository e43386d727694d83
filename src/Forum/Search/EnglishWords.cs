using System.Collections.Frozen;
using Lucene.Net.Analysis;
using Lucene.Net.Analysis.En;
using Lucene.Net.Analysis.TokenAttributes;

namespace Forum.Search;

/// <summary>English words that say nothing about what a question is about.</summary>
internal static class EnglishWords
{
    public static IReadOnlySet<string> Common() => ("a an and any are as at be been being but by can could did do does doing for from had has have having he her him his how i if in into is it its me my "
        + "no not of on or our she should so such than that the their them then there these they this those to was we were what when where which while who whom why will with would you your").Split(' ').ToFrozenSet();
}

/// <summary>Lucene's Porter stemmer, which comes as a filter of streams only, on one word at a time.</summary>
internal sealed class PorterStemmer
{
    private readonly Single source;
    private readonly PorterStemFilter filter;

    public PorterStemmer()
    {
        source = new();
        filter = new(source);
    }

    public string Of(string word)
    {
        source.Term.SetEmpty().Append(word);
        filter.IncrementToken();
        return source.Term.ToString()!;
    }

    private sealed class Single : TokenStream
    {
        public Single() => Term = AddAttribute<ICharTermAttribute>();

        public ICharTermAttribute Term { get; }

        public override bool IncrementToken() => true;
    }
}
