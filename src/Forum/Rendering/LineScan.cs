using System.Buffers;

namespace Forum.Rendering;

/// <summary>A look at the lines of a text before it is read as Markdown.</summary>
internal static class LineScan
{
    /// <summary>Most cells in all tables of one post: 200 rows of 30 columns.</summary>
    public const int MaxCells = 6_000;

    /// <summary>Most marks of quotes and lists at the start of one line; far past what the reader nests, but it notices late.</summary>
    public const int MaxMarks = 200;

    private static readonly SearchValues<char> delimiterRow = SearchValues.Create(" \t>|:-");

    private static readonly SearchValues<char> marks = SearchValues.Create(" \t>-+*.)0123456789");

    /// <summary>Whether the tables of the text have too many cells.</summary>
    /// <remarks>The reader fills up short rows: a first row of a thousand columns and ten thousand short rows are ten million cells.</remarks>
    public static bool FindsTooManyCells(string markdown)
    {
        int columns = 0, cells = 0;
        foreach (var line in markdown.AsSpan().EnumerateLines())
        {
            if (line.IsWhiteSpace())
                columns = 0;
            else if (line.Contains('|') && line.Contains('-') && !line.ContainsAnyExcept(delimiterRow))
                columns = Math.Max(columns, line.Count('|') + 1);
            cells += columns;
            if (cells > MaxCells)
                return true;
        }
        return false;
    }

    /// <summary>Whether a line opens more quotes and lists than anybody nests.</summary>
    public static bool FindsTooManyMarks(string markdown)
    {
        foreach (var line in markdown.AsSpan().EnumerateLines())
        {
            var end = line.IndexOfAnyExcept(marks);
            var start = end < 0 ? line : line[..end];
            if (start.Length > MaxMarks && MarksIn(start) > MaxMarks)
                return true;
        }
        return false;
    }

    private static int MarksIn(ReadOnlySpan<char> start)
    {
        var found = start.Count('>');
        for (var i = 1; i < start.Length; i++)
        {
            if (start[i] is ' ' or '\t' && start[i - 1] is '-' or '+' or '*' or '.' or ')')
                found++;
        }
        return found;
    }
}
