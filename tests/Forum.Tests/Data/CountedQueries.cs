using System.Data.Common;
using Forum.Data;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Forum.Tests.Data;

/// <summary>Counts what a forum reads from its database when it is asked; what consumers read meanwhile is not part of it.</summary>
public sealed class CountedQueries : DbCommandInterceptor
{
    private sealed class Counter
    {
        public int Count;
    }

    private readonly AsyncLocal<Counter?> current = new();

    public void Attach(IServiceCollection services) => services.ConfigureDbContext<ForumDbContext>(builder => builder.AddInterceptors(this));

    /// <summary>How many queries it takes.</summary>
    public async Task<int> OfAsync(Func<Task> reading)
    {
        var counter = current.Value = new();
        await reading();
        current.Value = null;
        return counter.Count;
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        if (current.Value is { } counter)
            Interlocked.Increment(ref counter.Count);
        return ValueTask.FromResult(result);
    }
}
