using System.Text;

namespace Forum.Uploads;

/// <summary>Makes the name that a file came with one that any system can store and any page can show.</summary>
internal static class FileNames
{
    /// <summary>Longest extension that is one, with its dot.</summary>
    private const int MaxExtension = 10;

    private const string Nameless = "file";

    private static readonly HashSet<string> devices = new(
        ["con", "prn", "aux", "nul", .. Enumerable.Range(0, 10).SelectMany(n => new[] { $"com{n}", $"lpt{n}" })], StringComparer.OrdinalIgnoreCase);

    /// <summary>The extension of a name in lower case with its dot; empty where there is none.</summary>
    public static string Extension(string? typed)
    {
        var name = Last(typed);
        var dot = name.LastIndexOf('.');
        return dot < 0 || name.Length - dot > MaxExtension ? "" : name[dot..].ToLowerInvariant();
    }

    /// <summary>The name without folders, signs that systems keep for themselves, and hidden characters, at most <see cref="Upload.MaxNameLength"/> long.</summary>
    /// <param name="extension">The one it gets, with its dot.</param>
    public static string Clean(string? typed, string extension)
    {
        var name = Last(typed);
        name = name[..^Extension(name).Length];
        var clean = new StringBuilder(Math.Min(name.Length, Upload.MaxNameLength));
        foreach (var rune in name.EnumerateRunes())
        {
            if (clean.Length + rune.Utf16SequenceLength > Upload.MaxNameLength - extension.Length - 1)
                break;
            if (Rune.GetUnicodeCategory(rune) == System.Globalization.UnicodeCategory.Format)
                continue;
            // Two dots in a row would make an address that looks like one of another folder.
            clean.Append(rune.Value is '<' or '>' or ':' or '"' or '|' or '?' or '*' || rune.Value == '.' && (clean.Length == 0 || clean[^1] == '.') ? "_" : rune.ToString());
        }
        var stem = clean.ToString().Trim(' ', '.', '_', '~');
        if (stem.Length == 0)
            stem = Nameless;
        if (devices.Contains(stem.Split('.', 2)[0].Trim()))
            stem = "_" + stem;
        return stem + extension;
    }

    /// <summary>What follows the last folder, of either kind of system.</summary>
    private static string Last(string? typed)
    {
        var name = typed ?? "";
        return Typed.Line(name[(name.LastIndexOfAny(['/', '\\']) + 1)..]);
    }
}
