using System.Globalization;

namespace Forum.Web.Shell;

/// <summary>A part of a whole in the reader's way to write percents.</summary>
public static class Share
{
    /// <summary>Rounded down, so that "100 %" means all.</summary>
    public static string Of(int part, int whole) => (whole == 0 ? 0 : Math.Floor(100.0 * part / whole) / 100).ToString("P0", CultureInfo.CurrentCulture);
}
