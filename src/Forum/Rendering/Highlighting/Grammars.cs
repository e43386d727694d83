using System.Collections.Frozen;

namespace Forum.Rendering.Highlighting;

/// <summary>The languages that code is coloured in, by the names that people give them. Each is made when it is first met.</summary>
internal static class Grammars
{
    private static readonly FrozenDictionary<string, Lazy<Grammar>> byName = Languages.All
        .SelectMany(l => l.Names.Split(' ').Select(name => KeyValuePair.Create(name, l.Grammar)))
        .ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The grammar of a language; null when it is not known here.</summary>
    public static Grammar? Of(string name) => byName.GetValueOrDefault(name)?.Value;
}
