using System.Data.Common;
using Forum.Data;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Forum.Tests.Data;

/// <summary>Counts what a forum reads from its database.</summary>
public sealed class CountedQueries : DbCommandInterceptor
{
    private int count;

    /// <summary>Counts from here on.</summary>
    public void Attach(IServiceCollection services) => services.ConfigureDbContext<ForumDbContext>(builder => builder.AddInterceptors(this));

    /// <summary>How many queries it takes.</summary>
    public async Task<int> OfAsync(Func<Task> reading)
    {
        Interlocked.Exchange(ref count, 0);
        await reading();
        return Interlocked.Exchange(ref count, 0);
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref count);
        return ValueTask.FromResult(result);
    }
}
