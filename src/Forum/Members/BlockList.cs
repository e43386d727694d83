using System.Net;
using Forum.Data;
using Microsoft.EntityFrameworkCore;

namespace Forum.Members;

/// <summary>The blocks as this node knows them, read anew when they have changed: a look at their number and the time of the last change tells.</summary>
public sealed class BlockList(IDbContextFactory<ForumDbContext> contexts, TimeProvider clock)
{
    private sealed record Known(int Count, DateTime? Last, IReadOnlyList<(IPNetwork Network, DateTime? Until)> Networks, IReadOnlyDictionary<string, DateTime?> Mails);

    private Known known = new(0, null, [], new Dictionary<string, DateTime?>());

    /// <summary>Whether nobody signs in or writes from there; an address that is not known is not blocked.</summary>
    public async Task<bool> IsBlockedAsync(IPAddress? address, CancellationToken cancellation)
    {
        if (address is null)
            return false;
        var (plain, now) = (Block.Plain(address), clock.GetUtcNow().UtcDateTime);
        return (await CurrentAsync(cancellation)).Networks.Any(n => !(n.Until <= now) && n.Network.Contains(plain));
    }

    /// <summary>Whether nobody signs up with that address.</summary>
    public async Task<bool> IsBlockedAsync(string mail, CancellationToken cancellation)
    {
        var (mails, now) = ((await CurrentAsync(cancellation)).Mails, clock.GetUtcNow().UtcDateTime);
        if (mails.Count == 0)
            return false;
        var lower = mail.ToLowerInvariant();
        for (var part = lower; ;)
        {
            if (mails.TryGetValue(part, out var until) && !(until <= now))
                return true;
            var next = part.IndexOf(part == lower ? '@' : '.', StringComparison.Ordinal);
            if (next < 0)
                return false;
            part = part[(next + 1)..];
        }
    }

    private async Task<Known> CurrentAsync(CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var state = await db.Blocks.GroupBy(b => 1).Select(g => new { Count = g.Count(), Last = (DateTime?)g.Max(b => b.At) }).SingleOrDefaultAsync(cancellation);
        var (count, last, now) = (state?.Count ?? 0, state?.Last, known);
        if (now.Count == count && now.Last == last)
            return now;
        var blocks = await db.Blocks.AsNoTracking().ToListAsync(cancellation);
        return known = new(count, last, [.. blocks.Where(b => b.Kind == BlockKind.Network).Select(b => (IPNetwork.Parse(b.Pattern), b.Until))],
            blocks.Where(b => b.Kind == BlockKind.Mail).ToDictionary(b => b.Pattern, b => b.Until));
    }
}
