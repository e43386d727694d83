using Forum.Data;
using Forum.Outbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Forum.Jobs;

/// <summary>Finishes merges of accounts as soon as they are decided. What a stopped node left undone the next start does.</summary>
public sealed class MergeFinisher(IDbContextFactory<ForumDbContext> contexts, Signal signal, FinishMerges finish, ILogger<MergeFinisher> logger) : Consumer(contexts, signal, logger)
{
    protected override Task<long> StartAsync(ForumDbContext db, CancellationToken cancellation) => NewestAsync(db, cancellation);

    protected override async Task HandleAsync(IReadOnlyList<ForumEvent> events, long last, CancellationToken cancellation)
    {
        if (events.Any(e => e is MemberChanged))
            _ = (await finish.RunAsync(Actor.Operator, cancellation)).Required;
    }
}
