using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Forum.Jobs;

/// <summary>Tidies up at the start and every few hours.</summary>
public sealed partial class Housekeeping(TidyUp tidyUp, TimeProvider clock, ILogger<Housekeeping> logger) : BackgroundService
{
    public static readonly TimeSpan Interval = TimeSpan.FromHours(6);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            do
                await RunAsync(stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    private async Task RunAsync(CancellationToken cancellation)
    {
        try
        {
            _ = (await tidyUp.RunAsync(Actor.Operator, cancellation)).Required;
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
