using System.Globalization;
using Lucene.Net.Documents;
using static Forum.Search.SearchFields;

namespace Forum.Search;

/// <summary>What the index keeps about a topic beside its words.</summary>
/// <param name="Language">Of its board.</param>
/// <param name="Outdated">None of its solutions is known to work still.</param>
/// <param name="Closed">For a reason that makes it worth less: not merely because it is solved.</param>
internal sealed record SearchTopic(long Id, long BoardId, Language Language, string Title, bool Solved, bool Closed, int Replies, IReadOnlyList<long> Tags, IReadOnlyList<long> Solutions, bool Outdated = false);

/// <summary>What the index reads of a post.</summary>
internal sealed record SearchPost(long Id, long TopicId, int Number, long AuthorId, DateTime Created, int Score, string Text, bool HasCode = false, bool HasImage = false)
{
    private List<Word>? words;

    /// <summary>Whether it has what that state of the index says.</summary>
    public bool Holds(string state) => state == SearchFields.HasCode ? HasCode : state == SearchFields.HasImage && HasImage;

    /// <summary>Cut once, though both the topic and the reply are found by them.</summary>
    public IReadOnlyList<Word> WordsIn(Language language) => words ??= Words.Of(Text, language);
}

/// <summary>
/// A topic in the index: its title, question and solution, and its first replies, so that a question is found by the words of its answers.
/// Replies are documents of their own besides, so that none beyond the first ones is lost and a long topic is not written anew for each.
/// </summary>
internal sealed class SearchDocument(SearchTopic topic)
{
    /// <summary>Posts up to this number, and the solution, are the topic's own words.</summary>
    public const int LastOwnNumber = 31;

    /// <summary>Characters of a word by which its title is suggested: by then it is found or not.</summary>
    public const int MaxBeginning = 20;

    /// <summary>Characters of them: longer documents would lose against short ones, and rewriting them costs time.</summary>
    private const int MaxCharacters = 40_000;

    private readonly IReadOnlyList<Word> title = Words.Of(topic.Title, topic.Language);
    private readonly List<SearchPost> own = [];
    private SearchPost? question;
    private int characters;

    public long TopicId => topic.Id;

    /// <summary>The first post, once it was added.</summary>
    public long QuestionId => question!.Id;

    /// <summary>Adds a post to the topic's words, in the order of numbers.</summary>
    public void Add(SearchPost post)
    {
        if (post.Number == 1)
            question = post;
        else if (!topic.Solutions.Contains(post.Id) && (post.Number > LastOwnNumber || characters + post.Text.Length > MaxCharacters))
            return;
        characters += post.Text.Length;
        own.Add(post);
    }

    /// <summary>The topic's document; null when its question is not to be seen.</summary>
    public Document? ToDocument()
    {
        if (question is null)
            return null;
        var document = Common(question.Id, question.AuthorId, question.Created, question.Score, TopicFlag, IsTopic);
        document.Add(new Field(Title, new WordStream(title, stems: true), Spelled));
        document.Add(new Field(Beginning, new WordStream([.. title.SelectMany(Beginnings).DistinctBy(w => w.Text)], stems: false), There));
        AddContents(document, own);
        if (topic.Replies == 0)
            document.Add(new StringField(State, IsUnanswered, Field.Store.NO));
        AddWords(document, [title, .. own.Select(p => p.WordsIn(topic.Language))]);
        return document;
    }

    /// <summary>What a word begins with, as far as somebody may have typed it.</summary>
    private static IEnumerable<Word> Beginnings(Word word)
    {
        for (var length = 1; length <= Math.Min(word.Text.Length, MaxBeginning); length++)
            if (!char.IsHighSurrogate(word.Text[length - 1]))
                yield return word with { Text = word.Text[..length] };
    }

    /// <summary>The document of one reply.</summary>
    public Document ToDocument(SearchPost reply)
    {
        var document = Common(reply.Id, reply.AuthorId, reply.Created, reply.Score, 0, IsReply);
        AddContents(document, [reply]);
        AddWords(document, [reply.WordsIn(topic.Language)]);
        return document;
    }

    private static void AddContents(Document document, IReadOnlyList<SearchPost> posts)
    {
        if (posts.Any(p => p.HasCode))
            document.Add(new StringField(State, HasCode, Field.Store.NO));
        if (posts.Any(p => p.HasImage))
            document.Add(new StringField(State, HasImage, Field.Store.NO));
    }

    public static string Key(long id) => id.ToString(CultureInfo.InvariantCulture);

    private Document Common(long postId, long authorId, DateTime created, int score, long flags, string state)
    {
        var seconds = new DateTimeOffset(created).ToUnixTimeSeconds();
        if (topic.Solved)
            flags |= SolvedFlag;
        if (topic.Outdated)
            flags |= OutdatedFlag;
        if (topic.Closed)
            flags |= ClosedFlag;
        var document = new Document
        {
            new StringField(Topic, Key(topic.Id), Field.Store.NO),
            new StringField(Post, Key(postId), Field.Store.NO),
            new StringField(Board, Key(topic.BoardId), Field.Store.NO),
            new StringField(Author, Key(authorId), Field.Store.NO),
            new StringField(State, state, Field.Store.NO),
            new Int64Field(Created, seconds, Field.Store.NO),
            new NumericDocValuesField(TopicValue, topic.Id),
            new NumericDocValuesField(PostValue, postId),
            new NumericDocValuesField(CreatedValue, seconds),
            new NumericDocValuesField(ScoreValue, score),
            new NumericDocValuesField(FlagsValue, flags),
        };
        if (topic.Solved)
            document.Add(new StringField(State, IsSolved, Field.Store.NO));
        foreach (var tag in topic.Tags)
            document.Add(new StringField(Tag, Key(tag), Field.Store.NO));
        return document;
    }

    private static void AddWords(Document document, IReadOnlyList<IReadOnlyList<Word>> texts)
    {
        foreach (var words in texts)
        {
            document.Add(new Field(Text, new WordStream(words, stems: true), Stems));
            document.Add(new Field(Exact, new WordStream(words, stems: false), Spelled));
        }
    }
}
