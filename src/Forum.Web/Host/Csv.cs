using System.Buffers;
using System.Text;

namespace Forum.Web.Host;

/// <summary>Tables as files (RFC 4180, UTF-8), written line by line as they are read.</summary>
public static class Csv
{
    private static readonly SearchValues<char> special = SearchValues.Create(",\"\r\n");

    /// <summary>Answers with a file of these columns. A cell that a spreadsheet would take for a formula begins with an apostrophe (OWASP: CSV injection).</summary>
    public static async Task WriteAsync(HttpResponse response, string name, IReadOnlyList<string> columns, IAsyncEnumerable<IReadOnlyList<string?>> rows, CancellationToken cancellation)
    {
        response.ContentType = "text/csv; charset=utf-8";
        response.Headers.ContentDisposition = $"attachment; filename=\"{name}\"";
        await using var writer = new StreamWriter(response.Body, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\r\n" };
        await writer.WriteLineAsync(string.Join(',', columns));
        await foreach (var row in rows.WithCancellation(cancellation))
            await writer.WriteLineAsync(string.Join(',', row.Select(Cell)).AsMemory(), cancellation);
    }

    private static string Cell(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return "";
        var safe = text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '＝' or '＋' or '－' or '＠' ? $"'{text}" : text;
        return safe.AsSpan().IndexOfAny(special) < 0 ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
