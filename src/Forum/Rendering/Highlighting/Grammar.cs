namespace Forum.Rendering.Highlighting;

/// <summary>How a family of languages is read. Each reads a text once, from start to end, and never back: its cost is the text's length.</summary>
internal abstract class Grammar
{
    /// <summary>Colours from <see cref="Scan.At"/> to <paramref name="end"/>.</summary>
    public abstract void Read(Scan scan, int end);

    protected static bool IsNameStart(char c) => char.IsLetter(c) || c == '_';

    protected static bool IsNamePart(char c) => char.IsLetterOrDigit(c) || c == '_';

    /// <summary>The end of a number with its fraction, exponent, base and unit.</summary>
    protected static int EndOfNumber(Scan scan, int from)
    {
        var at = from;
        while (char.IsAsciiLetterOrDigit(scan[at]) || scan[at] == '_' || scan[at] == '.' && char.IsAsciiDigit(scan[at + 1])
            || scan[at] is '+' or '-' && scan[at - 1] is 'e' or 'E' && char.IsAsciiDigit(scan[at + 1]) && scan[from + 1] is not ('x' or 'X'))
            at++;
        return at;
    }

    /// <summary>The end of a string that closes on its line; -1 when it does not. What did not close once is not searched again on that line.</summary>
    protected static int EndOfQuoted(Scan scan, char quote, char? escape, ref int unclosed)
    {
        if (scan.At < unclosed)
            return -1;
        for (var at = scan.At + 1; at < scan.Code.Length && scan[at] != '\n'; at++)
        {
            if (scan[at] == escape && scan[at + 1] != '\n')
                at++;
            else if (scan[at] == quote)
                return at + 1;
        }
        unclosed = scan.EndOfLine(scan.At);
        return -1;
    }
}
