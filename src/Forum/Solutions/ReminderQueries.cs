using Forum.Boards;
using Forum.Data;
using Forum.Settings;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;

namespace Forum.Solutions;

/// <summary>A topic whose asker is to be asked whether an answer solved it.</summary>
/// <param name="AnsweredAt">When somebody else last answered.</param>
/// <param name="Zone">The asker's; null for the site's.</param>
public sealed record DueReminder(long TopicId, string Slug, string Title, long AskerId, int Replies, DateTime AnsweredAt, string? Zone);

/// <summary>
/// Reads whom to ask whether an answer solved it (rules of the accepted solution): <see cref="SolutionReminder.After"/> the last answer by somebody else, while the asker
/// may still mark, once for each topic.
/// </summary>
public sealed class ReminderQueries(IDbContextFactory<ForumDbContext> contexts, ForumOptions options, TimeProvider clock)
{
    /// <summary>Of the newest topics of a member: those before have lapsed, but for who asks several a day.</summary>
    private const int Newest = 50;

    /// <summary>Reminders that are due now, those that wait longest first; none in the asker's night, which is that of the site where they named no zone.</summary>
    public async Task<IReadOnlyList<DueReminder>> DueAsync(int count, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var (site, due) = (options.Site.FindZone(), new List<DueReminder>());
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var alive = now - SolutionReminder.Lapses;
        await foreach (var reminder in Due(db, db.Topics.Where(t => !t.Solved && t.LastActivity >= alive), now).AsAsyncEnumerable().WithCancellation(cancellation))
        {
            if (!SolutionReminder.IsNight(now, reminder.Zone is { } zone ? TimeZoneInfo.FindSystemTimeZoneById(zone) : site))
                due.Add(reminder);
            if (due.Count == count)
                break;
        }
        return due;
    }

    /// <summary>What of it is due to this member, the longest first: for a page that they look at themselves, so at any hour.</summary>
    public async Task<IReadOnlyList<DueReminder>> OfMemberAsync(Rights rights, int count, CancellationToken cancellation)
    {
        if (rights.MemberId is not { } me || rights.Suspended)
            return [];
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var newest = await db.Topics.Where(t => t.AuthorId == me).OrderByDescending(t => t.Id).Take(Newest).Where(t => !t.Solved).Select(t => t.Id).ToListAsync(cancellation);
        if (newest.Count == 0)
            return [];
        return await Due(db, db.Topics.Where(t => newest.Contains(t.Id)).ReadableBy(rights), clock.GetUtcNow().UtcDateTime).Take(count).ToListAsync(cancellation);
    }

    private static IQueryable<DueReminder> Due(ForumDbContext db, IQueryable<Topic> topics, DateTime now)
    {
        var (latest, earliest) = (now - SolutionReminder.After, now - SolutionReminder.Lapses);
        return topics.AsNoTracking()
            .Where(t => !t.Solved && t.Visibility == Visibility.Visible && t.Board.Kind == BoardKind.Questions && !(t.Author.SuspendedUntil > now)
                && !db.Closures.Any(c => c.TopicId == t.Id) && !db.SolutionReminders.Any(r => r.TopicId == t.Id))
            .Select(t => new
            {
                Topic = t,
                Answered = db.Posts.Where(p => p.TopicId == t.Id && p.Number > 1 && p.Visibility == Visibility.Visible && p.AuthorId != t.AuthorId).OrderByDescending(p => p.Number).Select(p => (DateTime?)p.Created).FirstOrDefault(),
            })
            .Where(t => t.Answered <= latest && t.Answered >= earliest)
            .OrderBy(t => t.Answered).ThenBy(t => t.Topic.Id)
            .Select(t => new DueReminder(t.Topic.Id, t.Topic.Slug, t.Topic.Title, t.Topic.AuthorId, t.Topic.Replies, t.Answered!.Value, db.Profiles.Where(p => p.MemberId == t.Topic.AuthorId).Select(p => p.TimeZone).FirstOrDefault()));
    }
}
