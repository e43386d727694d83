using System.Globalization;
using Forum.Settings;

namespace Forum.Members;

/// <summary>The one place that decides what of a name is shown.</summary>
public static class DisplayNames
{
    /// <summary>The name as the policy lets it be seen; an empty name shows the handle.</summary>
    public static string Show(this NamePolicy policy, string name, string handle) => policy switch
    {
        NamePolicy.Handle => handle,
        NamePolicy.Full => string.IsNullOrWhiteSpace(name) ? handle : name.Trim(),
        _ => Mask(name, handle),
    };

    private static string Mask(string name, string handle)
    {
        var words = name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return words.Length switch
        {
            0 => handle,
            1 => words[0],
            _ => $"{words[0]} {StringInfo.GetNextTextElement(words[^1]).ToUpperInvariant()}",
        };
    }
}
