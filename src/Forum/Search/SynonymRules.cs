namespace Forum.Search;

/// <summary>What makes a group of synonyms, each a refusal that says what to do.</summary>
internal static class SynonymRules
{
    private const string Field = "Entries";

    /// <param name="others">The groups that are there besides.</param>
    public static Refusal? Refusal(IReadOnlyList<string> typed, IEnumerable<SynonymGroup> others, Language language)
    {
        if (typed.Count < 2)
            return Forum.Refusal.Invalid("Please name at least two words that mean the same, set apart by commas.", Field);
        if (typed.Count > SynonymGroup.MaxEntries)
            return Forum.Refusal.Invalid("Please name at most {0} words: more rarely mean the same.", Field, SynonymGroup.MaxEntries);
        IReadOnlyList<Language> languages = [language];
        var known = new Dictionary<string, string>();
        foreach (var text in typed)
        {
            var entry = Expression.Of(text, languages);
            if (text.Length > SynonymGroup.MaxEntryLength || entry.Parts.Count > SynonymGroup.MaxWords)
                return Forum.Refusal.Invalid("“{0}” is too long: a synonym has at most {1} words and {2} characters.", Field, text.Length > SynonymGroup.MaxEntryLength ? text[..SynonymGroup.MaxEntryLength] + "…" : text, SynonymGroup.MaxWords, SynonymGroup.MaxEntryLength);
            if (entry.Words.Count == 0)
                return Forum.Refusal.Invalid("“{0}” holds nothing to search for. Please use letters or digits.", Field, text);
            if (entry.Words.All(w => ParsedQuery.IsCommon(w, languages)))
                return Forum.Refusal.Invalid("“{0}” stands in nearly every post, so that nothing is found by it. Please choose a word that says more.", Field, text);
            if (!known.TryAdd(entry.Key, text))
                return Forum.Refusal.Invalid("“{0}” and “{1}” are one word to the search already. Please name one of them.", Field, known[entry.Key], text);
        }
        if (others.Count() >= SynonymGroup.MaxGroups)
            return Forum.Refusal.Invalid("There are {0} groups, and no more are kept. Please take one away first.", Field, SynonymGroup.MaxGroups);
        foreach (var other in others)
            if (Expression.AllOf(other.Entries, languages).FirstOrDefault(e => known.ContainsKey(e.Key)) is { } twice)
                return new(RefusalKind.Conflict, "“{0}” stands in another group already: {1}. Please add the others there.", Field, twice.Text, other.Entries);
        return null;
    }
}
