using Forum.Boards;
using Forum.Data;
using Forum.Settings;
using Forum.Uploads;
using Microsoft.EntityFrameworkCore;

namespace Forum.Topics;

/// <param name="Uploads">Uploads that nobody used.</param>
/// <param name="Files">Files in the store that no upload speaks of.</param>
public sealed record CollectedUploads(int Uploads, int Files);

/// <summary>Clears away files that no post uses and no draft of their owner names, and what interrupted work left in the store.</summary>
public sealed class CollectUploads(ForumWriter writer, IDbContextFactory<ForumDbContext> contexts, IUploadStore store, ForumOptions options, TimeProvider clock)
{
    /// <summary>How long a file waits for its post.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromHours(48);

    private const int BatchSize = 200;

    public async Task<Result<CollectedUploads>> RunAsync(Actor actor, CancellationToken cancellation)
    {
        await using (var db = await contexts.CreateDbContextAsync(cancellation))
            if (!(await db.RightsOfAsync(actor, clock.GetUtcNow().UtcDateTime, cancellation)).IsAdmin)
                return Refusal.Forbidden("Only administrators clear away files.");
        try
        {
            return new CollectedUploads(await CollectRowsAsync(actor, cancellation), await CollectFilesAsync(cancellation));
        }
        catch (UploadStoreException)
        {
            return FileRules.Unavailable;
        }
    }

    /// <summary>Row first, files second: should this end in between, the files are found as such the next time.</summary>
    private async Task<int> CollectRowsAsync(Actor actor, CancellationToken cancellation)
    {
        var collected = 0;
        while (true)
        {
            var batch = (await writer.RunAsync(actor, async (deed, cancellation) =>
            {
                var unused = await Unused(deed.Db, deed.Now - Kept, options.Site.Logo).OrderBy(u => u.Id).Take(BatchSize).Select(u => new { u.Id, u.Key, u.Width }).ToListAsync(cancellation);
                var ids = unused.Select(u => u.Id).ToList();
                await deed.Db.Uploads.Where(u => ids.Contains(u.Id)).ExecuteDeleteAsync(cancellation);
                return Result<List<string[]>>.Of([.. unused.Select(u => Upload.FilesOf(u.Key, u.Width).ToArray())]);
            }, cancellation)).Required;
            foreach (var file in batch.SelectMany(files => files))
                await store.DeleteAsync(file, cancellation);
            collected += batch.Count;
            if (batch.Count < BatchSize)
                return collected;
        }
    }

    private static IQueryable<Upload> Unused(ForumDbContext db, DateTime before, string logo) => db.Uploads.Where(u => u.Created < before && !logo.Contains(u.Key)
        && !db.Users.Any(m => m.Id == u.MemberId && m.Avatar == u.Key)
        && !db.PostUploads.Any(p => p.UploadId == u.Id)
        && !db.Drafts.Any(d => d.MemberId == u.MemberId && (d.Markdown.Contains(u.Key) || d.Other!.Contains(u.Key) || d.Answers!.Contains(u.Key))));

    private async Task<int> CollectFilesAsync(CancellationToken cancellation)
    {
        var before = clock.GetUtcNow().UtcDateTime - Kept;
        var collected = 0;
        var batch = new List<string>(BatchSize);
        await foreach (var file in store.ListAsync("", cancellation))
        {
            if (file.Saved < before && !file.Name.StartsWith(IUploadStore.Reserved, StringComparison.Ordinal))
                batch.Add(file.Name);
            if (batch.Count == BatchSize)
                collected += await CollectFilesAsync(batch, cancellation);
        }
        return collected + await CollectFilesAsync(batch, cancellation);
    }

    private async Task<int> CollectFilesAsync(List<string> names, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var keys = names.Select(n => n[..Math.Min(n.Length, Upload.KeyLength)]).Distinct().ToList();
        var rows = await db.Uploads.Where(u => keys.Contains(u.Key)).Select(u => new { u.Key, u.Width }).ToListAsync(cancellation);
        var known = rows.SelectMany(u => Upload.FilesOf(u.Key, u.Width)).ToHashSet();
        var unknown = names.Where(n => !known.Contains(n)).ToList();
        foreach (var name in unknown)
            await store.DeleteAsync(name, cancellation);
        names.Clear();
        return unknown.Count;
    }
}
