using System.Globalization;
using Forum.Boards;
using Forum.Data;
using Forum.Members;
using Forum.Rendering;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;

namespace Forum.Transfer;

/// <summary>What a seed added.</summary>
/// <param name="Stopped">True when it was cancelled; the same seed again goes on from there.</param>
public sealed record Seeded(int Topics, int Posts, int Members, int Votes, int Solutions, bool Stopped);

/// <summary>
/// Fills the forum with a made-up community to measure with: a few topics long and most short, a few members busy and most
/// silent. The same numbers give the same community; a second run adds only what the first left out.
/// </summary>
public sealed class SyntheticSeed(ForumWriter writer, IDbContextFactory<ForumDbContext> contexts, PostRenderer renderer, TimeProvider clock)
{
    private const string Source = "synthetic";
    private const int MembersPerBatch = 500;

    /// <summary>Posts in one transaction.</summary>
    private const int PostsPerBatch = 5000;

    public async Task<Result<Seeded>> RunAsync(Actor actor, int topics, int posts, int members, IProgress<TransferProgress>? progress, CancellationToken cancellation)
    {
        await using (var db = await contexts.CreateDbContextAsync(cancellation))
            if (!(await db.RightsOfAsync(actor, clock.GetUtcNow().UtcDateTime, cancellation)).IsAdmin)
                return Refusal.Forbidden("Only administrators seed.");
        if (topics < 1 || members < 2 || posts < topics)
            return Refusal.Invalid("A seed needs at least one topic, two members, and as many posts as topics.");

        var run = new Run(writer, contexts, actor, new SyntheticPlan(topics, posts, members, clock.GetUtcNow().UtcDateTime), new SyntheticTexts(renderer), progress, cancellation);
        try
        {
            await run.RunAsync();
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return run.Total with { Stopped = true };
        }
        return run.Total;
    }

    private sealed class Run(
        ForumWriter writer, IDbContextFactory<ForumDbContext> contexts, Actor actor, SyntheticPlan plan, SyntheticTexts texts, IProgress<TransferProgress>? progress, CancellationToken cancellation)
    {
        private readonly long[] memberIds = new long[plan.Members];
        private readonly HashSet<int> heldTopics = [];
        private long[] boardIds = [], tagIds = [];

        public Seeded Total { get; private set; } = new(0, 0, 0, 0, 0, false);

        public async Task RunAsync()
        {
            await RecallAsync();
            await PrepareAsync();
            foreach (var batch in Enumerable.Range(0, plan.Members).Where(i => memberIds[i] == 0).Chunk(MembersPerBatch))
                await AddMembersAsync(batch);

            var (open, posts, done) = (new List<int>(), 0, 0L);
            for (var i = 0; i < plan.Topics; i++)
            {
                done += plan.PostsOf(i);
                if (!heldTopics.Contains(i))
                {
                    open.Add(i);
                    posts += plan.PostsOf(i);
                }
                if (open.Count == 0 || posts < PostsPerBatch && i + 1 < plan.Topics)
                    continue;
                await AddTopicsAsync(open);
                progress?.Report(new("Posts", done, plan.Posts));
                (open, posts) = ([], 0);
            }
        }

        private async Task RecallAsync()
        {
            await using var db = await contexts.CreateDbContextAsync(cancellation);
            await foreach (var row in db.ImportedRows.AsNoTracking().Where(r => r.Source == Source).AsAsyncEnumerable().WithCancellation(cancellation))
                if (row.Kind == ImportedKind.Topic)
                    heldTopics.Add((int)row.SourceId);
                else if (row.Kind == ImportedKind.Member && row.SourceId < memberIds.Length)
                    memberIds[row.SourceId] = row.TargetId;
        }

        /// <summary>Boards and tags, made where they are missing.</summary>
        private async Task PrepareAsync() => (boardIds, tagIds) = (await writer.RunAsync<(long[], long[])>(actor, async (deed, cancellation) =>
        {
            var db = deed.Db;
            var slugs = Enumerable.Range(1, SyntheticPlan.Boards).Select(i => $"load-{i}").ToList();
            var boards = await db.Boards.Where(b => slugs.Contains(b.Slug)).ToListAsync(cancellation);
            foreach (var slug in slugs.Where(s => boards.All(b => b.Slug != s)))
            {
                boards.Add(new Board { Slug = slug, Name = CultureInfo.InvariantCulture.TextInfo.ToTitleCase(slug.Replace('-', ' ')), Kind = BoardKind.Questions, Read = ReadAccess.Everyone });
                db.Boards.Add(boards[^1]);
            }
            var tags = await db.Tags.Where(t => SyntheticTexts.Tags.Contains(t.Name)).ToListAsync(cancellation);
            foreach (var name in SyntheticTexts.Tags.Where(n => tags.All(t => t.Name != n)))
            {
                tags.Add(new Tag { Name = name });
                db.Tags.Add(tags[^1]);
            }
            await db.SaveChangesAsync(cancellation);
            return (boards.OrderBy(b => b.Slug, StringComparer.Ordinal).Select(b => b.Id).ToArray(), tags.OrderBy(t => t.Name, StringComparer.Ordinal).Select(t => t.SynonymOfId ?? t.Id).ToArray());
        }, cancellation)).Required;

        private async Task AddMembersAsync(int[] batch)
        {
            cancellation.ThrowIfCancellationRequested();
            var made = (await writer.RunAsync<List<Member>>(actor, async (deed, cancellation) =>
            {
                var db = deed.Db;
                db.ChangeTracker.AutoDetectChangesEnabled = false;
                var names = batch.Select(i => (Name: SyntheticTexts.NameOf(i), Number: (long)i)).ToList();
                var handles = await NumberedHandles.ForAsync(db, names, cancellation);
                var members = names.Select((n, i) => new Member
                {
                    Name = n.Name,
                    UserName = handles[i],
                    NormalizedUserName = Handles.Normalize(handles[i]),
                    SecurityStamp = Guid.NewGuid().ToString("N"),
                    LockoutEnabled = true,
                    Created = plan.Joined,
                }).ToList();
                db.Users.AddRange(members);
                await db.SaveChangesAsync(cancellation);
                db.ImportedRows.AddRange(members.Select((m, i) => new ImportedRow { Source = Source, Kind = ImportedKind.Member, SourceId = batch[i], TargetId = m.Id }));
                return members;
            }, CancellationToken.None)).Required;
            for (var i = 0; i < batch.Length; i++)
                memberIds[batch[i]] = made[i].Id;
            Total = Total with { Members = Total.Members + batch.Length };
            progress?.Report(new("Members", memberIds.Count(id => id != 0), plan.Members));
        }

        private async Task AddTopicsAsync(List<int> batch)
        {
            cancellation.ThrowIfCancellationRequested();
            var added = (await writer.RunAsync<Seeded>(actor, async (deed, cancellation) =>
                await new SyntheticRows(deed, plan, texts, Source, memberIds, boardIds, tagIds).WriteAsync(batch, cancellation), CancellationToken.None)).Required;
            Total = Total with
            {
                Topics = Total.Topics + added.Topics,
                Posts = Total.Posts + added.Posts,
                Votes = Total.Votes + added.Votes,
                Solutions = Total.Solutions + added.Solutions,
            };
        }
    }
}
