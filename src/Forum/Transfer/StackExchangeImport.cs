using System.Globalization;
using Forum.Boards;
using Forum.Data;
using Forum.Data.Providers;
using Forum.Outbox;
using Forum.Rendering;
using Forum.Topics;
using Forum.Transfer.StackExchange;
using Microsoft.EntityFrameworkCore;

namespace Forum.Transfer;

/// <summary>What an import brought in; what was there before is not counted.</summary>
/// <param name="Topics">Questions that became topics.</param>
/// <param name="Answers">Answers that became replies.</param>
/// <param name="Comments">Comments that became replies to their post.</param>
/// <param name="Members">Accounts that became members.</param>
/// <param name="FormerMembers">Members made for authors whose account is gone.</param>
/// <param name="Duplicates">Closed topics that name the topic they repeat.</param>
/// <param name="Upvotes">Upvotes with their day, for leaderboards and points.</param>
/// <param name="Skipped">Rows that no forum has a place for: wikis, deleted posts, comments on those.</param>
/// <param name="Stopped">True when it was cancelled; a second run goes on from there.</param>
/// <param name="ProblemCount">How many rows could not be taken as they stand.</param>
/// <param name="Problems">The first of these.</param>
public sealed record StackExchangeImported(
    string Board, int Topics, int Answers, int Comments, int Solutions, int Tags, int Members, int FormerMembers, int Closed, int Duplicates,
    int Upvotes, int Skipped, bool Stopped, int ProblemCount, IReadOnlyList<TransferProblem> Problems)
{
    public int Replies => Answers + Comments;
}

/// <summary>Brings a dump of a Stack Exchange site into a board. A second run, of the same dump or a later one, adds what is missing and doubles nothing.</summary>
public sealed class StackExchangeImport(ForumWriter writer, IDbContextFactory<ForumDbContext> contexts, PostRenderer renderer, TimeProvider clock)
{
    /// <summary>Topics in one transaction: large enough to be fast, small enough that others who write wait less than a second.</summary>
    private const int TopicsPerBatch = 100;

    /// <summary>Days with upvotes in one transaction.</summary>
    private const int UpvoteDaysPerBatch = 2000;

    public async Task<Result<StackExchangeImported>> RunAsync(Actor actor, string directory, string board, IProgress<TransferProgress>? progress, CancellationToken cancellation)
    {
        await using (var db = await contexts.CreateDbContextAsync(cancellation))
            if (!(await db.RightsOfAsync(actor, clock.GetUtcNow().UtcDateTime, cancellation)).IsAdmin)
                return Refusal.Forbidden("Only administrators import.");
        if (!IsSlug(board))
            return Refusal.Invalid("A board's address is made of lower-case letters, digits and hyphens, at most {0}.", "board", Board.MaxSlugLength);
        var problems = new TransferProblems();
        if (!Dump.Open(directory, problems).Is(out var opened, out var refusal))
            return refusal;
        using var dump = opened;
        var run = new Run(writer, contexts, actor, dump, new Texts(dump, renderer), board, progress, cancellation);
        var stopped = false;
        try
        {
            await Task.Run(() => dump.Read(progress, cancellation), cancellation);
            if (dump.Questions.Count == 0)
                return Refusal.Invalid("Posts.xml in \"{0}\" holds no question. Is it the dump of a Stack Exchange site?", "directory", directory);
            await run.RunAsync();
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            stopped = true;
        }
        catch (DbUpdateException exception) when (Database.IsUniqueViolation(exception))
        {
            return new Refusal(RefusalKind.Conflict, "Another import of this site is at work. Please wait for its end, then start again.");
        }
        return run.Report(stopped, problems);
    }

    private static bool IsSlug(string slug) =>
        slug.Length is > 0 and <= Board.MaxSlugLength && slug.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-') && slug.Trim('-') == slug;

    /// <summary>One run with what it has counted so far.</summary>
    private sealed class Run(
        ForumWriter writer, IDbContextFactory<ForumDbContext> contexts, Actor actor, Dump dump, Texts texts, string board,
        IProgress<TransferProgress>? progress, CancellationToken cancellation)
    {
        private readonly string source = $"stackexchange:{board}";
        private MemberRows? members;
        private int topics, answers, comments, solutions, tags, closed, duplicates, upvotes, skipped;

        public async Task RunAsync()
        {
            var boardId = await BoardAsync();
            await RecallAsync();
            members = new MemberRows(writer, actor, dump, source);
            await members.RunAsync(progress, cancellation);
            await TopicsAsync(boardId);
            await LinkDuplicatesAsync();
            await UpvotesAsync();
        }

        public StackExchangeImported Report(bool stopped, TransferProblems problems) => new(
            board, topics, answers, comments, solutions, tags, members?.Accounts ?? 0, members?.Former ?? 0, closed, duplicates,
            upvotes, dump.Skipped + skipped, stopped, problems.Count, problems.Kept);

        private async Task<long> BoardAsync() => (await writer.RunAsync<long>(actor, async (deed, cancellation) =>
        {
            if (await deed.Db.Boards.AsNoTracking().SingleOrDefaultAsync(b => b.Slug == board, cancellation) is { } held)
                return held.Id;
            var name = CultureInfo.InvariantCulture.TextInfo.ToTitleCase(board.Replace('-', ' '));
            var made = new Board { Slug = board, Name = name, Kind = BoardKind.Questions, Read = ReadAccess.Everyone, Position = await deed.Db.Boards.CountAsync(cancellation) };
            deed.Db.Boards.Add(made);
            await deed.Db.SaveChangesAsync(cancellation);
            deed.Audit("board.created", note: board);
            deed.Tell(new BoardChanged(made.Id));
            return made.Id;
        }, cancellation)).Required;

        /// <summary>Notes what earlier runs have brought in already.</summary>
        private async Task RecallAsync()
        {
            var comments = dump.Questions.SelectMany(q => q.Answers.Append(q)).SelectMany(p => p.Comments).ToDictionary(c => c.Id);
            await using var db = await contexts.CreateDbContextAsync(cancellation);
            await foreach (var row in db.ImportedRows.AsNoTracking().Where(r => r.Source == source).AsAsyncEnumerable().WithCancellation(cancellation))
            {
                if (row.Kind == ImportedKind.Member && dump.Members.ContainsKey(row.SourceId))
                    dump.Members[row.SourceId] = row.TargetId;
                else if (row.Kind == ImportedKind.Topic && dump.PostsById.GetValueOrDefault(row.SourceId) is DumpQuestion question)
                    question.TopicId = row.TargetId;
                else if (row.Kind == ImportedKind.Post && dump.PostsById.GetValueOrDefault(row.SourceId) is { } post)
                    post.PostId = row.TargetId;
                else if (row.Kind == ImportedKind.Comment && comments.TryGetValue(row.SourceId, out var comment))
                    comment.PostId = row.TargetId;
            }
        }

        private async Task TopicsAsync(long boardId)
        {
            var batches = dump.Questions.Chunk(TopicsPerBatch).ToList();
            var next = PrepareAsync(batches[0]);
            var done = 0;
            try
            {
                for (var i = 0; i < batches.Count; i++)
                {
                    var ready = await next;
                    cancellation.ThrowIfCancellationRequested();
                    if (i + 1 < batches.Count)
                        next = PrepareAsync(batches[i + 1]);
                    await StoreAsync(ready, boardId);
                    done += batches[i].Length;
                    progress?.Report(new("Topics", done, dump.Questions.Count));
                }
            }
            finally
            {
                // It reads from files that are closed when this run ends.
                await next;
            }
        }

        /// <summary>Texts of the next batch are read and rendered while the one before is being stored.</summary>
        private Task<ReadyTopic[]> PrepareAsync(DumpQuestion[] questions) => Task.Run(() =>
        {
            var ready = new ReadyTopic[questions.Length];
            Parallel.For(0, questions.Length, i => ready[i] = texts.Prepare(questions[i]));
            return ready;
        });

        private async Task StoreAsync(ReadyTopic[] ready, long boardId)
        {
            var batch = (await writer.RunAsync<TopicRows.Batch>(actor, async (deed, cancellation) =>
                await new TopicRows(deed, dump, boardId, source).WriteAsync(ready, cancellation), CancellationToken.None)).Required;
            foreach (var (question, topic) in batch.TopicsOf)
                question.TopicId = topic.Id;
            foreach (var (entry, post) in batch.PostsOf)
                entry.PostId = post.Id;
            topics += batch.Topics;
            answers += batch.Answers;
            comments += batch.Comments;
            solutions += batch.Solutions;
            tags += batch.Tags;
            closed += batch.Closed;
            duplicates += batch.Duplicates;
            skipped += batch.Skipped;
        }

        /// <summary>A duplicate may be older than what it repeats, which was not here yet when it was closed.</summary>
        private async Task LinkDuplicatesAsync()
        {
            var pairs = dump.Questions.Where(q => q is { TopicId: not 0, Closed: not null, Reason: ClosureReason.Duplicate, OriginalId: not null })
                .Select(q => (q.TopicId, Original: dump.QuestionOf(q.OriginalId!.Value)?.TopicId ?? 0)).Where(p => p.Original != 0 && p.Original != p.TopicId);
            foreach (var chunk in pairs.Chunk(TopicsPerBatch))
            {
                cancellation.ThrowIfCancellationRequested();
                duplicates += (await writer.RunAsync<int>(actor, async (deed, cancellation) =>
                {
                    var linked = 0;
                    foreach (var (id, original) in chunk)
                    {
                        var moved = await deed.Db.Closures.Where(c => c.TopicId == id && c.DuplicateOfId == null && c.ClosedById == null && c.Reason == ClosureReason.Duplicate)
                            .ExecuteUpdateAsync(set => set.SetProperty(c => c.DuplicateOfId, original), cancellation);
                        linked += moved;
                        if (moved > 0)
                            deed.Tell(new TopicsImported(id, id, await deed.Db.Topics.Where(t => t.Id == id).Select(t => t.BoardId).SingleAsync(cancellation)));
                    }
                    return linked;
                }, CancellationToken.None)).Required;
            }
        }

        /// <summary>Author by author, because a day's points have a cap that counts all of an author's posts.</summary>
        private async Task UpvotesAsync()
        {
            var byAuthor = dump.PostsById.Values.Where(p => p.PostId != 0).GroupBy(p => p.Author).ToList();
            var batch = new List<(long PostId, DateOnly Day, int Count)>();
            for (var i = 0; i < byAuthor.Count; i++)
            {
                foreach (var post in byAuthor[i])
                    batch.AddRange(dump.UpvotesOf(post).Select(u => (post.PostId, u.Day, u.Count)));
                if (batch.Count < UpvoteDaysPerBatch && i + 1 < byAuthor.Count)
                    continue;
                cancellation.ThrowIfCancellationRequested();
                upvotes += (await writer.RunAsync<int>(actor, async (deed, cancellation) => await new UpvoteRows(deed).WriteAsync(batch, cancellation), CancellationToken.None)).Required;
                progress?.Report(new("Upvotes", i + 1, byAuthor.Count));
                batch.Clear();
            }
        }
    }
}
