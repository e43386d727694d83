using Forum.Data;
using Forum.Mail;
using Forum.Members;
using Forum.Settings;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Forum.Jobs;

/// <summary>
/// Sends the letters that are due. Every node does it: whoever takes a letter has it for a while, so that it is sent once, or once more
/// where a node ends between handing it over and noting that. What cannot be sent is tried again, ever later, and given up at last.
/// </summary>
public sealed partial class MailSender(IDbContextFactory<ForumDbContext> contexts, ForumWriter writer, Mailbox mailbox, ForumOptions options, TimeProvider clock, ILogger<MailSender> logger) : BackgroundService
{
    /// <summary>How soon a letter leaves.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <summary>So long a letter is a node's own.</summary>
    private static readonly TimeSpan hold = TimeSpan.FromMinutes(5);

    private const int BatchSize = 50;

    private readonly SemaphoreSlim turn = new(1);

    /// <summary>Sends all that is due now.</summary>
    public async Task SendDueAsync(CancellationToken cancellation)
    {
        await turn.WaitAsync(cancellation);
        try
        {
            while (await SendBatchAsync(cancellation))
            {
            }
        }
        finally
        {
            turn.Release();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval);
        try
        {
            do
                await SendOrTellAsync(stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    private async Task SendOrTellAsync(CancellationToken cancellation)
    {
        try
        {
            await SendDueAsync(cancellation);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Failed(logger, exception);
        }
    }

    private async Task<bool> SendBatchAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var due = await db.Letters.AsNoTracking().Where(l => l.Due <= now).OrderBy(l => l.Due).ThenBy(l => l.Id).Take(BatchSize).ToListAsync(cancellation);
        foreach (var letter in due)
            if (await IsTakenAsync(letter, now, cancellation))
                await SendAsync(letter, now, cancellation);
        return due.Count > 0;
    }

    /// <summary>Of several nodes one takes it.</summary>
    private async Task<bool> IsTakenAsync(Letter letter, DateTime now, CancellationToken cancellation)
    {
        var until = now + hold;
        return (await writer.RunEvenReadOnlyAsync<int>(Actor.Operator, async (deed, cancellation) => await deed.Db.Letters.Where(l => l.Id == letter.Id && l.Due == letter.Due)
            .ExecuteUpdateAsync(set => set.SetProperty(l => l.Due, until).SetProperty(l => l.Tries, l => l.Tries + 1), cancellation), cancellation)).Required == 1;
    }

    private async Task SendAsync(Letter letter, DateTime now, CancellationToken cancellation)
    {
        if (letter.Kind != LetterKind.Words)
        {
            _ = (await writer.RunEvenReadOnlyAsync<bool>(Actor.Operator, async (deed, cancellation) =>
            {
                await deed.Db.Letters.Where(l => l.Id == letter.Id).ExecuteDeleteAsync(cancellation);
                return await deed.WriteAsync(letter, options.Site, cancellation);
            }, cancellation)).Required;
            return;
        }
        string? error = null;
        try
        {
            await mailbox.SendAsync(letter, cancellation);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            NotSent(logger, letter.Id, letter.Tries + 1, exception.Message);
            error = exception.Message.Length > Letter.MaxErrorLength ? exception.Message[..Letter.MaxErrorLength] : exception.Message;
        }
        DateTime? next = letter.Tries + 1 < Letter.MaxTries ? now + Letter.PauseAfter(letter.Tries + 1) : null;
        _ = (await writer.RunEvenReadOnlyAsync<int>(Actor.Operator, async (deed, cancellation) =>
        {
            var mine = deed.Db.Letters.Where(l => l.Id == letter.Id);
            if (error is not null)
                return await mine.ExecuteUpdateAsync(set => set.SetProperty(l => l.Due, next).SetProperty(l => l.Error, error), cancellation);
            await deed.CountSentAsync(cancellation);
            return await mine.ExecuteDeleteAsync(cancellation);
        }, cancellation)).Required;
    }

    public override void Dispose()
    {
        turn.Dispose();
        base.Dispose();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Letter {Id} could not be sent, try {Try}: {Error}")]
    private static partial void NotSent(ILogger logger, long id, int @try, string error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Letters could not be sent and will be tried again")]
    private static partial void Failed(ILogger logger, Exception exception);
}
