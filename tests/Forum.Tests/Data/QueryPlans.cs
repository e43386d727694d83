using System.Data.Common;
using Forum.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Forum.Tests.Data;

/// <summary>What SQLite says of how it reads what a forum asks it for.</summary>
public sealed class QueryPlans : DbCommandInterceptor
{
    private readonly AsyncLocal<List<string>?> current = new();

    public void Attach(IServiceCollection services) => services.ConfigureDbContext<ForumDbContext>(builder => builder.AddInterceptors(this));

    /// <summary>The steps of all queries of it; none on another database.</summary>
    public async Task<IReadOnlyList<string>> OfAsync(Func<Task> reading)
    {
        var steps = current.Value = [];
        await reading();
        current.Value = null;
        return steps;
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        if (current.Value is { } steps && command is SqliteCommand { Connection: { } connection } lite)
        {
            using var explaining = connection.CreateCommand();
            explaining.CommandText = $"EXPLAIN QUERY PLAN {lite.CommandText}";
            foreach (SqliteParameter parameter in lite.Parameters)
                explaining.Parameters.AddWithValue(parameter.ParameterName, parameter.Value);
            using var plan = explaining.ExecuteReader();
            while (plan.Read())
                steps.Add(plan.GetString(3));
        }
        return ValueTask.FromResult(result);
    }
}
