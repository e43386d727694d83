using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Forum.Data;

/// <summary>Facts that pages only note in memory and that are written together every few seconds, and once more when the program stops. Worth less than a write each: those of the last seconds before a crash are lost.</summary>
public abstract partial class Buffered(TimeSpan interval, ILogger logger) : BackgroundService
{
    /// <summary>Writes what was noted so far.</summary>
    public abstract Task FlushAsync(CancellationToken cancellation);

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(interval);
        while (await WaitAsync(timer, stoppingToken))
        {
            try
            {
                await FlushAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                Failed(logger, exception);
            }
        }
        await FlushAsync(CancellationToken.None);
    }

    private static async Task<bool> WaitAsync(PeriodicTimer timer, CancellationToken stopping)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stopping);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What was noted in memory could not be written")]
    private static partial void Failed(ILogger logger, Exception exception);
}
