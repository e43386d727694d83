using Lucene.Net.Analysis;
using Lucene.Net.Analysis.TokenAttributes;

namespace Forum.Search;

/// <summary>Hands words to Lucene, as stems or as they are spelled.</summary>
internal sealed class WordStream : TokenStream
{
    private readonly IReadOnlyList<Word> words;
    private readonly bool stems;
    private readonly ICharTermAttribute term;
    private readonly IPositionIncrementAttribute step;
    private int next;
    private int position;

    public WordStream(IReadOnlyList<Word> words, bool stems)
    {
        this.words = words;
        this.stems = stems;
        term = AddAttribute<ICharTermAttribute>();
        step = AddAttribute<IPositionIncrementAttribute>();
        position = -1;
    }

    public override bool IncrementToken()
    {
        if (next == words.Count)
            return false;
        ClearAttributes();
        var word = words[next++];
        term.Append(stems ? word.Stem : word.Text);
        step.PositionIncrement = Math.Max(0, word.Position - position);
        position = Math.Max(position, word.Position);
        return true;
    }

    public override void Reset()
    {
        next = 0;
        position = -1;
    }
}
