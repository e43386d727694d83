using System.Globalization;
using Forum.Admin;
using Forum.Web.Host;
using Forum.Web.Shell;
using Forum.Web.Topics;

namespace Forum.Web.Admin;

/// <summary>How the forum does, as a table for spreadsheets.</summary>
public static class ActivityFile
{
    /// <summary>The period that an address names; a month where it names none.</summary>
    public static ActivityPeriod PeriodOf(string? name) => Enum.TryParse<ActivityPeriod>(name, ignoreCase: true, out var period) && Enum.IsDefined(period) ? period : ActivityPeriod.Month;

    public static string Name(this ActivityPeriod period) => period.ToString().ToLowerInvariant();

    public static void MapActivityFile(this WebApplication app) =>
        app.MapGet(Addresses.ActivityFile, async (string? period, HttpContext context, Viewer viewer, ActivityQueries activity, CancellationToken cancellation) =>
        {
            if (!(await activity.ReportAsync(await viewer.RightsAsync(), PeriodOf(period), cancellation)).Is(out var report, out var refusal))
            {
                context.Response.Refuse(refusal);
                return;
            }
            await Csv.WriteAsync(context.Response, $"activity-{PeriodOf(period).Name()}.csv",
                ["first_day", "last_day", "questions", "answers", "minutes_to_first_answer", "solved", "deflected", "active_members_a_day", "reports", "queue", "mail"],
                report.Rows.ToAsyncEnumerable().Select(r => new[]
                {
                    Day(r.First), Day(r.Last), Number(r.Questions), Number(r.Answers), Number(r.FirstAnswer?.TotalMinutes), Number(r.Solved), Number(r.Deflected), Number(r.Active), Number(r.Flags), Number(r.Queue), Number(r.Mail),
                }), cancellation);
        }).RequireAuthorization(SignInSetup.Managers);

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string? Number(double? number) => number?.ToString("0.#", CultureInfo.InvariantCulture);
}
