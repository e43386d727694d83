namespace Forum.Web.Host;

/// <summary>What a browser says of itself, as far as its member would know it again.</summary>
public static class Device
{
    /// <summary>What to look for, the special before the general: each pretends to be those after it.</summary>
    private static readonly (string Sign, string Name)[] browsers =
        [("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox/", "Firefox"), ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari")];

    private static readonly (string Sign, string Name)[] systems =
        [("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("CrOS", "ChromeOS"), ("Windows", "Windows"), ("Mac OS X", "macOS"), ("Linux", "Linux")];

    /// <summary>Such as "Firefox on Windows"; null where nothing is known of it.</summary>
    public static string? Of(string userAgent) => (Find(browsers, userAgent), Find(systems, userAgent)) switch
    {
        (null, null) => null,
        ({ } browser, { } system) => $"{browser} on {system}",
        var (browser, system) => browser ?? system,
    };

    private static string? Find((string Sign, string Name)[] signs, string userAgent) =>
        signs.FirstOrDefault(s => userAgent.Contains(s.Sign, StringComparison.Ordinal)).Name;
}
