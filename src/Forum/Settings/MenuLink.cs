namespace Forum.Settings;

/// <summary>A link of the site's own in the bar.</summary>
/// <param name="Address">From the root, or absolute with http or https.</param>
public sealed record MenuLink(string Label, string Address)
{
    /// <summary>More push the search away.</summary>
    public const int Max = 6;

    public const int MaxLabelLength = 30;

    /// <summary>The links of lines such as "Shop | https://example.org"; a line that is none is left out.</summary>
    public static IReadOnlyList<MenuLink> In(string lines) => lines.Length == 0 ? [] : [.. Lines(lines).Select(Parse).OfType<MenuLink>().Take(Max)];

    /// <summary>What is wrong with lines that somebody typed.</summary>
    internal static Refusal? Refusal(string lines)
    {
        var all = Lines(lines);
        return all.Length > Max ? Forum.Refusal.Invalid("Please keep to {0} links.", null, Max)
            : Array.Find(all, line => Parse(line) is null) is { } wrong ? Forum.Refusal.Invalid("“{0}” is not a link. Please write each as a label of at most {1} characters, a | and an address that begins with / or https://.", null, wrong, MaxLabelLength)
            : null;
    }

    private static string[] Lines(string lines) => lines.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static MenuLink? Parse(string line) =>
        line.Split('|', StringSplitOptions.TrimEntries) is [{ Length: > 0 and <= MaxLabelLength } label, { Length: > 0 } address] && IsFit(address) ? new(label, address) : null;

    /// <summary>A path of ours, which browsers cannot take for the name of another host, or an address that leads to a page.</summary>
    private static bool IsFit(string address) =>
        address.StartsWith('/') ? Uri.TryCreate("https://here" + address, UriKind.Absolute, out var here) && here.Host == "here" && address is not ['/', '/' or '\\', ..] && !address.Contains('\\', StringComparison.Ordinal)
        : Uri.TryCreate(address, UriKind.Absolute, out var there) && there.Scheme is "http" or "https" && there.UserInfo.Length == 0 && there.Host.Length > 0;
}
