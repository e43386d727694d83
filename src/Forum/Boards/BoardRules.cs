namespace Forum.Boards;

/// <summary>The rules of form for what is said about a board, each a refusal that says what to do.</summary>
internal static class BoardRules
{
    /// <summary>For the address of a board or group.</summary>
    public static Refusal? SlugRefusal(string? slug, int most) =>
        slug is not { Length: > 0 } || slug.Length > most || slug.Any(c => !char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c != '-') || slug.Trim('-') != slug
            ? Refusal.Invalid("The address is made of lower-case letters, digits and hyphens, at most {0}.", "slug", most) : null;

    public static Refusal? NameRefusal(string name) =>
        name.Length is 0 or > Board.MaxNameLength ? Refusal.Invalid("Please name the board, in at most {0} characters.", "name", Board.MaxNameLength) : null;

    public static Refusal? DescriptionRefusal(string description) =>
        description.Length > Board.MaxDescriptionLength ? Refusal.Invalid("Please describe the board in at most {0} characters.", "description", Board.MaxDescriptionLength) : null;

    public static Refusal? LanguageRefusal(string? language) =>
        language is null or "" || language.Length is 2 or Board.MaxLanguageLength && language.All(char.IsAsciiLetterLower) ? null : Refusal.Invalid("Please name the language by its code of two letters, such as \"de\".", "language");

    public static Refusal? GuidanceRefusal(string guidance) =>
        guidance.Length > Board.MaxGuidanceLength ? Refusal.Invalid("Please shorten the guidance to {0} characters.", "guidance", Board.MaxGuidanceLength) : null;

    public static Refusal? TemplateRefusal(string template) =>
        template.Length > Board.MaxGuidanceLength ? Refusal.Invalid("Please shorten the template to {0} characters.", "template", Board.MaxGuidanceLength) : null;

    public static Refusal? FieldsRefusal(IReadOnlyList<AskField> fields) =>
        fields.Count > AskField.MaxCount ? Refusal.Invalid("Please ask for {0} things at most: more are not filled in.", "field", AskField.MaxCount)
        : fields.Any(f => f.Name.Length is 0 or > AskField.MaxNameLength) ? Refusal.Invalid("Please name each field, in at most {0} characters.", "field", AskField.MaxNameLength)
        : fields.Any(f => f.Hint.Length > AskField.MaxHintLength) ? Refusal.Invalid("Please give each hint in at most {0} characters.", "field", AskField.MaxHintLength)
        : fields.GroupBy(f => f.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1) is { } twice ? Refusal.Invalid("The field \"{0}\" is there twice.", "field", twice.Key)
        : AskField.ToJson(fields) is { Length: > Board.MaxGuidanceLength } ? Refusal.Invalid("Please shorten the names and hints of the fields.", "field")
        : null;
}
