namespace Forum.Settings;

/// <summary>The one colour of links and buttons with those that come of it, on light pages or on dark ones.</summary>
/// <param name="Strong">Where the pointer is over it.</param>
/// <param name="Ink">What is written on it.</param>
/// <param name="Wash">A surface that it tints; it is written on that, too.</param>
public sealed record Accent(Color Color, Color Strong, Color Ink, Color Wash)
{
    /// <summary>What words need to be read [WCAG 2.2, AA].</summary>
    public const double LeastContrast = 4.5;

    /// <summary>The surfaces of the sheet that words in the accent stand on: its paper, wash and sunk.</summary>
    public static readonly IReadOnlyList<Color> LightSurfaces = [new(0xff, 0xff, 0xff), new(0xf5, 0xf6, 0xf9), new(0xec, 0xee, 0xf3)];

    public static readonly IReadOnlyList<Color> DarkSurfaces = [new(0x16, 0x1a, 0x1f), new(0x0e, 0x11, 0x15), new(0x22, 0x25, 0x2c)];

    private static readonly Color white = new(0xff, 0xff, 0xff), black = new(0, 0, 0), ink = new(0x0b, 0x11, 0x1f);

    public static Accent OnLight(Color color) => new(color, color.With(black, 0.22), white, color.With(white, 0.92));

    public static Accent OnDark(Color color) => new(color, color.With(white, 0.35), ink, DarkSurfaces[0].With(color, 0.14));

    /// <summary>The least contrast that words have somewhere: in the accent on a surface, or on the accent itself.</summary>
    public double Worst(IEnumerable<Color> surfaces) => surfaces.Append(Wash).Append(Ink).Min(Color.Contrast);

    /// <summary>Why the colour cannot be read well enough; null when it can.</summary>
    internal static Refusal? Refusal(string value, bool dark)
    {
        var color = Color.Parse(value)!.Value;
        var worst = dark ? OnDark(color).Worst(DarkSurfaces) : OnLight(color).Worst(LightSurfaces);
        if (worst >= LeastContrast)
            return null;
        // Cut, not rounded: 4.46 must not read as enough.
        var reached = Math.Floor(worst * 10) / 10;
        return dark ? Forum.Refusal.Invalid("Words in this colour reach a contrast of {0:N1} : 1 on dark pages and need {1:N1} : 1. Please choose a lighter one.", null, reached, LeastContrast)
            : Forum.Refusal.Invalid("Words in this colour reach a contrast of {0:N1} : 1 on light pages and need {1:N1} : 1. Please choose a darker one.", null, reached, LeastContrast);
    }
}
