namespace Forum.Rendering.Highlighting;

/// <summary>Languages of tags: HTML and XML, with scripts and styles in them.</summary>
internal sealed class MarkupGrammar(Grammar? script = null, Grammar? style = null) : Grammar
{
    public override void Read(Scan scan, int end)
    {
        while (scan.At < end)
        {
            var next = scan.Code.AsSpan(scan.At, end - scan.At).IndexOfAny('<', '&');
            if (next < 0)
                break;
            scan.At += next;
            if (scan[scan.At] == '&')
                TakeEntity(scan);
            else if (scan.StartsWith("<!--"))
                scan.Take(Math.Min(end, scan.Find("-->", scan.At + 4) + 3), TokenKind.Comment);
            else if (scan[scan.At + 1] is '!' or '?')
                scan.Take(Math.Min(end, scan.Find(">", scan.At) + 1), TokenKind.Meta);
            else if (IsNameStart(scan[scan.At + 1]) || scan[scan.At + 1] == '/')
                TakeTag(scan, end);
            else
                scan.At++;
        }
        scan.At = end;
    }

    private static void TakeEntity(Scan scan)
    {
        const int longest = 12;
        var at = scan.At + 1;
        while (at - scan.At < longest && (char.IsAsciiLetterOrDigit(scan[at]) || scan[at] == '#'))
            at++;
        if (scan[at] == ';')
            scan.Take(at + 1, TokenKind.Number);
        else
            scan.At++;
    }

    private void TakeTag(Scan scan, int end)
    {
        var closes = scan[scan.At + 1] == '/';
        var start = scan.At + (closes ? 2 : 1);
        scan.Take(EndOfName(scan, start), TokenKind.Type);
        var name = scan.Code[start..scan.At];
        while (scan.At < end && scan[scan.At] is not ('>' or '<'))
        {
            if (scan[scan.At] is '"' or '\'')
                scan.Take(Math.Min(end, scan.Find(scan[scan.At].ToString(), scan.At + 1) + 1), TokenKind.String);
            else if (EndOfName(scan, scan.At) is var nameEnd && nameEnd > scan.At)
                scan.Take(nameEnd, TokenKind.Name);
            else
                scan.At++;
        }
        if (scan[scan.At] != '>' || scan.At >= end)
            return;
        scan.Take(scan.At + 1, TokenKind.Type);
        var inner = closes ? null : name.ToLowerInvariant() switch { "script" => script, "style" => style, _ => null };
        inner?.Read(scan, Math.Min(end, scan.Find("</", scan.At)));
    }

    private static int EndOfName(Scan scan, int from)
    {
        while (IsNamePart(scan[from]) || scan[from] is '-' or ':' or '.' or '@' or '#' or '*')
            from++;
        return from;
    }
}
