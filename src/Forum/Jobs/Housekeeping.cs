using Forum.Search;
using Forum.Topics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Forum.Jobs;

/// <summary>The one list of work that comes again: at the start and every few hours. Every node does it, so each of it bears being done twice at once.</summary>
public sealed partial class Housekeeping(TidyUp tidyUp, CollectUploads collectUploads, ForgetSearches forgetSearches, RenderAgain renderAgain, TimeProvider clock, ILogger<Housekeeping> logger) : BackgroundService
{
    public static readonly TimeSpan Interval = TimeSpan.FromHours(6);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            // Another renderer comes with another program, so that once is enough.
            await RunAsync(async () => _ = (await renderAgain.RunAsync(Actor.Operator, stoppingToken)).Required);
            do
                await RunAllAsync(stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    private async Task RunAllAsync(CancellationToken cancellation)
    {
        await RunAsync(async () => _ = (await tidyUp.RunAsync(Actor.Operator, cancellation)).Required);
        await RunAsync(async () => _ = (await collectUploads.RunAsync(Actor.Operator, cancellation)).Required);
        await RunAsync(async () => _ = (await forgetSearches.RunAsync(Actor.Operator, cancellation)).Required);
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
