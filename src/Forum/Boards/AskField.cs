using System.Text.Encodings.Web;
using System.Text.Json;

namespace Forum.Boards;

/// <summary>One field of a board's form for new topics.</summary>
/// <param name="Name">What is asked for, such as "What did you expect?"; the heading over the answer in the topic.</param>
/// <param name="Hint">One sentence of help; empty for none.</param>
/// <param name="Required">The topic cannot be posted without it.</param>
public sealed record AskField(string Name, string Hint = "", bool Required = false)
{
    /// <summary>Most fields of one form: more are not filled in.</summary>
    public const int MaxCount = 8;

    public const int MaxNameLength = 80;
    public const int MaxHintLength = 200;

    /// <summary>As stored: letters of all scripts count as one character each.</summary>
    private static readonly JsonSerializerOptions asStored = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Fields as a board keeps them; null for none.</summary>
    internal static string? ToJson(IReadOnlyList<AskField> fields) => fields.Count == 0 ? null : JsonSerializer.Serialize(fields, asStored);

    /// <summary>The fields of a board; none for one free text.</summary>
    public static IReadOnlyList<AskField> Of(Board board) => board.AskFields is null ? [] : JsonSerializer.Deserialize<List<AskField>>(board.AskFields) ?? [];
}
