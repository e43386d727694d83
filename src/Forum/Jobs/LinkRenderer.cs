using Forum.Data;
using Forum.Outbox;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Forum.Jobs;

/// <summary>Renders posts again as soon as a topic that they lead to has changed. What a stopped node left undone the next start does.</summary>
public sealed class LinkRenderer(IDbContextFactory<ForumDbContext> contexts, ForumWriter writer, Signal signal, RenderAgain renderAgain, ILogger<LinkRenderer> logger) : Consumer(contexts, signal, logger)
{
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
        if (boards.Count > 0 || events.Any(e => e is PostEdited { Number: 1 } or PostVisibilityChanged { Number: 1 } or SolutionChanged))
            _ = (await renderAgain.RunAsync(Actor.Operator, cancellation)).Required;
    }
}
