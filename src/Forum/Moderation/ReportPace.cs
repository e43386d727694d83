using Forum.Data;
using Forum.Settings;
using Microsoft.EntityFrameworkCore;

namespace Forum.Moderation;

/// <summary>How much one may tell moderators: reports of posts and doubts about solutions together.</summary>
public static class ReportPace
{
    private static readonly TimeSpan day = TimeSpan.FromHours(24);

    /// <summary>Why the member has to wait before the next one; null when they need not.</summary>
    internal static async Task<Refusal?> TooManyReportsAsync(this Deed deed, LimitOptions limits, long memberId, CancellationToken cancellation)
    {
        var since = deed.Now - day;
        var flags = deed.Db.Flags.Where(f => f.MemberId == memberId && f.Reason != FlagReason.NotSolved && f.Made > since).Select(f => f.Made);
        var doubts = deed.Db.Doubts.Where(d => d.MemberId == memberId && d.Made > since).Select(d => d.Made);
        var made = await flags.Concat(doubts).OrderByDescending(at => at).Skip(limits.ReportsPerDay - 1).Select(at => (DateTime?)at).FirstOrDefaultAsync(cancellation);
        return made is { } oldest ? Refusal.TooMany(oldest + day - deed.Now, "You have reported {0} posts in 24 hours, which is all one member may. Thank you: moderators are looking at them.", limits.ReportsPerDay) : null;
    }
}
