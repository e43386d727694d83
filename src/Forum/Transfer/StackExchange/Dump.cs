using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Forum.Topics;

namespace Forum.Transfer.StackExchange;

/// <summary>A dump's folder, read once from end to end into an index: its memory grows with the number of rows, not with their size.</summary>
internal sealed partial class Dump : IDisposable
{
    /// <summary>Key of the one member who stands for authors without a name. Keys of names are negative and never this one.</summary>
    private const long Nameless = long.MinValue;

    private const string FormerMember = "Former member";

    private readonly TransferProblems problems;
    private readonly Dictionary<long, DumpPost> posts = [];
    private readonly List<DumpPost> inOrder = [];
    private readonly HashSet<long> comments = [];
    private readonly List<ulong> upvotes = [];
    private readonly List<DumpFile> files = [];
    private long bytesBefore;

    private Dump(TransferProblems problems) => this.problems = problems;

    public DumpFile Users { get; private set; } = null!;

    public DumpFile Posts { get; private set; } = null!;

    public DumpFile? History { get; private set; }

    public DumpFile? CommentsFile { get; private set; }

    private DumpFile? votes;
    private DumpFile? links;

    /// <summary>Every author by key with the id of their member here, 0 as long as there is none. Keys of accounts are their ids.</summary>
    public Dictionary<long, long> Members { get; } = [];

    /// <summary>Names of authors without an account, by key, with the time of their first words.</summary>
    public Dictionary<long, (string Name, DateTime First)> Former { get; } = [];

    /// <summary>All questions in time order.</summary>
    public List<DumpQuestion> Questions { get; private set; } = [];

    /// <summary>Questions and answers by id.</summary>
    public IReadOnlyDictionary<long, DumpPost> PostsById => posts;

    /// <summary>The question of that id, or the one that the answer of that id belongs to.</summary>
    public DumpQuestion? QuestionOf(long id) =>
        posts.GetValueOrDefault(id) is { } post ? post as DumpQuestion ?? posts.GetValueOrDefault(post.QuestionId) as DumpQuestion : null;

    /// <summary>Rows that are neither question nor answer nor a comment on one, and what was deleted.</summary>
    public int Skipped { get; private set; }

    /// <summary>Opens the files; Users.xml and Posts.xml are demanded.</summary>
    public static Result<Dump> Open(string directory, TransferProblems problems)
    {
        if (!Directory.Exists(directory))
            return Refusal.Invalid(File.Exists(directory)
                ? "\"{0}\" is a file. Please unpack the dump and name the folder that holds Posts.xml."
                : "There is no folder \"{0}\". Please name the folder that holds the dump's Posts.xml.", "directory", directory);
        var dump = new Dump(problems);
        var opened = new Dictionary<string, DumpFile?>();
        foreach (var name in (string[])["Users.xml", "Posts.xml", "PostHistory.xml", "Comments.xml", "Votes.xml", "PostLinks.xml"])
        {
            if (!DumpFile.Open(directory, name, problems).Is(out var file, out var refusal) && refusal is not null)
            {
                dump.Dispose();
                return refusal;
            }
            opened[name] = file;
            if (file is not null)
                dump.files.Add(file);
            else if (name is "Users.xml" or "Posts.xml")
            {
                dump.Dispose();
                return Refusal.Invalid("{0} is missing in \"{1}\". An import needs Posts.xml and Users.xml.", "directory", name, directory);
            }
            else
            {
                problems.Add(name, 0, Without(name));
            }
        }
        (dump.Users, dump.Posts, dump.History) = (opened["Users.xml"]!, opened["Posts.xml"]!, opened["PostHistory.xml"]);
        (dump.CommentsFile, dump.votes, dump.links) = (opened["Comments.xml"], opened["Votes.xml"], opened["PostLinks.xml"]);
        return dump;
    }

    /// <summary>Reads all files once. Stops where it is when cancelled; nothing has been written by then.</summary>
    public void Read(IProgress<TransferProgress>? progress, CancellationToken cancellation)
    {
        foreach (var row in Rows(Users, progress, cancellation))
        {
            var id = row.RequiredNumber("Id");
            row.Date("CreationDate");
            if (row.Damage is null && !Members.TryAdd(id, 0))
                Users.Report(row.At.Line, $"User {id} was there before; the row is skipped.");
        }
        foreach (var row in Rows(Posts, progress, cancellation))
            ReadPost(row);
        foreach (var post in inOrder)
        {
            if (post is DumpQuestion question)
                Questions.Add(question);
            else if (posts.GetValueOrDefault(post.QuestionId) is DumpQuestion of)
                of.Answers.Add(post);
            else
            {
                Posts.Report(post.Row.Line, $"The question {post.QuestionId} of answer {post.Id} is not in the dump; the answer is skipped.");
                posts.Remove(post.Id);
            }
        }
        Questions = [.. Questions.OrderBy(q => q.Created).ThenBy(q => q.Id)];
        foreach (var row in Rows(History, progress, cancellation))
            ReadHistory(row);
        foreach (var row in Rows(CommentsFile, progress, cancellation))
            ReadComment(row);
        foreach (var row in Rows(votes, progress, cancellation))
            ReadVote(row);
        upvotes.Sort();
        foreach (var row in Rows(links, progress, cancellation))
            ReadLink(row);
    }

    /// <summary>Upvotes a post received, by day.</summary>
    public IEnumerable<(DateOnly Day, int Count)> UpvotesOf(DumpPost post)
    {
        var at = upvotes.BinarySearch((ulong)post.Ordinal << 32);
        for (at = at < 0 ? ~at : at; at < upvotes.Count && (int)(upvotes[at] >> 32) == post.Ordinal;)
        {
            var packed = upvotes[at];
            var from = at;
            while (at < upvotes.Count && upvotes[at] == packed)
                at++;
            yield return (DateOnly.FromDayNumber((int)(uint)packed), at - from);
        }
    }

    private static string Without(string name) => name switch
    {
        "PostHistory.xml" => "The file is missing: texts are taken from their HTML, and reasons of closing are not known.",
        "Comments.xml" => "The file is missing: there are no comments.",
        "Votes.xml" => "The file is missing: leaderboards and points do not know of the upvotes received there.",
        _ => "The file is missing: duplicates may not be linked.",
    };

    private IEnumerable<DumpRow> Rows(DumpFile? file, IProgress<TransferProgress>? progress, CancellationToken cancellation)
    {
        if (file is null)
            yield break;
        const int rowsPerReport = 2000;
        var total = files.Sum(f => f.Length);
        var count = 0;
        foreach (var row in file.Rows())
        {
            cancellation.ThrowIfCancellationRequested();
            yield return row;
            if (++count % rowsPerReport == 0)
                progress?.Report(new("Reading the dump", bytesBefore + row.At.Offset, total));
        }
        bytesBefore += file.Length;
        progress?.Report(new("Reading the dump", bytesBefore, total));
    }

    private void ReadPost(DumpRow row)
    {
        var id = row.RequiredNumber("Id");
        var type = row.RequiredNumber("PostTypeId");
        if (row.Damage is not null)
            return;
        if (type is not (1 or 2) || row.Text("DeletionDate") is { Length: > 0 })
        {
            Skipped++;
            return;
        }
        var created = row.RequiredDate("CreationDate");
        var score = row.Count("Score");
        var (edited, editor) = (row.Date("LastEditDate"), row.Number("LastEditorUserId"));
        var parent = type == 2 ? row.RequiredNumber("ParentId") : 0;
        var (accepted, closed, views) = (row.Number("AcceptedAnswerId"), row.Date("ClosedDate"), row.Count("ViewCount"));
        var author = AuthorOf(row, "OwnerUserId", "OwnerDisplayName", created);
        if (row.Damage is not null)
            return;
        var post = type == 1
            ? new DumpQuestion
            {
                Id = id,
                QuestionId = 0,
                Author = author,
                Created = created,
                Score = score,
                Row = row.At,
                Ordinal = inOrder.Count,
                Edited = edited,
                Editor = editor,
                AcceptedId = accepted,
                Closed = closed,
                Views = Math.Max(views, 0),
            }
            : new DumpPost
            {
                Id = id,
                QuestionId = parent,
                Author = author,
                Created = created,
                Score = score,
                Row = row.At,
                Ordinal = inOrder.Count,
                Edited = edited,
                Editor = editor,
            };
        if (posts.TryAdd(id, post))
            inOrder.Add(post);
        else
            Posts.Report(row.At.Line, $"Post {id} was there before; the row is skipped.");
    }

    private void ReadHistory(DumpRow row)
    {
        var type = row.RequiredNumber("PostHistoryTypeId");
        if (type is not (2 or 5 or 8 or 10))
            return;
        var id = row.RequiredNumber("Id");
        var postId = row.RequiredNumber("PostId");
        if (row.Damage is not null || !posts.TryGetValue(postId, out var post))
            return;
        if (type != 10)
        {
            if (id > post.SourceId || post.Source is null)
                (post.Source, post.SourceId) = (row.At, id);
            return;
        }
        if (post is not DumpQuestion { Closed: not null } question)
            return;
        question.Reason = ReasonOf(row.Text("Comment")) ?? question.Reason;
        if (question.Reason == ClosureReason.Duplicate && FirstOriginal().Match(row.Text("Text") ?? "") is { Success: true } match
            && long.TryParse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture, out var original))
            question.OriginalId = original;
    }

    /// <summary>Both lists of close reasons: the one to 2013 and the one since.</summary>
    private static ClosureReason? ReasonOf(string? code) => code?.Trim() switch
    {
        "1" or "101" => ClosureReason.Duplicate,
        "2" or "5" or "102" or "105" or "10" or "20" => ClosureReason.OffTopic,
        "3" or "4" or "103" or "104" => ClosureReason.NotEnoughDetail,
        "7" => ClosureReason.NoLongerRelevant,
        _ => null,
    };

    private void ReadComment(DumpRow row)
    {
        var postId = row.RequiredNumber("PostId");
        if (row.Damage is not null)
            return;
        if (!posts.TryGetValue(postId, out var post))
        {
            Skipped++;
            return;
        }
        var id = row.RequiredNumber("Id");
        var created = row.RequiredDate("CreationDate");
        var author = AuthorOf(row, "UserId", "UserDisplayName", created);
        var comment = new DumpEntry { Id = id, Author = author, Created = created, Score = row.Count("Score"), Row = row.At };
        if (row.Damage is not null)
            return;
        if (comments.Add(id))
            post.Comments.Add(comment);
        else
            CommentsFile!.Report(row.At.Line, $"Comment {id} was there before; the row is skipped.");
    }

    private void ReadVote(DumpRow row)
    {
        var type = row.RequiredNumber("VoteTypeId");
        if (type is not (1 or 2))
            return;
        var postId = row.RequiredNumber("PostId");
        var day = row.RequiredDate("CreationDate");
        if (row.Damage is not null || !posts.TryGetValue(postId, out var post))
            return;
        if (type == 1)
            post.Accepted = day;
        else
            upvotes.Add((ulong)post.Ordinal << 32 | (uint)DateOnly.FromDateTime(day).DayNumber);
    }

    private void ReadLink(DumpRow row)
    {
        const int duplicate = 3;
        var (id, original) = (row.RequiredNumber("PostId"), row.RequiredNumber("RelatedPostId"));
        if (row.RequiredNumber("LinkTypeId") != duplicate || row.Damage is not null || !posts.ContainsKey(original))
            return;
        if (posts.GetValueOrDefault(id) is DumpQuestion question && original != id)
            (question.OriginalId, question.Reason) = (original, question.Reason ?? ClosureReason.Duplicate);
    }

    private long AuthorOf(DumpRow row, string idName, string displayName, DateTime created)
    {
        if (row.Number(idName) is { } id && Members.ContainsKey(id))
            return id;
        var name = Typed.Line(row.Text(displayName));
        if (row.Damage is not null)
            return 0;
        var key = name.Length == 0 ? Nameless : KeyOf(name);
        if (!Former.TryGetValue(key, out var known) || created < known.First)
            Former[key] = (name.Length == 0 ? FormerMember : name, created);
        Members.TryAdd(key, 0);
        return key;
    }

    private static long KeyOf(string name) =>
        BitConverter.ToInt64(SHA256.HashData(Encoding.UTF8.GetBytes(name))) | long.MinValue | 1;

    [GeneratedRegex("\"OriginalQuestionIds\":\\[(\\d+)")]
    private static partial Regex FirstOriginal();

    public void Dispose()
    {
        foreach (var file in files)
            file.Dispose();
    }
}
