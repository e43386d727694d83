using AngleSharp.Dom;

namespace Forum.Rendering.Highlighting;

/// <summary>Colours the blocks of code of one post that name a language known here; the colours themselves are the style sheet's.</summary>
internal sealed class CodeColors(IReadOnlyList<IElement> blocks)
{
    /// <summary>Longest block that is coloured, in characters: some two hundred full lines.</summary>
    public const int MaxLength = 16_000;

    /// <summary>Most coloured pieces in one post: each is an element of the page.</summary>
    public const int MaxTokens = 1_500;

    private readonly List<(IElement Block, string Code)> colored = [];

    public void Apply()
    {
        var left = MaxTokens;
        foreach (var block in blocks)
        {
            var code = block.TextContent;
            if (code.Length > MaxLength || block.ChildNodes.Length != 1 || Grammars.Of(block.ClassName!["language-".Length..]) is not { } grammar)
                continue;
            var scan = new Scan(code);
            grammar.Read(scan, code.Length);
            if (scan.Tokens.Count == 0 || scan.Tokens.Count > left)
                continue;
            left -= scan.Tokens.Count;
            Color(block, code, scan.Tokens);
            colored.Add((block, code));
        }
    }

    /// <summary>Makes everything plain again; false when it was.</summary>
    public bool TakeOff()
    {
        foreach (var (block, code) in colored)
            block.TextContent = code;
        return colored.Count > 0;
    }

    private static void Color(IElement block, string code, IReadOnlyList<Token> tokens)
    {
        block.TextContent = "";
        var at = 0;
        foreach (var token in tokens)
        {
            if (token.Start > at)
                block.AppendChild(block.Owner!.CreateTextNode(code[at..token.Start]));
            var span = block.Owner!.CreateElement("span");
            span.ClassName = token.CssClass;
            span.AppendChild(block.Owner!.CreateTextNode(code[token.Start..token.End]));
            block.AppendChild(span);
            at = token.End;
        }
        if (at < code.Length)
            block.AppendChild(block.Owner!.CreateTextNode(code[at..]));
    }
}
