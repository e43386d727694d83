using Lucene.Net.Documents;
using Lucene.Net.Index;

namespace Forum.Search;

/// <summary>What a document of the index is made of.</summary>
internal static class SearchFields
{
    /// <summary>To be raised with every change here or in how words are cut: older indexes are then rebuilt.</summary>
    private const string Schema = "6";

    /// <summary>Stems, to find.</summary>
    public const string Text = "text";

    /// <summary>Words as spelled and where they stand, for phrases and misspellings.</summary>
    public const string Exact = "exact";

    /// <summary>Stems of the title and where they stand; topics only.</summary>
    public const string Title = "title";

    /// <summary>What each word of the title begins with, for suggestions; topics only.</summary>
    public const string Beginning = "beginning";

    public const string Topic = "topic";
    public const string Post = "post";
    public const string Board = "board";

    /// <summary>Ids of tags. One that was merged meanwhile stands for its tag as long as it is a synonym, so that merging writes no topic anew.</summary>
    public const string Tag = "tag";

    public const string Author = "author";

    /// <summary>Several of the words below.</summary>
    public const string State = "state";

    public const string IsTopic = "topic";
    public const string IsReply = "reply";
    public const string IsSolved = "solved";
    public const string IsUnanswered = "unanswered";
    public const string HasCode = "code";
    public const string HasImage = "image";

    /// <summary>Seconds since 1970, as a number to search ranges of.</summary>
    public const string Created = "created";

    public const string TopicValue = "v.topic";
    public const string PostValue = "v.post";
    public const string CreatedValue = "v.created";
    public const string ScoreValue = "v.score";

    /// <summary>Flags below.</summary>
    public const string FlagsValue = "v.flags";

    public const long TopicFlag = 1;
    public const long SolvedFlag = 2;
    public const long ClosedFlag = 4;
    public const long OutdatedFlag = 8;

    public static readonly FieldType Stems = Frozen(new() { IsIndexed = true, IsTokenized = true, IndexOptions = IndexOptions.DOCS_AND_FREQS });

    public static readonly FieldType Spelled = Frozen(new() { IsIndexed = true, IsTokenized = true, OmitNorms = true, IndexOptions = IndexOptions.DOCS_AND_FREQS_AND_POSITIONS });

    public static readonly FieldType There = Frozen(new() { IsIndexed = true, IsTokenized = true, OmitNorms = true, IndexOptions = IndexOptions.DOCS_ONLY });

    /// <summary>The form of an index where that is the site's language.</summary>
    public static string SchemaIn(Language site) => $"{Schema} {site.Code}";

    private static FieldType Frozen(FieldType type)
    {
        type.Freeze();
        return type;
    }
}
