using Forum.Boards;
using Forum.Data;
using Forum.Following;
using Forum.Members;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;

namespace Forum.Admin;

/// <summary>How far a report looks back, and in which steps.</summary>
public enum ActivityPeriod
{
    /// <summary>30 days, one by one.</summary>
    Month,

    /// <summary>13 weeks.</summary>
    Quarter,

    /// <summary>52 weeks.</summary>
    Year,
}

/// <summary>What happened on some days, both included; days are those of UTC.</summary>
/// <param name="Questions">Asked then; those of staff are left out.</param>
/// <param name="Answers">Replies written then on boards of questions.</param>
/// <param name="FirstAnswer">How long it took until somebody else replied: the median of the questions of these days that have a reply; null where none has.</param>
/// <param name="Solved">Of the questions of these days, those that are solved by now.</param>
/// <param name="Deflected">Times that somebody found their answer while asking.</param>
/// <param name="Active">Members who came on a day, on average; null for days that are not kept.</param>
/// <param name="Flags">Reports of posts.</param>
/// <param name="Queue">Reported posts that waited for a moderator at the end of the last day, or wait now.</param>
/// <param name="Mail">Letters that left.</param>
public sealed record ActivityRow(DateOnly First, DateOnly Last, int Questions, int Answers, TimeSpan? FirstAnswer, int Solved, int Deflected, double? Active, int Flags, int Queue, int Mail);

/// <param name="FirstAnswer">The median of the whole time.</param>
/// <param name="FirstAnswerOfMost">Four of five first answers took no longer.</param>
/// <param name="Held">Posts of newcomers that wait now.</param>
/// <param name="Unsent">Letters that could not be sent so far.</param>
public sealed record ActivityReport(IReadOnlyList<ActivityRow> Rows, TimeSpan? FirstAnswer, TimeSpan? FirstAnswerOfMost, int Held, int Unsent);

/// <summary>Tells managers how the forum does; refused to others. The cost grows with what happened in the period and the topics that were active in it, not with the forum.</summary>
public sealed class ActivityQueries(IDbContextFactory<ForumDbContext> contexts, TimeProvider clock)
{
    /// <summary>Most questions that are looked at one by one; of more, the newest stand for all.</summary>
    public const int MaxQuestions = 50_000;

    public async Task<Result<ActivityReport>> ReportAsync(Rights rights, ActivityPeriod period, CancellationToken cancellation)
    {
        if (rights.CannotSeeReports() is { } mayNot)
            return mayNot;
        var (steps, length) = period switch { ActivityPeriod.Month => (30, 1), ActivityPeriod.Quarter => (13, 7), _ => (52, 7) };
        var now = clock.GetUtcNow().UtcDateTime;
        var first = DateOnly.FromDateTime(now).AddDays(1 - steps * length);
        var since = first.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);
        await using var db = await contexts.CreateDbContextAsync(cancellation);

        // Whatever was written since then stands in a topic whose last activity is no older, and that is what there is an index of.
        var active = db.Topics.AsNoTracking().Where(t => t.LastActivity >= since && t.Visibility == Visibility.Visible && t.Board.Kind == BoardKind.Questions);
        var questions = await active.Where(t => t.Created >= since && t.Author.Roles == SiteRole.None).OrderByDescending(t => t.Id).Take(MaxQuestions).Select(t => new
        {
            t.Created,
            t.Solved,
            Answered = db.Posts.Where(p => p.TopicId == t.Id && p.Number > 1 && p.AuthorId != t.AuthorId && p.Visibility == Visibility.Visible).Min(p => (DateTime?)p.Created),
        }).ToListAsync(cancellation);
        var answers = await DaysAsync(active.Join(db.Posts, t => t.Id, p => p.TopicId, (t, p) => p).Where(p => p.Number > 1 && p.Created >= since && p.Visibility == Visibility.Visible).Select(p => p.Created), cancellation);
        var deflected = await DaysAsync(db.Deflections.Where(d => d.At >= since).Select(d => d.At), cancellation);
        var flags = await DaysAsync(db.Flags.Where(f => f.Made >= since).Select(f => f.Made), cancellation);
        var visits = await db.VisitDays.Where(d => d.Day >= first).GroupBy(d => d.Day).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellation);
        var reviews = await db.Reviews.AsNoTracking().Where(r => r.Decided == null || r.Decided >= since).Select(r => new { r.Opened, r.Decided }).ToListAsync(cancellation);
        var held = await db.HeldPosts.CountAsync(cancellation);
        var mail = await db.MailDays.Where(d => d.Day >= first).ToDictionaryAsync(d => d.Day, d => d.Sent, cancellation);
        var unsent = await db.Letters.CountAsync(l => l.Error != null, cancellation);

        var kept = DateOnly.FromDateTime(now).AddDays(-VisitDay.KeptDays);
        var asked = questions.ToLookup(q => (DateOnly.FromDateTime(q.Created).DayNumber - first.DayNumber) / length);
        var rows = Enumerable.Range(0, steps).Select(step =>
        {
            var (from, to) = (first.AddDays(step * length), first.AddDays((step + 1) * length - 1));
            var end = to.AddDays(1).ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);
            return new ActivityRow(
                from, to, asked[step].Count(), Sum(answers), At(0.5, asked[step].Select(q => q.Answered - q.Created)), asked[step].Count(q => q.Solved), Sum(deflected),
                from < kept ? null : Sum(visits) / (double)length, Sum(flags), reviews.Count(r => r.Opened < end && (r.Decided is null || r.Decided >= end)), Sum(mail));

            int Sum(Dictionary<DateOnly, int> days) => Enumerable.Range(0, length).Sum(day => days.GetValueOrDefault(from.AddDays(day)));
        }).ToList();
        var waits = questions.Select(q => q.Answered - q.Created).ToList();
        return new ActivityReport(rows, At(0.5, waits), At(0.8, waits), held, unsent);
    }

    private static Task<Dictionary<DateOnly, int>> DaysAsync(IQueryable<DateTime> instants, CancellationToken cancellation) =>
        instants.GroupBy(at => at.Date).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => DateOnly.FromDateTime(g.Key), g => g.Count, cancellation);

    /// <summary>The time that this share of them does not exceed; null where there are none.</summary>
    private static TimeSpan? At(double share, IEnumerable<TimeSpan?> times)
    {
        var sorted = times.OfType<TimeSpan>().Order().ToList();
        return sorted.Count == 0 ? null : sorted[(int)Math.Ceiling(share * sorted.Count) - 1];
    }
}
