using System.Text;
using System.Text.Json;
using Forum.Boards;

namespace Forum.Topics;

/// <summary>
/// The form of a board's new topics. Its answers stand in the text under the fields' names as headings, so that a topic reads well
/// everywhere and an edit, an API client or an export needs to know nothing of the form; they are read back from there.
/// </summary>
public static class AskForm
{
    private const string Heading = "### ";

    /// <summary>The text of a filled-in form: each answer under its heading, then what else there is to say. An empty answer leaves its heading out.</summary>
    public static string Compose(IReadOnlyList<AskField> fields, IReadOnlyList<string?> answers, string? rest)
    {
        var text = new StringBuilder();
        for (var i = 0; i < fields.Count; i++)
            if (i < answers.Count && Typed.Text(answers[i]) is { Length: > 0 } answer)
                text.Append(Heading).Append(fields[i].Name).Append("\n\n").Append(answer).Append("\n\n");
        return text.Append(Typed.Text(rest)).ToString().TrimEnd();
    }

    /// <summary>The answers that a text holds, one for each field; empty where its heading is missing.</summary>
    public static IReadOnlyList<string> Read(IReadOnlyList<AskField> fields, string markdown)
    {
        var answers = new StringBuilder?[fields.Count];
        StringBuilder? current = null;
        foreach (var line in markdown.Split('\n'))
        {
            var field = line.StartsWith(Heading, StringComparison.Ordinal) ? IndexOf(fields, line[Heading.Length..].Trim()) : -1;
            if (field >= 0 && answers[field] is null)
                current = answers[field] = new();
            else
                current?.Append(line).Append('\n');
        }
        return [.. answers.Select(a => a?.ToString().Trim() ?? "")];
    }

    /// <summary>The answers as a draft keeps them: a list of strings in JSON. Empty where that is not what stands there.</summary>
    public static List<string?> AnswersOf(string? json)
    {
        try
        {
            return JsonSerializer.Deserialize<List<string?>>(json ?? "[]") ?? [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    /// <summary>Which required field has no answer; null when all have one.</summary>
    public static Refusal? Missing(IReadOnlyList<AskField> fields, IReadOnlyList<string> answers)
    {
        for (var i = 0; i < fields.Count; i++)
            if (fields[i].Required && answers[i].Length == 0)
                return Refusal.Invalid("Please fill in “{0}”: this board asks for it.", "Answers", fields[i].Name);
        return null;
    }

    /// <summary>The answers by the names of their fields, as JSON.</summary>
    internal static string? ToJson(IReadOnlyList<AskField> fields, IReadOnlyList<string> answers) =>
        fields.Count == 0 ? null : JsonSerializer.Serialize(fields.Zip(answers).ToDictionary(pair => pair.First.Name, pair => pair.Second));

    private static int IndexOf(IReadOnlyList<AskField> fields, string name)
    {
        for (var i = 0; i < fields.Count; i++)
            if (string.Equals(fields[i].Name, name, StringComparison.OrdinalIgnoreCase))
                return i;
        return -1;
    }
}
