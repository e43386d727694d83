namespace Forum.Web.Host;

/// <summary>Where to go after a deed: an address of this site, whatever the form said.</summary>
public static class LocalUrl
{
    /// <summary>The path if it leads into this site, in letters that a header may hold, else the home page.</summary>
    public static string Or(string? path, string otherwise = "/") =>
        path is ['/', ..] && path is not ['/', '/' or '\\', ..] && !path.Any(char.IsControl) && !path.Contains('\\', StringComparison.Ordinal)
            ? string.Concat(path.EnumerateRunes().Select(r => r.IsAscii ? r.ToString() : Uri.EscapeDataString(r.ToString())))
            : otherwise;
}
