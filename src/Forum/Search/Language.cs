using System.Collections.Concurrent;
using System.Collections.Frozen;
using Lucene.Net.Analysis.Da;
using Lucene.Net.Analysis.De;
using Lucene.Net.Analysis.Es;
using Lucene.Net.Analysis.Fi;
using Lucene.Net.Analysis.Fr;
using Lucene.Net.Analysis.Hu;
using Lucene.Net.Analysis.It;
using Lucene.Net.Analysis.Nl;
using Lucene.Net.Analysis.No;
using Lucene.Net.Analysis.Pt;
using Lucene.Net.Analysis.Ro;
using Lucene.Net.Analysis.Ru;
using Lucene.Net.Analysis.Sv;
using Lucene.Net.Analysis.Util;
using Lucene.Net.Tartarus.Snowball;
using Snowball = Lucene.Net.Tartarus.Snowball.Ext;

namespace Forum.Search;

/// <summary>What search knows about a language: how its words end, and which of them say nothing. Of a language that is not known here, words are found as they are spelled.</summary>
internal sealed class Language
{
    private static readonly ConcurrentDictionary<string, Language> others = new();

    private static readonly FrozenDictionary<string, Language> known = new Language[]
    {
        new("en", () => new PorterStemmer().Of, EnglishWords.Common),
        Ending("de", () => new Snowball.GermanStemmer(), () => GermanAnalyzer.DefaultStopSet),
        Ending("es", () => new Snowball.SpanishStemmer(), () => SpanishAnalyzer.DefaultStopSet),
        Ending("fr", () => new Snowball.FrenchStemmer(), () => FrenchAnalyzer.DefaultStopSet),
        Ending("pt", () => new Snowball.PortugueseStemmer(), () => PortugueseAnalyzer.DefaultStopSet),
        Ending("it", () => new Snowball.ItalianStemmer(), () => ItalianAnalyzer.DefaultStopSet),
        Ending("nl", () => new Snowball.DutchStemmer(), () => DutchAnalyzer.DefaultStopSet),
        Ending("ru", () => new Snowball.RussianStemmer(), () => RussianAnalyzer.DefaultStopSet),
        Ending("sv", () => new Snowball.SwedishStemmer(), () => SwedishAnalyzer.DefaultStopSet),
        Ending("da", () => new Snowball.DanishStemmer(), () => DanishAnalyzer.DefaultStopSet),
        Ending("no", () => new Snowball.NorwegianStemmer(), () => NorwegianAnalyzer.DefaultStopSet),
        Ending("nb", () => new Snowball.NorwegianStemmer(), () => NorwegianAnalyzer.DefaultStopSet),
        Ending("fi", () => new Snowball.FinnishStemmer(), () => FinnishAnalyzer.DefaultStopSet),
        Ending("hu", () => new Snowball.HungarianStemmer(), () => HungarianAnalyzer.DefaultStopSet),
        Ending("ro", () => new Snowball.RomanianStemmer(), () => RomanianAnalyzer.DefaultStopSet),
    }.ToFrozenDictionary(l => l.Code);

    private readonly Lazy<IReadOnlySet<string>> common;

    private Language(string code, Func<Func<string, string>>? newStemmer, Func<IReadOnlySet<string>> common)
    {
        (Code, NewStemmer) = (code, newStemmer);
        this.common = new(common);
    }

    public static Language English => known["en"];

    /// <summary>Two or three letters.</summary>
    public string Code { get; }

    /// <summary>Makes what takes the ending off a word in lower case, for one thread; null where nothing is known about endings.</summary>
    public Func<Func<string, string>>? NewStemmer { get; }

    /// <summary>Words that say nothing about what a question is about, folded.</summary>
    public IReadOnlySet<string> Common => common.Value;

    /// <summary>The language of a code such as "de" or "pt-BR"; any code is one.</summary>
    public static Language Of(string code)
    {
        var language = code.Split('-')[0].ToLowerInvariant();
        return known.GetValueOrDefault(language) ?? others.GetOrAdd(language, l => new(l, null, () => FrozenSet<string>.Empty));
    }

    private static Language Ending(string code, Func<SnowballProgram> program, Func<CharArraySet> common) => new(code, () => new SnowballWord(program()).Of, () =>
        common().Select(w => Lexicon.Fold(w)).ToFrozenSet());

    private sealed class SnowballWord(SnowballProgram program)
    {
        public string Of(string word)
        {
            program.SetCurrent(word);
            program.Stem();
            return program.Current;
        }
    }
}
