using Forum.Data;
using Forum.Following;
using Forum.Mail;
using Forum.Members;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;

namespace Forum.Jobs;

/// <summary>What was cleared away.</summary>
public sealed record Tidied(int Events, int Sessions, int Submissions, int Drafts, int Days = 0);

/// <summary>Clears away what has had its time: old events of the outbox, sessions that are over, keys of submissions that nobody sends again, drafts that nobody came back to, accounts whose address nobody confirmed, days of visits that nothing counts any more. Several nodes may do it at once.</summary>
public sealed class TidyUp(ForumWriter writer)
{
    /// <summary>How long events are kept; a node whose search index is further behind builds it anew.</summary>
    public static readonly TimeSpan EventLifetime = TimeSpan.FromDays(30);

    /// <summary>How long a form or an API call that is sent again finds the post it already made.</summary>
    public static readonly TimeSpan SubmissionLifetime = TimeSpan.FromDays(7);

    /// <summary>Events in one transaction, so that others who write need not wait long.</summary>
    internal const int BatchSize = 1000;

    public async Task<Result<Tidied>> RunAsync(Actor actor, CancellationToken cancellation)
    {
        if (!actor.IsOperator)
            return Refusal.Forbidden("Only the operator tidies up.");
        var (sessions, submissions, drafts, days) = (await writer.RunAsync<(int, int, int, int)>(actor, async (deed, cancellation) =>
        {
            var forgotten = deed.Now - Session.KeepsNetwork;
            await deed.Db.Sessions.Where(s => s.Started < forgotten && s.Network != null).ExecuteUpdateAsync(set => set.SetProperty(s => s.Network, (string?)null), cancellation);
            await deed.Db.SecurityEvents.Where(e => e.At < forgotten && e.Network != null).ExecuteUpdateAsync(set => set.SetProperty(e => e.Network, (string?)null), cancellation);
            await deed.Db.Users.Where(m => m.Created < forgotten && m.JoinedFrom != null).ExecuteUpdateAsync(set => set.SetProperty(m => m.JoinedFrom, (string?)null), cancellation);
            var (started, sent) = (deed.Now - Session.MaxAge, deed.Now - SubmissionLifetime);
            var (tried, happened, unsent) = (deed.Now - Attempt.Kept, deed.Now - SecurityEvent.Kept, deed.Now - Letter.Kept);
            await deed.Db.Attempts.Where(a => a.At < tried).ExecuteDeleteAsync(cancellation);
            await deed.Db.SecurityEvents.Where(e => e.At < happened).ExecuteDeleteAsync(cancellation);
            await deed.Db.AccountTokens.Where(t => t.Expires < deed.Now).ExecuteDeleteAsync(cancellation);
            await deed.Db.Invitations.Where(i => i.Expires < deed.Now).ExecuteDeleteAsync(cancellation);
            await deed.Db.RememberedDevices.Where(d => d.Until < deed.Now).ExecuteDeleteAsync(cancellation);
            await deed.Db.Letters.Where(l => l.Written < unsent).ExecuteDeleteAsync(cancellation);
            var unconfirmed = deed.Now - Member.KeptUnconfirmed;
            await deed.Db.Users.Where(m => !m.EmailConfirmed && m.PasswordHash != null && m.Created < unconfirmed && m.Posts == 0 && m.ErasureDue == null && m.Erased == null && !deed.Db.Sessions.Any(s => s.MemberId == m.Id))
                .ExecuteUpdateAsync(set => set.SetProperty(m => m.ErasureDue, deed.Now), cancellation);
            var idle = deed.Now - Session.MaxIdle;
            var (members, visitors) = (deed.Now - Draft.Kept, deed.Now - Draft.KeptForVisitors);
            var firstDay = DateOnly.FromDateTime(deed.Now).AddDays(-VisitDay.KeptDays);
            return (await deed.Db.Sessions.Where(s => s.Started < started || s.Seen < idle || s.Renewed && s.RenewBy < deed.Now).ExecuteDeleteAsync(cancellation),
                await deed.Db.Submissions.Where(s => s.Created < sent).ExecuteDeleteAsync(cancellation),
                await deed.Db.Drafts.Where(d => d.Saved < members || d.MemberId == null && d.Saved < visitors).ExecuteDeleteAsync(cancellation),
                await deed.Db.VisitDays.Where(d => d.Day < firstDay).ExecuteDeleteAsync(cancellation));
        }, cancellation)).Required;
        var events = 0;
        while (true)
        {
            var cleared = (await writer.RunAsync<int>(actor, ClearEventsAsync, cancellation)).Required;
            events += cleared;
            if (cleared < BatchSize)
                return new Tidied(events, sessions, submissions, drafts, days);
        }
    }

    /// <summary>The oldest of them. Sequences have no gaps, so a stretch of sequences is a number of events.</summary>
    private static async Task<Result<int>> ClearEventsAsync(Deed deed, CancellationToken cancellation)
    {
        var before = deed.Now - EventLifetime;
        var first = await deed.Db.OutboxEvents.MinAsync(e => (long?)e.Sequence, cancellation) ?? 0;
        return await deed.Db.OutboxEvents.Where(e => e.Sequence < first + BatchSize && e.At < before).ExecuteDeleteAsync(cancellation);
    }
}
