using System.Globalization;

namespace Forum;

/// <summary>Where a page of a list begins: the sort value and the id of the last row before it.</summary>
public readonly record struct PageKey(long Value, long Id)
{
    /// <summary>As it stands in an address: "value-id".</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Value}-{Id}");

    /// <summary>Reads a key; anything else is null, which begins at the first page.</summary>
    public static PageKey? Parse(string? text)
    {
        var dash = text?.LastIndexOf('-') ?? -1;
        return dash > 0
            && long.TryParse(text.AsSpan(0, dash), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            && long.TryParse(text.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? new(value, id) : null;
    }

    /// <summary>The value as an instant; one that no calendar holds counts as the latest.</summary>
    public DateTime Instant => Value is >= 0 and <= 3155378975999999999 ? new DateTime(Value, DateTimeKind.Utc) : DateTime.MaxValue;
}
