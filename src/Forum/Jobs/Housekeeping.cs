using Forum.Members;
using Forum.Moderation;
using Forum.Search;
using Forum.Standing;
using Forum.Topics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Forum.Jobs;

/// <summary>The one list of work that comes again: at the start and every few hours, or each night. Every node does it, so each of it bears being done twice at once.</summary>
public sealed partial class Housekeeping(NoteNames noteNames, TidyUp tidyUp, CollectUploads collectUploads, ForgetSearches forgetSearches, ReviewTrust reviewTrust, BadgeRounds badges, CloseQuietTopics closeQuiet, EraseMembers erase, EndTimedDeeds endTimed, RenderAgain renderAgain, RewriteMentions rewriteMentions, FinishMerges finishMerges, NightlySnapshot snapshot, TimeProvider clock, ILogger<Housekeeping> logger) : BackgroundService
{
    public static readonly TimeSpan Interval = TimeSpan.FromHours(6);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Task.WhenAll(TidyAsync(stoppingToken), CloseAsync(stoppingToken), EndAsync(stoppingToken), SnapshotAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    private async Task TidyAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        await RunAsync(async () => _ = (await noteNames.RunAsync(Actor.Operator, cancellation)).Required);
        // Another renderer comes with another program, so that once is enough.
        await RunAsync(async () => _ = (await renderAgain.RunAsync(Actor.Operator, cancellation)).Required);
        await RunAsync(async () => _ = (await finishMerges.RunAsync(Actor.Operator, cancellation)).Required);
        await RunAsync(async () => _ = (await rewriteMentions.RunAsync(Actor.Operator, cancellation)).Required);
        do
            await RunAllAsync(cancellation);
        while (await timer.WaitForNextTickAsync(cancellation));
    }

    /// <summary>Boards count in hours, and whoever wants to be erased waits no longer than they must.</summary>
    private async Task CloseAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromHours(1), clock);
        do
        {
            await RunAsync(async () => _ = (await closeQuiet.RunAsync(Actor.Operator, cancellation)).Required);
            await RunAsync(async () => _ = (await erase.RunAsync(Actor.Operator, cancellation)).Required);
        }
        while (await timer.WaitForNextTickAsync(cancellation));
    }

    /// <summary>An hour is one, give or take a minute.</summary>
    private async Task EndAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(1), clock);
        do
            await RunAsync(async () => _ = (await endTimed.RunAsync(Actor.Operator, cancellation)).Required);
        while (await timer.WaitForNextTickAsync(cancellation));
    }

    private async Task SnapshotAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(NightlySnapshot.Interval, clock);
        while (await timer.WaitForNextTickAsync(cancellation))
            await RunAsync(() => snapshot.RunAsync(cancellation));
    }

    private async Task RunAllAsync(CancellationToken cancellation)
    {
        await RunAsync(async () => _ = (await tidyUp.RunAsync(Actor.Operator, cancellation)).Required);
        await RunAsync(async () => _ = (await collectUploads.RunAsync(Actor.Operator, cancellation)).Required);
        await RunAsync(async () => _ = (await forgetSearches.RunAsync(Actor.Operator, cancellation)).Required);
        await RunAsync(async () => _ = (await reviewTrust.RunAsync(Actor.Operator, cancellation)).Required);
        await RunAsync(() => badges.JudgeNewAsync(cancellation));
        await RunAsync(() => badges.ReviewVisitorsAsync(cancellation));
    }

    private async Task RunAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // What was left lying is found again next time.
            Failed(logger, exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Housekeeping failed and will try again")]
    private static partial void Failed(ILogger logger, Exception exception);
}
