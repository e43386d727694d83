using System.Buffers;
using Markdig;
using Markdig.Helpers;
using Markdig.Parsers;
using Markdig.Renderers;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Forum.Rendering.Extensions;

/// <summary>Weighs each paragraph, heading and table cell before its inlines are read: reading them is quadratic in their signs.</summary>
/// <remarks>Code blocks have no inlines, so a log or an XML file in a fence weighs nothing, whatever its length.</remarks>
internal sealed class Weights : IMarkdownExtension
{
    /// <summary>Most signs that may mean something in one paragraph: 5,000 take the parser 0.1 s, 10,000 take 0.5 s.</summary>
    public const int MaxSigns = 5_000;

    /// <summary>What a bare address weighs, in signs: each is read to its end more than once.</summary>
    private const int LinkWeight = 5;

    private const string Signs = "*_~[]()<>`|!&\\";

    /// <summary>What bare addresses start with.</summary>
    private const string Addresses = "fhmtw";

    private static readonly SearchValues<char> signs = SearchValues.Create(Signs);

    public static bool AreTooHeavy(MarkdownDocument document) => document.ContainsData(typeof(Weights));

    public void Setup(MarkdownPipelineBuilder pipeline) => pipeline.InlineParsers.Insert(0, new Scales());

    public void Setup(MarkdownPipeline pipeline, IMarkdownRenderer renderer)
    {
    }

    /// <summary>Takes no sign as its own, but skips a paragraph that is too heavy and remembers that it did.</summary>
    private sealed class Scales : InlineParser
    {
        public Scales() => OpeningCharacters = (Signs + Addresses).ToCharArray();

        public override bool Match(InlineProcessor processor, ref StringSlice slice)
        {
            if (processor.ParserStates[Index] == processor.Block)
                return false;
            processor.ParserStates[Index] = processor.Block!;
            if (WeightOf(slice.AsSpan()) <= MaxSigns)
                return false;
            processor.Document.SetData(typeof(Weights), processor.Block!);
            processor.Inline = new LiteralInline();
            slice.Start = slice.End + 1;
            return true;
        }

        private static int WeightOf(ReadOnlySpan<char> text)
        {
            var weight = LinkWeight * (text.Count("://") + text.Count("www.") + text.Count("mailto:"));
            foreach (var c in text)
                weight += signs.Contains(c) ? 1 : 0;
            return weight;
        }
    }
}
