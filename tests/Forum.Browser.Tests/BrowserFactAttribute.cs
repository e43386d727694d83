namespace Forum.Browser.Tests;

/// <summary>A journey that needs Chromium; skipped with that reason where there is none.</summary>
public sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute()
    {
        if (!File.Exists(Site.Chromium))
            Skip = $"unconfigured: there is no Chromium at {Site.Chromium}";
    }
}

/// <summary>The same with JavaScript on and off as the cases.</summary>
public sealed class BrowserTheoryAttribute : TheoryAttribute
{
    public BrowserTheoryAttribute()
    {
        if (!File.Exists(Site.Chromium))
            Skip = $"unconfigured: there is no Chromium at {Site.Chromium}";
    }
}
