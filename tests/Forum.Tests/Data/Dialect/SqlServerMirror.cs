#pragma warning disable EF1001 // The query compiler is the one place that sees every query, those that update and delete included.
using System.Collections.Concurrent;
using System.Linq.Expressions;
using Forum.Data;
using Forum.Settings;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.EntityFrameworkCore.Query.Internal;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Forum.Tests.Data.Dialect;

/// <summary>
/// Does on SQL Server, up to the point of sending, whatever a test does on SQLite: each query and each save is also translated by the
/// other provider and its T-SQL parsed. So every test of behaviour proves the dialect of what it runs, at the values it runs it with.
/// </summary>
public static class SqlServerMirror
{
    private static readonly Lazy<DbContextOptions<ForumDbContext>> options = new(Options);
    private static readonly ConcurrentDictionary<string, bool> statements = new();
    private static readonly ConcurrentDictionary<string, int> seen = new();

    /// <summary>How often the same query of the same place is tried: its values change the SQL at most between null and not.</summary>
    private const int Tries = 6;

    /// <summary>Every T-SQL statement seen so far in this run of the tests.</summary>
    public static IReadOnlyCollection<string> Statements => (IReadOnlyCollection<string>)statements.Keys;

    /// <summary>Mirrors all that the contexts of these services do.</summary>
    public static void Attach(IServiceCollection services) => services.ConfigureDbContext<ForumDbContext>(builder => builder
        .ReplaceService<IQueryCompiler, MirroringCompiler>()
        .AddInterceptors(new MirroringSaves()));

    /// <summary>A context that translates and never sends.</summary>
    public static ForumDbContext Context()
    {
        var db = new ForumDbContext(options.Value);
        db.Database.AutoTransactionBehavior = AutoTransactionBehavior.Never;
        return db;
    }

    internal static void Query(Expression query, Type result)
    {
        var what = query.ToString();
        if (seen.AddOrUpdate(what, 1, (_, times) => times + 1) > Tries)
            return;
        using var db = Context();
        Try(what, () =>
        {
            var provider = (IQueryProvider)db.GetService<IAsyncQueryProvider>();
            var execute = typeof(IQueryProvider).GetMethods().Single(m => m.Name == nameof(IQueryProvider.Execute) && m.IsGenericMethod);
            var answer = execute.MakeGenericMethod(result).Invoke(provider, [new RootMover(db.Model).Visit(query)]);
            if (answer is System.Collections.IEnumerable rows)
                foreach (var _ in rows)
                    break;
        });
    }

    internal static void Save(ChangeTracker changes)
    {
        changes.DetectChanges();
        // What lies in a column of its owner as JSON goes with that.
        var entries = changes.Entries().Where(e => !e.Metadata.IsOwned() && e.State is EntityState.Added or EntityState.Modified or EntityState.Deleted).ToList();
        if (entries.Count == 0)
            return;
        var what = $"saving {string.Join(", ", entries.Select(e => $"{e.State} {e.Metadata.ShortName()} {string.Join(' ', e.Properties.Where(p => p.IsModified).Select(p => p.Metadata.Name))}"))}";
        if (seen.AddOrUpdate(what, 1, (_, times) => times + 1) > Tries)
            return;
        using var db = Context();
        foreach (var entry in entries)
            Copy(entry, db);
        Try(what, () => db.SaveChanges());
    }

    private static void Copy(EntityEntry from, ForumDbContext db)
    {
        var to = db.Entry(from.State == EntityState.Deleted ? from.OriginalValues.ToObject() : from.CurrentValues.ToObject());
        foreach (var owned in from.Metadata.GetNavigations().Where(n => n.TargetEntityType.IsOwned()))
            owned.PropertyInfo!.SetValue(to.Entity, owned.PropertyInfo.GetValue(from.Entity));
        to.State = from.State;
        foreach (var property in from.Properties)
        {
            var copy = to.Property(property.Metadata.Name);
            if (property.IsTemporary)
                copy.IsTemporary = true;
            if (from.State == EntityState.Modified && !property.Metadata.IsPrimaryKey())
                copy.IsModified = property.IsModified;
        }
    }

    /// <summary>An answer without rows makes many a query throw after it was sent; only one that never came so far is not in the dialect.</summary>
    private static void Try(string what, Action act)
    {
        var before = Recorder.Sent;
        Recorder.Sent = [];
        try
        {
            act();
        }
        catch (Exception exception) when (Recorder.Sent.Count == 0)
        {
            throw new InvalidOperationException($"SQL Server's provider does not translate: {what}", (exception as System.Reflection.TargetInvocationException)?.InnerException ?? exception);
        }
        catch (Exception exception) when (exception is InvalidOperationException or DbUpdateException or System.Reflection.TargetInvocationException)
        {
        }
        finally
        {
            foreach (var sql in Recorder.Sent)
                if (statements.TryAdd(sql, true))
                    Parse(sql);
            Recorder.Sent = before;
        }
    }

    /// <summary>Throws unless the script is T-SQL.</summary>
    public static void Parse(string sql)
    {
        new TSql160Parser(initialQuotedIdentifiers: true).Parse(new StringReader(sql), out var errors);
        if (errors.Count > 0)
            throw new InvalidOperationException($"Not T-SQL, line {errors[0].Line}: {errors[0].Message}\n{sql}");
    }

    private static DbContextOptions<ForumDbContext> Options()
    {
        var settings = new ForumOptions { Database = { Provider = DatabaseProvider.SqlServer, ConnectionString = "Server=nowhere.invalid;Encrypt=false" } };
        var builder = new DbContextOptionsBuilder<ForumDbContext>();
        Forum.Data.Providers.Database.Use(builder, settings);
        builder.AddInterceptors(new NoConnection(), new Recorder());
        builder.UseApplicationServiceProvider(IdentitySchema.Services());
        return builder.Options;
    }
}

/// <summary>Hands each query to the mirror before it runs.</summary>
internal sealed class MirroringCompiler(
    IQueryContextFactory contexts, ICompiledQueryCache cache, ICompiledQueryCacheKeyGenerator keys, IDatabase database,
    IDiagnosticsLogger<DbLoggerCategory.Query> logger, ICurrentDbContext context, IEvaluatableExpressionFilter filter, IModel model)
    : QueryCompiler(contexts, cache, keys, database, logger, context, filter, model)
{
    public override TResult Execute<TResult>(Expression query)
    {
        SqlServerMirror.Query(query, typeof(TResult));
        return base.Execute<TResult>(query);
    }

    public override TResult ExecuteAsync<TResult>(Expression query, CancellationToken cancellationToken)
    {
        var of = typeof(TResult).GetGenericArguments()[0];
        SqlServerMirror.Query(query, typeof(TResult).GetGenericTypeDefinition() == typeof(Task<>) ? of : typeof(IEnumerable<>).MakeGenericType(of));
        return base.ExecuteAsync<TResult>(query, cancellationToken);
    }
}

/// <summary>Hands each save to the mirror before it runs.</summary>
internal sealed class MirroringSaves : SaveChangesInterceptor
{
    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result)
    {
        SqlServerMirror.Save(eventData.Context!.ChangeTracker);
        return result;
    }

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        SqlServerMirror.Save(eventData.Context!.ChangeTracker);
        return ValueTask.FromResult(result);
    }
}

/// <summary>Moves a query from the tables of one context to those of another, subqueries on a captured context included.</summary>
internal sealed class RootMover(IModel model) : ExpressionVisitor
{
    protected override Expression VisitExtension(Expression node) => node switch
    {
        EntityQueryRootExpression root when root.GetType() == typeof(EntityQueryRootExpression) => new EntityQueryRootExpression(model.FindEntityType(root.EntityType.Name)!),
        _ => base.VisitExtension(node),
    };

    protected override Expression VisitConstant(ConstantExpression node) =>
        node.Value is IQueryable queryable && queryable.Expression != node ? Visit(queryable.Expression) : node;

    protected override Expression VisitMember(MemberExpression node) =>
        typeof(IQueryable).IsAssignableFrom(node.Type) ? Visit(Value(node).Expression) : base.VisitMember(node);

    protected override Expression VisitMethodCall(MethodCallExpression node) =>
        node.Object is not null && typeof(DbContext).IsAssignableFrom(node.Object.Type) && typeof(IQueryable).IsAssignableFrom(node.Type)
            ? Visit(Value(node).Expression)
            : base.VisitMethodCall(node);

    private static IQueryable Value(Expression node) => Expression.Lambda<Func<IQueryable>>(node).Compile(preferInterpretation: true)();
}

internal sealed class NoConnection : DbConnectionInterceptor
{
    public override InterceptionResult ConnectionOpening(System.Data.Common.DbConnection connection, ConnectionEventData eventData, InterceptionResult result) => InterceptionResult.Suppress();
}

/// <summary>Keeps what would be sent and answers that there are no rows.</summary>
internal sealed class Recorder : DbCommandInterceptor
{
    [ThreadStatic]
    private static List<string>? sent;

    public static List<string> Sent { get => sent ??= []; set => sent = value; }

    public override InterceptionResult<System.Data.Common.DbDataReader> ReaderExecuting(System.Data.Common.DbCommand command, CommandEventData eventData, InterceptionResult<System.Data.Common.DbDataReader> result)
    {
        Sent.Add(command.CommandText);
        return InterceptionResult<System.Data.Common.DbDataReader>.SuppressWithResult(new System.Data.DataTable().CreateDataReader());
    }

    public override InterceptionResult<int> NonQueryExecuting(System.Data.Common.DbCommand command, CommandEventData eventData, InterceptionResult<int> result)
    {
        Sent.Add(command.CommandText);
        return InterceptionResult<int>.SuppressWithResult(0);
    }

    public override InterceptionResult<object> ScalarExecuting(System.Data.Common.DbCommand command, CommandEventData eventData, InterceptionResult<object> result)
    {
        Sent.Add(command.CommandText);
        return InterceptionResult<object>.SuppressWithResult(0);
    }
}
