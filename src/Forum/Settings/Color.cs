using System.Globalization;

namespace Forum.Settings;

/// <summary>A colour of sRGB, each part from 0 to 255.</summary>
public readonly record struct Color(byte Red, byte Green, byte Blue)
{
    /// <summary>The colour of #rrggbb; null for anything else.</summary>
    public static Color? Parse(string text) =>
        text is ['#', .. { Length: 6 } digits] && uint.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var rgb)
            ? new((byte)(rgb >> 16), (byte)(rgb >> 8), (byte)rgb) : null;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"#{Red:x2}{Green:x2}{Blue:x2}");

    /// <summary>This colour with a share of another one, from 0 to 1.</summary>
    public Color With(Color other, double share)
    {
        return new(Mix(Red, other.Red), Mix(Green, other.Green), Mix(Blue, other.Blue));

        byte Mix(byte mine, byte theirs) => (byte)Math.Round(mine + (theirs - mine) * share);
    }

    /// <summary>How well one is read on the other, from 1 to 21 [WCAG 2.2].</summary>
    public double Contrast(Color other)
    {
        var (one, two) = (Luminance, other.Luminance);
        return (Math.Max(one, two) + 0.05) / (Math.Min(one, two) + 0.05);
    }

    private double Luminance => 0.2126 * Linear(Red) + 0.7152 * Linear(Green) + 0.0722 * Linear(Blue);

    private static double Linear(byte part) => part / 255.0 is var share && share <= 0.04045 ? share / 12.92 : Math.Pow((share + 0.055) / 1.055, 2.4);
}
