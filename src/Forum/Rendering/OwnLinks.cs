using System.Globalization;
using System.Text.RegularExpressions;

namespace Forum.Rendering;

/// <summary>A topic, or one post of it by number, as an address of this forum names it.</summary>
public readonly record struct TopicAddress(long TopicId, int? Number)
{
    /// <summary>The address from the root.</summary>
    public string Path(string slug) => string.Create(CultureInfo.InvariantCulture, $"/t/{TopicId}/{slug}{(Number is { } number ? $"/{number}" : "")}");
}

/// <summary>Tells the forum's own addresses from those of others.</summary>
internal sealed partial class OwnLinks(Uri? site)
{
    /// <summary>An address of this forum without scheme and host, so that it leads home wherever the forum moves; any other as it is.</summary>
    public string Shorten(string address)
    {
        if (site is null || !Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https")
            || uri.Authority != site.Authority || uri.UserInfo.Length > 0)
            return address;
        var start = address.IndexOfAny(['/', '?', '#'], address.IndexOf("//", StringComparison.Ordinal) + 2);
        var path = start < 0 ? "/" : address[start] == '/' ? address[start..] : "/" + address[start..];
        return Allowed.Address(path) ?? address;
    }

    /// <summary>The topic that a short address leads to, if any.</summary>
    public static TopicAddress? TopicOf(string? address) =>
        address is not null && Topic().Match(address) is { Success: true } match && long.TryParse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture, out var id)
            ? new(id, int.TryParse(match.Groups[2].ValueSpan, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null)
            : null;

    [GeneratedRegex("^/t/([0-9]{1,18})(?:/[^/?#]*(?:/([0-9]{1,9}))?)?/?(?:[?#]|$)")]
    private static partial Regex Topic();
}
