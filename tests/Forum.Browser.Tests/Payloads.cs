using System.Text.Json;
using Forum.Tests;

namespace Forum.Browser.Tests;

/// <summary>Texts made to run a script wherever they are shown: a few of our own, and three collections where they are at hand.</summary>
internal static class Payloads
{
    private static readonly string[] own =
    [
        "<script>alert(1)</script>",
        "</title></textarea></style></script><script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "\"><img src=x onerror=alert(1)>",
        "' autofocus onfocus='alert(1)' x='",
        "\" autofocus onfocus=alert(1) x=\"",
        "--><svg onload=alert(1)>",
        "]]><svg/onload=alert(1)>",
        "<svg><style><img src=x onerror=alert(1)></style></svg>",
        "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
        "<a href=\"javascript:alert(1)\">x</a> [x](javascript:alert(1)) <javascript:alert(1)>",
        "<a href='java\tscript:alert(1)'>x</a><a href='JaVaScRiPt&colon;alert(1)'>x</a>",
        "<iframe srcdoc='<script>alert(1)</script>'></iframe><iframe src=javascript:alert(1)></iframe>",
        "<object data=javascript:alert(1)></object><embed src=javascript:alert(1)>",
        "<details open ontoggle=alert(1)><summary>x</summary></details>",
        "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\"></noscript>",
        "<meta http-equiv=refresh content='0;url=http://foreign.example/'><base href=http://foreign.example/>",
        "<link rel=stylesheet href=http://foreign.example/a.css><style>@import 'http://foreign.example/b.css'</style>",
        "<p style='background:url(http://foreign.example/c.png)'>x</p><img src=http://foreign.example/d.png>",
        "![x](http://foreign.example/e.png \"\\\" onload=alert(1)\") ![\" onerror=alert(1) \"](/icons.svg)",
        "<form action=http://foreign.example/><input autofocus onfocus=alert(1)><button formaction=javascript:alert(1)>x",
    ];

    /// <summary>The collections, the property that holds a text, and how many there are.</summary>
    private static readonly (string File, string Property, int Count)[] collections =
        [("xss_dompurify/expect.json", "payload", 223), ("xss_h5sc/vectors.json", "payload", 149), ("xss_html5lib/tests1.dat.json", "input", 72)];

    /// <summary>A collection that is not on this machine; null when all are.</summary>
    public static string? Missing => collections.Select(c => c.File).FirstOrDefault(f => TestData.Find(f) is null);

    /// <summary>How many texts there are when nothing is missing.</summary>
    public static int FullCount => own.Length + collections.Sum(c => c.Count);

    public static IReadOnlyList<string> All { get; } = [.. own, .. collections.Where(c => TestData.Find(c.File) is not null).SelectMany(c => Read(c.File, c.Property))];

    /// <summary>As few strings of at most that length as hold them all; of longer ones, their beginnings.</summary>
    public static IEnumerable<string> Packed(int length)
    {
        var packed = "";
        foreach (var text in All.Select(t => Cut(t, length)))
        {
            if (packed.Length + text.Length > length)
            {
                yield return packed;
                packed = "";
            }
            packed += text;
        }
        yield return packed;
    }

    public static string Cut(string text, int length) => text.Length <= length ? text : text[..length];

    private static IEnumerable<string> Read(string file, string property)
    {
        using var texts = JsonDocument.Parse(File.ReadAllText(TestData.Require(file)));
        return [.. texts.RootElement.EnumerateArray().Select(t => t.GetProperty(property).GetString()!)];
    }
}

/// <summary>A journey that needs Chromium and all collections of hostile texts; skipped with the reason where one is missing.</summary>
public sealed class CollectionsFactAttribute : FactAttribute
{
    public CollectionsFactAttribute()
    {
        if (Payloads.Missing is { } file)
            Skip = TestData.WhyMissing(file);
    }
}
