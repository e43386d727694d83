using System.Text.Json;

namespace Forum.Web.Help;

/// <summary>A library that the program is made of.</summary>
/// <param name="Licence">An identifier of SPDX, such as MIT; null where the package names none of these.</param>
/// <param name="Address">Its project, or where it says what its licence is.</param>
public sealed record Library(string Name, string? Licence, string? Copyright, Uri? Address);

/// <summary>What the program is made of, as the build wrote it down: <c>bom.json</c> beside the program, in the form of CycloneDX.</summary>
public static class Software
{
    private static readonly Lazy<IReadOnlyList<Library>> libraries = new(() => Read(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "bom.json"))));

    /// <summary>By name, each once; what only builds the program is left out.</summary>
    public static IReadOnlyList<Library> Libraries => libraries.Value;

    internal static IReadOnlyList<Library> Read(string json)
    {
        using var bom = JsonDocument.Parse(json);
        return [.. bom.RootElement.GetProperty("components").EnumerateArray().Where(c => Text(c, "scope") != "excluded").Select(Of).DistinctBy(l => l.Name).OrderBy(l => l.Name, StringComparer.OrdinalIgnoreCase)];
    }

    private static Library Of(JsonElement component)
    {
        var licences = Items(component, "licenses").ToList();
        var named = licences.Select(l => Text(l, "expression") ?? (l.TryGetProperty("license", out var licence) ? Text(licence, "id") : null)).FirstOrDefault(id => id is not null);
        var addresses = licences.Select(l => l.TryGetProperty("license", out var licence) && named is null ? Text(licence, "url") : null)
            .Concat(Items(component, "externalReferences").OrderBy(r => Text(r, "type") == "vcs" ? 0 : 1).Select(r => Text(r, "url")));
        return new(Text(component, "name")!, named, Text(component, "copyright"),
            addresses.Select(a => Uri.TryCreate(a, UriKind.Absolute, out var address) && (address.Scheme is "http" or "https") ? address : null).FirstOrDefault(a => a is not null));
    }

    private static IEnumerable<JsonElement> Items(JsonElement component, string name) => component.TryGetProperty(name, out var items) ? items.EnumerateArray() : [];

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() : null;
}
