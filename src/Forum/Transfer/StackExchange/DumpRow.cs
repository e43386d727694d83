using System.Globalization;
using System.Net;
using System.Text;

namespace Forum.Transfer.StackExchange;

/// <summary>Where a row stands in its file.</summary>
internal readonly record struct RowAt(long Offset, int Length, int Line);

/// <summary>
/// One row of a dump with its attributes. What is wrong with it is noted in <see cref="Damage"/>, the first finding only;
/// a caller reads all it needs and looks there once.
/// </summary>
internal sealed class DumpRow
{
    private readonly ReadOnlyMemory<byte> tag;
    private readonly List<(Range Name, Range Value)> attributes = new(16);

    public DumpRow(ReadOnlyMemory<byte> tag, RowAt at)
    {
        this.tag = tag;
        At = at;
        if (!IsRow(tag.Span) || !Parse(tag.Span))
            Damage = "It is not well-formed";
    }

    public RowAt At { get; }

    public string? Damage { get; private set; }

    public static bool IsRow(ReadOnlySpan<byte> tag) => tag.StartsWith("<row"u8) && tag.Length > 4 && (IsSpace(tag[4]) || tag[4] is (byte)'/' or (byte)'>');

    /// <summary>The attribute's text; null when it is not there.</summary>
    public string? Text(string name)
    {
        Span<byte> wanted = stackalloc byte[name.Length];
        Encoding.ASCII.GetBytes(name, wanted);
        foreach (var (key, value) in attributes)
            if (tag.Span[key].SequenceEqual(wanted))
            {
                var text = Encoding.UTF8.GetString(tag.Span[value]);
                return text.Contains('&', StringComparison.Ordinal) ? WebUtility.HtmlDecode(text) : text;
            }
        return null;
    }

    public long? Number(string name)
    {
        if (Text(name) is not { Length: > 0 } text)
            return null;
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            return number;
        Damage ??= $"{name} \"{Short(text)}\" is not a number";
        return null;
    }

    public DateTime? Date(string name)
    {
        if (Text(name) is not { Length: > 0 } text)
            return null;
        if (DateTime.TryParseExact(text, ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd"], CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var date))
            return date;
        Damage ??= $"{name} \"{Short(text)}\" is not a date";
        return null;
    }

    public long RequiredNumber(string name) => Number(name) ?? (long)Missing(name);

    public DateTime RequiredDate(string name) => Date(name) ?? new DateTime(Missing(name), DateTimeKind.Utc);

    /// <summary>A number as a counter holds it; 0 when it is not there.</summary>
    public int Count(string name) => (int)Math.Clamp(Number(name) ?? 0, int.MinValue, int.MaxValue);

    private int Missing(string name)
    {
        Damage ??= $"{name} is missing";
        return 0;
    }

    private static string Short(string text) => text.Length <= 40 ? text : $"{text[..40]}…";

    private bool Parse(ReadOnlySpan<byte> text)
    {
        for (var i = 4; ;)
        {
            var space = i;
            while (i < text.Length && IsSpace(text[i]))
                i++;
            if (i >= text.Length)
                return false;
            if (text[i] is (byte)'>' or (byte)'/')
                return text[^1] == (byte)'>' && i + 2 >= text.Length;
            if (i == space)
                return false;
            var name = i;
            while (i < text.Length && !IsSpace(text[i]) && text[i] is not ((byte)'=' or (byte)'"' or (byte)'\'' or (byte)'/' or (byte)'>'))
                i++;
            var nameEnd = i;
            while (i < text.Length && IsSpace(text[i]))
                i++;
            if (i + 1 >= text.Length || text[i] != (byte)'=' || nameEnd == name)
                return false;
            i++;
            while (i < text.Length && IsSpace(text[i]))
                i++;
            if (i >= text.Length || text[i] is not ((byte)'"' or (byte)'\''))
                return false;
            var length = text[(i + 1)..].IndexOf(text[i]);
            if (length < 0)
                return false;
            attributes.Add((name..nameEnd, (i + 1)..(i + 1 + length)));
            i += length + 2;
        }
    }

    private static bool IsSpace(byte b) => b is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n';
}
