using Forum.Admin;
using Forum.Data;
using Forum.Outbox;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Forum.Jobs;

/// <summary>Renders posts again as soon as a topic that they lead to has changed, or what members are called whom they quote or mention. What a stopped node left undone the next start does.</summary>
public sealed class LinkRenderer(IDbContextFactory<ForumDbContext> contexts, ForumWriter writer, Signal signal, LiveSettings settings, RenderAgain renderAgain, RewriteMentions rewriteMentions, ILogger<LinkRenderer> logger) : Consumer(contexts, signal, logger)
{
    /// <summary>Posts that are looked through in one transaction, so that others who write need not wait long.</summary>
    private const int Stride = 2000;

    private readonly IDbContextFactory<ForumDbContext> contexts = contexts;

    protected override Task<long> StartAsync(ForumDbContext db, CancellationToken cancellation) => NewestAsync(db, cancellation);

    protected override async Task HandleAsync(IReadOnlyList<ForumEvent> events, long last, CancellationToken cancellation)
    {
        var boards = events.OfType<BoardChanged>().Select(e => e.BoardId).Distinct().ToList();
        foreach (var board in boards)
            await writer.RunAsync<Done>(Actor.Operator, async (deed, cancellation) =>
            {
                await deed.RenderLinksToBoardAgainAsync(board, cancellation);
                return new Done();
            }, cancellation);
        var renamed = events.Any(e => e is SettingChanged { Key: "Site:DisplayNames" });
        if (renamed)
        {
            await settings.ReadAsync(cancellation);
            await RenderQuotesAgainAsync(cancellation);
        }
        if (events.Any(e => e is MemberChanged))
            _ = (await rewriteMentions.RunAsync(Actor.Operator, cancellation)).Required;
        if (renamed || boards.Count > 0 || events.Any(e => e is PostEdited { Number: 1 } or PostVisibilityChanged { Number: 1 } or SolutionChanged))
            _ = (await renderAgain.RunAsync(Actor.Operator, cancellation)).Required;
    }

    private async Task RenderQuotesAgainAsync(CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var last = await db.Posts.MaxAsync(p => (long?)p.Id, cancellation) ?? 0;
        for (var from = 1L; from <= last; from += Stride)
            await writer.RunAsync<Done>(Actor.Operator, async (deed, cancellation) =>
            {
                await deed.RenderQuotesAgainAsync(from, from + Stride - 1, cancellation);
                return new Done();
            }, cancellation);
    }
}
