using System.Reflection;
using System.Xml.Linq;
using Forum.Data;
using Forum.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Forum.Tests.Architecture;

/// <summary>The rules of the house for the engine, held by the compiled code itself.</summary>
public sealed class EngineTests
{
    /// <summary>The rooms, low to high: a room knows those before it.</summary>
    private static readonly string[] rooms = ["", "Settings", "Rendering", "Outbox", "Data", "Mail", "Members", "Boards", "Uploads", "Topics", "Following", "Standing", "Votes", "Solutions", "Moderation", "Search", "Admin", "Transfer", "Jobs"];

    /// <summary>Types that may be known from everywhere: the database as a whole and what a deed works with.</summary>
    private static readonly string[] known = ["ForumDbContext", "Database", "Deed"];

    /// <summary>Types that know all rooms, each with its reason.</summary>
    private static readonly Dictionary<string, string> knowing = new()
    {
        ["Features"] = "the table of contents",
        ["ForumDbContext"] = "the database is one",
        ["Deed"] = "writes the audit trail",
        ["SecurityLog"] = "tells of accounts and of what staff did",
        ["Migrator"] = "sees that the roles of the site stand in the database",
    };

    private static readonly string[] allowedOfAspNetCore = ["Microsoft.AspNetCore.Identity.EntityFrameworkCore", "Microsoft.AspNetCore.DataProtection.EntityFrameworkCore"];

    private static readonly string[] providerAssemblies = ["Microsoft.Data.SqlClient", "Microsoft.Data.Sqlite", "Microsoft.EntityFrameworkCore.SqlServer", "Microsoft.EntityFrameworkCore.Sqlite"];

    /// <summary>Every deed of the engine: a class that does something in somebody's name.</summary>
    public static IReadOnlyList<Type> Deeds => [.. Code.Engine.GetTypes().Where(t => t.IsClass && t.IsVisible && t != typeof(ForumWriter) && RunAsync(t).Any(m => m.GetParameters().FirstOrDefault()?.ParameterType == typeof(Actor)))];

    [Fact]
    public void The_engine_knows_no_HTTP_and_no_page() =>
        Assert.Empty(Code.Engine.GetReferencedAssemblies().Select(a => a.Name!).Where(n => n.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal)).Except(allowedOfAspNetCore));

    [Fact]
    public void Every_room_has_its_place_in_the_order() =>
        Assert.Empty(Code.Engine.GetTypes().Select(Code.Room).Distinct().Except(rooms));

    [Fact]
    public void Rooms_know_only_those_below_them()
    {
        var wrong = Code.Uses
            .Where(u => !knowing.ContainsKey(Code.Outermost(u.Key).Name) && !Code.Outermost(u.Key).Name.EndsWith("Queries", StringComparison.Ordinal) && !IsMap(u.Key))
            .SelectMany(u => u.SelectMany(Code.TypesOf).Distinct().Select(used => (User: Code.Outermost(u.Key), Used: Code.Outermost(used))))
            .Where(u => Code.Room(u.Used) is { } room && !known.Contains(u.Used.Name) && Array.IndexOf(rooms, room) > Array.IndexOf(rooms, Code.Room(u.User)))
            .Select(u => $"{u.User.FullName} knows {u.Used.FullName}").Distinct().Order();
        Assert.Empty(wrong);
    }

    [Fact]
    public void Only_Providers_knows_which_databases_there_are()
    {
        var wrong = Code.Uses.Where(u => Code.Outermost(u.Key).Namespace != "Forum.Data.Providers")
            .SelectMany(u => u.SelectMany(Code.TypesOf).Where(t => providerAssemblies.Contains(t.Assembly.GetName().Name)).Select(t => $"{Code.Outermost(u.Key).Name} knows {t.Name}")).Distinct();
        Assert.Empty(wrong);
    }

    [Fact]
    public void Only_Providers_writes_SQL() =>
        Assert.Empty(CallersOf(name => name.StartsWith("FromSql", StringComparison.Ordinal) || name.StartsWith("ExecuteSql", StringComparison.Ordinal) || name.StartsWith("SqlQuery", StringComparison.Ordinal))
            .Where(t => t.Namespace != "Forum.Data.Providers").Select(t => t.Name));

    [Fact]
    public void Only_the_writer_opens_a_transaction_and_only_the_migrator_migrates()
    {
        Assert.Equal([typeof(ForumWriter)], CallersOf(name => name is "BeginTransaction" or "BeginTransactionAsync" or "UseTransaction" or "UseTransactionAsync").Where(t => t.Namespace != "Forum.Data.Providers"));
        Assert.Equal([typeof(Migrator)], CallersOf(name => name is "Migrate" or "MigrateAsync" or "EnsureCreated" or "EnsureCreatedAsync"));
    }

    [Fact]
    public void A_deed_is_a_sealed_class_with_one_public_method_that_takes_the_actor_first_and_gives_a_result()
    {
        Assert.True(Deeds.Count >= 17);
        Assert.All(Deeds, deed =>
        {
            Assert.True(deed.IsSealed, $"{deed.Name} is not sealed.");
            var methods = deed.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly);
            Assert.True(methods.Length == 1, $"{deed.Name} does more than one thing: {string.Join(", ", methods.Select(m => m.Name))}.");
            Assert.True(GivesResult(methods[0]), $"{deed.Name} gives {methods[0].ReturnType}, not a result.");
            Assert.Equal(typeof(CancellationToken), methods[0].GetParameters()[^1].ParameterType);
        });
    }

    [Fact]
    public void Deeds_use_no_other_deeds()
    {
        var deeds = Deeds.ToHashSet();
        var wrong = Code.Uses.Where(u => deeds.Contains(Code.Outermost(u.Key))).SelectMany(u => u.SelectMany(Code.TypesOf).Where(t => t != Code.Outermost(u.Key) && deeds.Contains(t)).Select(t => $"{Code.Outermost(u.Key).Name} uses {t.Name}")).Distinct();
        Assert.Empty(wrong);
    }

    [Fact]
    public void Queries_write_nothing()
    {
        var writing = CallersOf(name => name is "SaveChanges" or "SaveChangesAsync" or "ExecuteUpdateAsync" or "ExecuteDeleteAsync" or "ExecuteUpdate" or "ExecuteDelete").ToHashSet();
        Assert.DoesNotContain(writing, t => t.Name.EndsWith("Queries", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_deed_entity_and_consumer_says_in_a_sentence_what_it_is()
    {
        var said = XDocument.Load(Path.Combine(AppContext.BaseDirectory, "Forum.xml")).Descendants("member")
            .Where(m => !string.IsNullOrWhiteSpace(m.Element("summary")?.Value)).Select(m => m.Attribute("name")!.Value).ToHashSet();
        using var db = Data.Dialect.SqlServerMirror.Context();
        var types = Deeds.Concat(db.Model.GetEntityTypes().Select(t => t.ClrType).Where(t => t.Assembly == Code.Engine))
            .Concat(Code.Engine.GetTypes().Where(t => t.IsSubclassOf(typeof(Consumer)) || t.IsSubclassOf(typeof(ForumEvent))));
        Assert.Equal([], types.Select(t => t.FullName!).Except(said.Select(name => name[2..])));
    }

    private static IEnumerable<MethodInfo> RunAsync(Type type) => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Where(m => m.Name == "RunAsync");

    private static bool GivesResult(MethodInfo method) =>
        method.ReturnType is { IsGenericType: true } task && task.GetGenericTypeDefinition() == typeof(Task<>)
        && task.GetGenericArguments()[0] is { IsGenericType: true } result && result.GetGenericTypeDefinition() == typeof(Result<>);

    private static bool IsMap(Type type) => type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IEntityTypeConfiguration<>)) || type.DeclaringType is { } outer && IsMap(outer);

    private static IEnumerable<Type> CallersOf(Func<string, bool> named) =>
        Code.Uses.Where(u => u.OfType<MethodBase>().Any(m => named(m.Name) && m.DeclaringType?.Assembly != Code.Engine)).Select(u => Code.Outermost(u.Key)).Distinct();
}
