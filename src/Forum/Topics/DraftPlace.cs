using System.Globalization;

namespace Forum.Topics;

/// <summary>The places one can write at; each has one draft of a member.</summary>
public static class DraftPlace
{
    public const string Ask = "ask";

    private const string TopicPrefix = "topic-";
    private const string NotePrefix = "note-";
    private const string EditPrefix = "edit-";

    public static string Reply(long topicId) => string.Create(CultureInfo.InvariantCulture, $"{TopicPrefix}{topicId}");

    /// <summary>Apart from replies, so that what was begun among staff is not posted as a reply.</summary>
    public static string Note(long topicId) => string.Create(CultureInfo.InvariantCulture, $"{NotePrefix}{topicId}");

    public static string Edit(long postId) => string.Create(CultureInfo.InvariantCulture, $"{EditPrefix}{postId}");

    /// <summary>The topic that a reply or a note is being written to.</summary>
    public static long? TopicOf(string place) => IdAfter(TopicPrefix, place) ?? IdAfter(NotePrefix, place);

    public static bool IsNote(string place) => IdAfter(NotePrefix, place) is not null;

    /// <summary>The post that is being edited.</summary>
    public static long? PostOf(string place) => IdAfter(EditPrefix, place);

    public static bool IsOne(string? place) => place == Ask || place is not null && (TopicOf(place) ?? PostOf(place)) is not null;

    private static long? IdAfter(string prefix, string place) =>
        place.StartsWith(prefix, StringComparison.Ordinal) && long.TryParse(place.AsSpan(prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var id) && place == string.Create(CultureInfo.InvariantCulture, $"{prefix}{id}") ? id : null;
}
