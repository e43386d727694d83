namespace Forum.Rendering.Highlighting;

/// <summary>Style sheets: CSS and the languages that become it.</summary>
/// <param name="lineComments">Whether two slashes comment, as in SCSS and Less.</param>
internal sealed class StyleGrammar(bool lineComments = false) : Grammar
{
    public override void Read(Scan scan, int end)
    {
        int depth = 0, unclosed = 0;
        while (scan.At < end)
        {
            var c = scan[scan.At];
            depth += c switch { '{' => 1, '}' => -1, _ => 0 };
            if (scan.StartsWith("/*"))
                scan.Take(Math.Min(end, scan.Find("*/", scan.At + 2) + 2), TokenKind.Comment);
            else if (lineComments && scan.StartsWith("//"))
                scan.Take(scan.EndOfLine(scan.At), TokenKind.Comment);
            else if (c is '"' or '\'' && EndOfQuoted(scan, c, '\\', ref unclosed) is var quoted and > 0)
                scan.Take(quoted, TokenKind.String);
            else if (c is '@' or '!' or '$' && EndOfName(scan, scan.At + 1) is var order && order > scan.At + 1)
                scan.Take(order, c == '$' ? TokenKind.Name : TokenKind.Keyword);
            else if (c is '.' or '#' && EndOfName(scan, scan.At + 1) is var selector && selector > scan.At + 1)
                scan.Take(selector, IsColor(scan, selector) ? TokenKind.Number : TokenKind.Type);
            else if (char.IsAsciiDigit(c))
                scan.Take(EndOfNumber(scan, scan.At) is var number && scan[number] == '%' ? number + 1 : number, TokenKind.Number);
            else if (EndOfName(scan, scan.At) is var name && name > scan.At)
                TakeName(scan, name, depth);
            else
                scan.At++;
        }
    }

    private static void TakeName(Scan scan, int end, int depth)
    {
        if (scan[end] == '(' || scan.StartsWith("--") || depth > 0 && scan[scan.SkipBlanks(end)] == ':' && IsStatementStart(scan))
            scan.Take(end, TokenKind.Name);
        else
            scan.At = end;
    }

    private static bool IsStatementStart(Scan scan)
    {
        var before = scan.At - 1;
        while (before >= 0 && char.IsWhiteSpace(scan[before]))
            before--;
        return before < 0 || scan[before] is '{' or ';' or '}' or '/';
    }

    private static bool IsColor(Scan scan, int end) =>
        scan[scan.At] == '#' && end - scan.At is 4 or 5 or 7 or 9 && scan.Code.AsSpan(scan.At + 1, end - scan.At - 1).IndexOfAnyExcept("0123456789abcdefABCDEF") < 0
        && scan.At > 0 && scan[scan.At - 1] is ' ' or ':' or ',' or '(';

    private static int EndOfName(Scan scan, int from)
    {
        while (IsNamePart(scan[from]) || scan[from] == '-')
            from++;
        return from;
    }
}
