using System.Collections.Frozen;

namespace Forum.Rendering.Highlighting;

/// <summary>How a string of a language begins and ends.</summary>
/// <param name="Escape">The sign that takes the next one's meaning; a closing sign written twice needs none.</param>
/// <param name="Lines">May go over several lines; one that may not and does not end on its line is no string.</param>
internal sealed record Quote(string Open, string Close, char? Escape = '\\', bool Lines = false);

/// <summary>Languages of words, strings, numbers and comments: programs, queries, scripts.</summary>
internal sealed class ProgramGrammar : Grammar
{
    private readonly FrozenDictionary<string, TokenKind>.AlternateLookup<ReadOnlySpan<char>> words;
    private readonly Quote[] quotes;

    /// <param name="keywords">With a blank between them.</param>
    /// <param name="quotes">The first that fits counts, so longer ones come first.</param>
    public ProgramGrammar(string keywords, string constants = "", Quote[]? quotes = null, bool ignoreCase = false)
    {
        var kinds = new Dictionary<string, TokenKind>(ignoreCase ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
        foreach (var word in keywords.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            kinds[word] = TokenKind.Keyword;
        foreach (var word in constants.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            kinds[word] = TokenKind.Number;
        words = kinds.ToFrozenDictionary(kinds.Comparer).GetAlternateLookup<ReadOnlySpan<char>>();
        this.quotes = quotes ?? [new("\"", "\""), new("'", "'")];
    }

    /// <summary>What makes the rest of a line a comment.</summary>
    public string[] LineComments { get; init; } = [];

    public (string Open, string Close)[] BlockComments { get; init; } = [];

    /// <summary>Signs that names may hold besides letters, digits and the underscore.</summary>
    public string NameSigns { get; init; } = "";

    /// <summary>Signs that names of variables begin with.</summary>
    public string Sigils { get; init; } = "";

    /// <summary>Signs that an annotation begins with.</summary>
    public string Annotations { get; init; } = "";

    /// <summary>Lines that begin with # are orders to the compiler.</summary>
    public bool Preprocessor { get; init; }

    /// <summary>A ' stands before one letter, or before something that is no string at all.</summary>
    public bool CharLiterals { get; init; }

    /// <summary>A ' behind a name or bracket is an operator.</summary>
    public bool PrimeIsOperator { get; init; }

    /// <summary>Between slashes, where no value stands before, lies a pattern.</summary>
    public bool Patterns { get; init; }

    /// <summary>Names that begin with a capital are types.</summary>
    public bool CapitalTypes { get; init; }

    /// <summary>A string before a colon is a key.</summary>
    public bool Keys { get; init; }

    /// <summary>A name before a colon at the start of a line is a key.</summary>
    public bool Labels { get; init; }

    /// <summary>Names before an opening bracket are of functions.</summary>
    public bool Calls { get; init; } = true;

    public override void Read(Scan scan, int end)
    {
        // How far it is known of a kind of string that it does not end on this line, so that no line is searched twice.
        Span<int> unclosed = stackalloc int[quotes.Length + 1];
        unclosed.Clear();
        while (scan.At < end)
        {
            var c = scan[scan.At];
            if (char.IsWhiteSpace(c))
                scan.At++;
            else if (!TakesComment(scan, c) && !TakesOrder(scan, c) && !TakesString(scan, c, unclosed) && !TakesWord(scan, c) && !TakesNumber(scan, c))
                scan.At++;
        }
    }

    private bool TakesComment(Scan scan, char c)
    {
        foreach (var (open, close) in BlockComments)
        {
            if (c != open[0] || !scan.StartsWith(open))
                continue;
            scan.Take(Math.Min(scan.Code.Length, scan.Find(close, scan.At + open.Length) + close.Length), TokenKind.Comment);
            return true;
        }
        foreach (var open in LineComments)
        {
            if (char.ToLowerInvariant(c) != open[0] || !scan.StartsWith(open, StringComparison.OrdinalIgnoreCase) || !MayComment(scan, open))
                continue;
            scan.Take(scan.EndOfLine(scan.At), TokenKind.Comment);
            return true;
        }
        return false;
    }

    /// <summary>Signs that mean other things too comment only where nothing stands directly before them.</summary>
    private static bool MayComment(Scan scan, string open) => open[0] switch
    {
        '#' or ';' or '%' or '!' => scan.At == 0 || char.IsWhiteSpace(scan[scan.At - 1]) || ";(),]}".Contains(scan[scan.At - 1]),
        ':' => scan.IsLineStart(scan.At),
        _ => !char.IsLetter(open[0]) || scan.IsLineStart(scan.At) && !IsNamePart(scan[scan.At + open.Length]),
    };

    private bool TakesOrder(Scan scan, char c)
    {
        if (c == '#' && Preprocessor && scan.IsLineStart(scan.At))
        {
            var at = scan.SkipBlanks(scan.At + 1);
            while (char.IsLetter(scan[at]))
                at++;
            scan.Take(at, TokenKind.Meta);
            return true;
        }
        if (!Annotations.Contains(c) || scan.At > 0 && (IsNamePart(scan[scan.At - 1]) || scan[scan.At - 1] == c))
            return false;
        var end = scan.At + 1;
        if (c == '#' && scan[end] is '[' or '!')
            end = Math.Min(scan.EndOfLine(end), scan.Find("]", end) + 1);
        else
            while (IsNamePart(scan[end]) || scan[end] == '.' && IsNameStart(scan[end + 1]))
                end++;
        if (end == scan.At + 1)
            return false;
        scan.Take(Math.Min(end, scan.Code.Length), TokenKind.Meta);
        return true;
    }

    private bool TakesString(Scan scan, char c, Span<int> unclosed)
    {
        if (c == '/' && Patterns && scan.At >= unclosed[^1] && BeginsPattern(scan))
        {
            if (EndOfPattern(scan) is var pattern and > 0)
            {
                scan.Take(pattern, TokenKind.String);
                return true;
            }
            unclosed[^1] = scan.EndOfLine(scan.At);
        }
        if (c == '\'' && (CharLiterals || PrimeIsOperator && scan.At > 0 && (IsNamePart(scan[scan.At - 1]) || ")]}.'".Contains(scan[scan.At - 1]))))
        {
            var end = CharLiterals ? EndOfChar(scan) : -1;
            scan.Take(end > 0 ? end : scan.At, TokenKind.String);
            scan.At += end > 0 ? 0 : 1;
            return true;
        }
        for (var i = 0; i < quotes.Length; i++)
        {
            var quote = quotes[i];
            if (c != quote.Open[0] || scan.At < unclosed[i] || !scan.StartsWith(quote.Open) || char.IsLetter(c) && scan.At > 0 && IsNamePart(scan[scan.At - 1]))
                continue;
            var end = EndOf(scan, quote);
            if (end < 0)
            {
                unclosed[i] = scan.EndOfLine(scan.At);
                continue;
            }
            scan.Take(end, Keys && scan[scan.SkipBlanks(end)] == ':' ? TokenKind.Name : TokenKind.String);
            return true;
        }
        return false;
    }

    private static int EndOf(Scan scan, Quote quote)
    {
        for (var at = scan.At + quote.Open.Length; at < scan.Code.Length; at++)
        {
            if (scan[at] == '\n' && !quote.Lines)
                return -1;
            if (scan[at] == quote.Escape)
                at++;
            else if (scan[at] == quote.Close[0] && scan.Code.AsSpan(at).StartsWith(quote.Close))
                return at + quote.Close.Length;
        }
        return quote.Lines ? scan.Code.Length : -1;
    }

    private static int EndOfChar(Scan scan)
    {
        const int longestEscape = 12;
        if (scan[scan.At + 1] == '\\')
        {
            for (var at = scan.At + 3; at < scan.At + longestEscape; at++)
                if (scan[at] == '\'')
                    return at + 1;
            return -1;
        }
        var length = char.IsHighSurrogate(scan[scan.At + 1]) ? 2 : 1;
        return scan[scan.At + 1 + length] == '\'' && scan[scan.At + 1] is not ('\'' or '\n') ? scan.At + length + 2 : -1;
    }

    private static bool BeginsPattern(Scan scan)
    {
        var before = scan.At - 1;
        while (before >= 0 && scan[before] is ' ' or '\t')
            before--;
        return before < 0 || "\n(,=:[!&|?{};~".Contains(scan[before]) || scan.Tokens is [.., var last] && last.End == before + 1 && last.Kind == TokenKind.Keyword;
    }

    private static int EndOfPattern(Scan scan)
    {
        var inClass = false;
        for (var at = scan.At + 1; at < scan.Code.Length && scan[at] != '\n'; at++)
        {
            if (scan[at] == '\\')
                at++;
            else if (scan[at] is '[' or ']')
                inClass = scan[at] == '[';
            else if (scan[at] == '/' && !inClass)
            {
                at++;
                while (char.IsAsciiLetter(scan[at]))
                    at++;
                return at;
            }
        }
        return -1;
    }

    private bool TakesWord(Scan scan, char c)
    {
        var sigil = Sigils.Contains(c);
        var at = sigil ? scan.At + 1 : scan.At;
        if (!IsNameStart(scan[at]) && (sigil || !NameSigns.Contains(scan[at])))
            return false;
        while (at < scan.Code.Length && (IsNamePart(scan[at]) || !sigil && NameSigns.Contains(scan[at])))
            at++;
        if (Kind(scan, at, sigil) is { } kind)
            scan.Take(at, kind);
        else
            scan.At = at;
        return true;
    }

    private TokenKind? Kind(Scan scan, int end, bool sigil)
    {
        if (sigil)
            return TokenKind.Name;
        var isMember = scan.At > 1 && scan[scan.At - 1] == '.' && scan[scan.At - 2] != '.';
        if (!isMember && words.TryGetValue(scan.Code.AsSpan(scan.At, end - scan.At), out var kind))
            return kind;
        if (Labels && scan[scan.SkipBlanks(end)] == ':' && scan.IsLineStart(scan.At))
            return TokenKind.Name;
        var isCall = Calls && scan[end] == '(';
        if (CapitalTypes && char.IsUpper(scan[scan.At]) && (!isCall || MakesType(scan)))
            return TokenKind.Type;
        return isCall ? TokenKind.Name : null;
    }

    /// <summary>Whether the word before says that a name before a bracket is a type's.</summary>
    private static bool MakesType(Scan scan)
    {
        var before = scan.Code.AsSpan(0, scan.At).TrimEnd();
        return before.EndsWith("new") || before.EndsWith("class") || before.EndsWith("record") || before.EndsWith("struct");
    }

    private static bool TakesNumber(Scan scan, char c)
    {
        if (!char.IsAsciiDigit(c))
            return false;
        scan.Take(EndOfNumber(scan, scan.At), TokenKind.Number);
        return true;
    }
}
