namespace Forum.Settings;

/// <summary>What belongs together on the page of settings.</summary>
public enum SettingGroup
{
    Site,
    Look,
    Availability,
    Joining,
    Limits,
    Newcomers,
    Ranks,
}

/// <summary>How a setting is typed in.</summary>
public enum SettingKind
{
    Line,

    /// <summary>Several lines.</summary>
    Text,

    /// <summary>A whole number.</summary>
    Number,

    /// <summary>One of <see cref="Setting.Choices"/>.</summary>
    Choice,

    /// <summary>true or false.</summary>
    Switch,

    /// <summary>#rrggbb</summary>
    Color,

    /// <summary>The id of a time zone.</summary>
    Zone,
}

/// <summary>One thing that is changed in the browser: what it is called and does, where it stands in the options, and what it may be.</summary>
/// <param name="key">Where the operator says it, below "Forum:", such as "Site:Name".</param>
/// <param name="name">What it is called; the key of its translation.</param>
/// <param name="why">What it does and why one would change it; the key of its translation.</param>
public sealed class Setting(string key, SettingGroup group, SettingKind kind, string name, string why)
{
    public string Key { get; } = key;

    /// <summary>Where the operator says it.</summary>
    public string Path => $"{ForumOptions.Section}:{Key}";

    public SettingGroup Group { get; } = group;

    public SettingKind Kind { get; } = kind;

    public string Name { get; } = name;

    public string Why { get; } = why;

    /// <summary>Least and most: of a number, or of the characters of a text.</summary>
    public int Least { get; init; }

    public int Most { get; init; }

    /// <summary>The values of a choice, each with its name, which is the key of its translation.</summary>
    public IReadOnlyList<(string Value, string Name)> Choices { get; init; } = [];

    /// <summary>Reads the value from the options, as it is typed in and kept.</summary>
    public required Func<ForumOptions, string> Of { get; init; }

    public required Action<ForumOptions, string> Set { get; init; }

    /// <summary>What else a value must keep to.</summary>
    internal Func<string, Refusal?> Rule { get; init; } = _ => null;

    /// <summary>A value as it was typed, cleaned; refused with a sentence at the field of <see cref="Key"/>.</summary>
    public Result<string> Read(string? typed)
    {
        var value = Kind == SettingKind.Text ? Typed.Text(typed) : Typed.Line(typed);
        var refusal = Kind switch
        {
            SettingKind.Number => !int.TryParse(value, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) || number < Least || number > Most
                ? Refusal.Invalid("Please give a whole number from {0} to {1}.", Key, Least, Most) : null,
            SettingKind.Choice => Choices.Any(c => c.Value == value) ? null : Refusal.Invalid("Please choose one of these.", Key),
            SettingKind.Switch => value is "true" or "false" ? null : Refusal.Invalid("Please choose one of these.", Key),
            SettingKind.Color => Color.Parse(value) is null ? Refusal.Invalid("Please give a colour as # and six digits, such as {0}.", Key, SiteOptions.HouseAccent) : null,
            _ => value.Length > Most ? Refusal.Invalid("Please shorten this to {0} characters; it has {1} now.", Key, Most, value.Length)
                : value.Length < Least ? Refusal.Invalid("This must not be empty.", Key) : null,
        };
        refusal ??= Rule(value) is { } broken ? broken with { Field = Key } : null;
        return refusal is null ? value : refusal;
    }
}
