using System.Collections.Frozen;

namespace Forum.Rendering.Highlighting;

/// <summary>What changed between two versions, line by line.</summary>
internal sealed class DiffGrammar : Grammar
{
    private static readonly string[] headers = ["+++", "---", "@@", "diff ", "index ", "Index:", "***"];

    public override void Read(Scan scan, int end)
    {
        while (scan.At < end)
        {
            var line = scan.EndOfLine(scan.At);
            if (headers.Any(h => scan.StartsWith(h)))
                scan.Take(line, TokenKind.Meta);
            else if (scan[scan.At] is '+' or '-')
                scan.Take(line, scan[scan.At] == '+' ? TokenKind.Inserted : TokenKind.Deleted);
            scan.At = line + 1;
        }
    }
}

/// <summary>Settings by key and value, line by line: YAML, TOML, INI, properties.</summary>
/// <param name="separators">Signs between key and value.</param>
/// <param name="comments">Signs that make the rest of a line a comment.</param>
internal sealed class PairsGrammar(string separators, string comments = "#") : Grammar
{
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> constants =
        FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "true", "false", "null", "yes", "no", "on", "off", "~").GetAlternateLookup<ReadOnlySpan<char>>();

    public override void Read(Scan scan, int end)
    {
        while (scan.At < end)
        {
            var line = scan.EndOfLine(scan.At);
            scan.At = scan.SkipBlanks(scan.At);
            while (scan[scan.At] == '-' && scan[scan.At + 1] == ' ')
                scan.At = scan.SkipBlanks(scan.At + 1);
            if (scan[scan.At] == '[' && separators.Contains('='))
                scan.Take(Math.Min(line, scan.Find("]", scan.At) + 1), TokenKind.Type);
            else if (scan.StartsWith("---") || scan[scan.At] == '%')
                scan.Take(line, TokenKind.Meta);
            else if (EndOfKey(scan, line) is var key && key > scan.At)
                scan.Take(scan.At + scan.Code.AsSpan(scan.At, key - scan.At).TrimEnd().Length, TokenKind.Name);
            ReadValue(scan, line);
            scan.At = line + 1;
        }
    }

    private int EndOfKey(Scan scan, int line)
    {
        var (at, quote) = (scan.At, '\0');
        for (; at < line; at++)
        {
            var c = scan[at];
            if (quote != '\0')
                quote = c == quote ? '\0' : quote;
            else if (c is '"' or '\'' && at == scan.At)
                quote = c;
            else if (comments.Contains(c) || c is '{' or '[' or ',')
                return scan.At;
            else if (separators.Contains(c) && (c == '=' || at + 1 >= line || char.IsWhiteSpace(scan[at + 1])))
                return at;
        }
        return scan.At;
    }

    private void ReadValue(Scan scan, int line)
    {
        var unclosed = 0;
        while (scan.At < line)
        {
            var c = scan[scan.At];
            if (comments.Contains(c) && (scan.At == 0 || char.IsWhiteSpace(scan[scan.At - 1])))
                scan.Take(line, TokenKind.Comment);
            else if (c is '"' or '\'')
                scan.Take(EndOfQuoted(scan, c, c == '"' ? '\\' : null, ref unclosed) is var quoted and > 0 ? quoted : line, TokenKind.String);
            else if (EndOfWord(scan, line) is var word && word > scan.At)
                TakeWord(scan, word);
            else
                scan.At++;
        }
    }

    private static void TakeWord(Scan scan, int end)
    {
        var word = scan.Code.AsSpan(scan.At, end - scan.At);
        if (constants.Contains(word) || char.IsAsciiDigit(word[^1]) && word.TrimStart("+-").IndexOfAnyExcept("0123456789.eExX_:-TZabcdefABCDEF") < 0 && char.IsAsciiDigit(word.TrimStart("+-")[0]))
            scan.Take(end, TokenKind.Number);
        else
            scan.At = end;
    }

    private static int EndOfWord(Scan scan, int line)
    {
        var at = scan.At;
        while (at < line && !char.IsWhiteSpace(scan[at]) && scan[at] is not ('"' or '\'' or ',' or '[' or ']' or '{' or '}'))
            at++;
        return at;
    }
}
