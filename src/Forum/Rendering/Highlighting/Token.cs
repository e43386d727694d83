namespace Forum.Rendering.Highlighting;

/// <summary>What a piece of code is, as far as colours go.</summary>
internal enum TokenKind
{
    Keyword,
    String,
    Comment,

    /// <summary>Numbers and the words for true, false and nothing.</summary>
    Number,

    /// <summary>Names of types, of tags and of sections.</summary>
    Type,

    /// <summary>Names of what is called, of attributes, of properties and keys.</summary>
    Name,

    /// <summary>Orders to compiler or reader: annotations, preprocessor lines, headers of a diff.</summary>
    Meta,

    /// <summary>Lines a diff puts in.</summary>
    Inserted,

    /// <summary>Lines a diff takes out.</summary>
    Deleted,
}

/// <summary>A coloured piece of code.</summary>
internal readonly record struct Token(int Start, int End, TokenKind Kind)
{
    /// <summary>The class that style sheets colour.</summary>
    public string CssClass => Kind switch
    {
        TokenKind.Keyword => "hl-k",
        TokenKind.String => "hl-s",
        TokenKind.Comment => "hl-c",
        TokenKind.Number => "hl-n",
        TokenKind.Type => "hl-t",
        TokenKind.Name => "hl-f",
        TokenKind.Meta => "hl-m",
        TokenKind.Inserted => "hl-i",
        _ => "hl-d",
    };
}

/// <summary>Code being read from start to end, and what was found in it.</summary>
internal sealed class Scan(string code)
{
    private readonly List<Token> tokens = [];

    public string Code => code;

    /// <summary>Where the next piece begins.</summary>
    public int At { get; set; }

    /// <summary>What was found, in order and without overlaps.</summary>
    public IReadOnlyList<Token> Tokens => tokens;

    public char this[int index] => (uint)index < (uint)code.Length ? code[index] : '\0';

    public bool StartsWith(string text, StringComparison comparison = StringComparison.Ordinal) => code.AsSpan(At).StartsWith(text, comparison);

    /// <summary>The first place of one of some signs from a position on, or the end.</summary>
    public int Find(string text, int from)
    {
        var found = from >= code.Length ? -1 : code.IndexOf(text, from, StringComparison.Ordinal);
        return found < 0 ? code.Length : found;
    }

    public int EndOfLine(int from)
    {
        var found = from >= code.Length ? -1 : code.IndexOf('\n', from);
        return found < 0 ? code.Length : found;
    }

    /// <summary>Whether only blanks stand before the position in its line.</summary>
    public bool IsLineStart(int index)
    {
        while (index > 0 && code[index - 1] is ' ' or '\t')
            index--;
        return index == 0 || code[index - 1] == '\n';
    }

    public int SkipBlanks(int from)
    {
        while (this[from] is ' ' or '\t')
            from++;
        return from;
    }

    /// <summary>Colours what lies between here and <paramref name="end"/>, and goes there. Pieces of one kind that only blanks part become one.</summary>
    public void Take(int end, TokenKind kind)
    {
        var token = new Token(At, end, kind);
        At = end;
        if (token.Start == end)
            return;
        if (tokens is [.., var last] && last.Kind == kind && code.AsSpan(last.End, token.Start - last.End).IsWhiteSpace())
            tokens[^1] = last with { End = end };
        else
            tokens.Add(token);
    }
}
