using Forum.Data;
using Forum.Data.Providers;
using Forum.Settings;
using Forum.Tests.Data.Dialect;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.SqlServer.Dac.Model;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Forum.Tests.Data;

/// <summary>What can be known of the database on SQL Server where there is none.</summary>
public sealed class SqlServerTests
{
    /// <summary>Longest key of a clustered index, in bytes.</summary>
    private const int MaxClusteredKey = 900;

    /// <summary>Longest key of any other index, in bytes.</summary>
    private const int MaxKey = 1700;

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.SqlServer)]
    public void No_change_of_the_model_lacks_its_migration(DatabaseProvider provider)
    {
        using var db = Context(provider);
        Assert.False(db.Database.HasPendingModelChanges());
    }

    [Fact]
    public void Both_sets_of_migrations_have_the_same_names()
    {
        static IEnumerable<string> Names(DatabaseProvider provider)
        {
            using var db = Context(provider);
            return [.. db.Database.GetMigrations().Select(id => id[(id.IndexOf('_', StringComparison.Ordinal) + 1)..])];
        }

        Assert.NotEmpty(Names(DatabaseProvider.Sqlite));
        Assert.Equal(Names(DatabaseProvider.Sqlite), Names(DatabaseProvider.SqlServer));
    }

    [Fact]
    public void The_turn_that_deeds_take_is_T_SQL() => SqlServerMirror.Parse(string.Format(System.Globalization.CultureInfo.InvariantCulture, Database.Turn("a").Format, "@p0"));

    [Fact]
    public void The_script_of_the_migrations_is_T_SQL_and_makes_a_model_without_errors()
    {
        using var db = Context(DatabaseProvider.SqlServer);
        SqlServerMirror.Parse(db.GetService<IMigrator>().GenerateScript(options: MigrationsSqlGenerationOptions.Idempotent));
        var script = db.GetService<IMigrator>().GenerateScript(options: MigrationsSqlGenerationOptions.NoTransactions);
        using var reader = new StringReader(script);
        var tree = (TSqlScript)new TSql160Parser(initialQuotedIdentifiers: true).Parse(reader, out var errors);
        Assert.Empty(errors);

        // The model takes definitions; rows are no part of it.
        using var model = new TSqlModel(SqlServerVersion.Sql160, new TSqlModelOptions());
        var generator = new Sql160ScriptGenerator();
        foreach (var statement in WithColumnsInTheirTables(tree.Batches.SelectMany(b => b.Statements).SelectMany(Unwrap)))
        {
            generator.GenerateScript(statement, out var sql);
            model.AddObjects(sql);
        }
        Assert.NotEmpty(model.GetObjects(DacQueryScopes.UserDefined, Table.TypeClass));
        Assert.Empty(model.Validate().Where(m => m.MessageType == Microsoft.SqlServer.Dac.DacMessageType.Error).Select(m => m.Message));
    }

    [Fact]
    public void No_delete_reaches_a_table_by_two_ways()
    {
        using var db = Context(DatabaseProvider.SqlServer);
        var tables = db.Model.GetEntityTypes().ToList();
        foreach (var from in tables)
        {
            var reached = new HashSet<IReadOnlyEntityType>();
            var ways = new Stack<IReadOnlyEntityType>([from]);
            while (ways.TryPop(out var table))
                foreach (var key in tables.SelectMany(t => t.GetDeclaredForeignKeys()).Where(k => k.PrincipalEntityType == table && k.DeleteBehavior is DeleteBehavior.Cascade or DeleteBehavior.SetNull))
                {
                    if (key.PrincipalEntityType != table)
                        continue;
                    Assert.True(reached.Add(key.DeclaringEntityType), $"Error 1785: deleting a row of {from.ShortName()} reaches {key.DeclaringEntityType.ShortName()} twice.");
                    Assert.NotEqual(from, key.DeclaringEntityType);
                    ways.Push(key.DeclaringEntityType);
                }
        }
    }

    /// <summary>But for the passkeys of Identity, whose key may have 1024 bytes: the server warns of that and takes all ids that are shorter, as those of authenticators are.</summary>
    [Fact]
    public void Every_key_of_an_index_is_short_enough()
    {
        using var db = Context(DatabaseProvider.SqlServer);
        var model = db.GetService<IDesignTimeModel>().Model;
        var indexes = 0;
        foreach (var type in model.GetEntityTypes().Where(t => !t.IsMappedToJson() && t.ClrType != typeof(IdentityUserPasskey<long>)))
        {
            foreach (var key in type.GetDeclaredKeys())
                Fits(type, key.Properties, key.IsPrimaryKey() && key.IsClustered() != false ? MaxClusteredKey : MaxKey);
            foreach (var index in type.GetDeclaredIndexes())
                Fits(type, index.Properties, index.IsClustered() == true ? MaxClusteredKey : MaxKey);
        }
        Assert.True(indexes > 30);

        void Fits(IReadOnlyEntityType type, IReadOnlyList<IReadOnlyProperty> properties, int limit)
        {
            indexes++;
            var bytes = properties.Sum(Bytes);
            Assert.True(bytes <= limit, $"{type.ShortName()} ({string.Join(", ", properties.Select(p => p.Name))}) takes {bytes} bytes of {limit}.");
        }
    }

    [OnSqlServerFact]
    public async Task On_a_real_server_readers_do_not_wait_for_writers()
    {
        await using var forum = await TestForum.StartAsync();
        await using var db = forum.Db();
        Assert.Equal(1, await db.Database.SqlQueryRaw<int>("SELECT CAST(is_read_committed_snapshot_on AS int) AS Value FROM sys.databases WHERE name = DB_NAME()").SingleAsync());
    }

    private static IEnumerable<TSqlStatement> Unwrap(TSqlStatement statement) => statement switch
    {
        IfStatement { ThenStatement: { } then } => Unwrap(then),
        BeginEndBlockStatement block => block.StatementList.Statements.SelectMany(Unwrap),
        _ => [statement],
    };

    /// <summary>What defines tables, with columns of later migrations put where a model takes them: into the table's own definition.</summary>
    private static IEnumerable<TSqlStatement> WithColumnsInTheirTables(IEnumerable<TSqlStatement> statements)
    {
        var definitions = statements.Where(s => s is CreateTableStatement or CreateIndexStatement or AlterTableStatement).ToList();
        var tables = definitions.OfType<CreateTableStatement>().ToDictionary(t => t.SchemaObjectName.BaseIdentifier.Value);
        foreach (var added in definitions.OfType<AlterTableAddTableElementStatement>().Where(a => a.Definition.ColumnDefinitions.Count > 0).ToList())
        {
            foreach (var column in added.Definition.ColumnDefinitions)
                tables[added.SchemaObjectName.BaseIdentifier.Value].Definition.ColumnDefinitions.Add(column);
            definitions.Remove(added);
        }
        return definitions;
    }

    private static int Bytes(IReadOnlyProperty property)
    {
        var column = ((IProperty)property).GetRelationalTypeMapping().StoreType;
        var size = column.IndexOf('(', StringComparison.Ordinal) is var at and >= 0 ? column[(at + 1)..^1] : "";
        return column.Split('(')[0] switch
        {
            "nvarchar" => size == "max" ? int.MaxValue / 8 : int.Parse(size, System.Globalization.CultureInfo.InvariantCulture) * 2,
            "varbinary" => size == "max" ? int.MaxValue / 8 : int.Parse(size, System.Globalization.CultureInfo.InvariantCulture),
            "uniqueidentifier" => 16,
            "datetimeoffset" => 10,
            _ => 8,
        };
    }

    private static ForumDbContext Context(DatabaseProvider provider)
    {
        var builder = new DbContextOptionsBuilder<ForumDbContext>();
        Database.Use(builder, new ForumOptions { Database = { Provider = provider, ConnectionString = provider == DatabaseProvider.Sqlite ? "Data Source=:memory:" : "Server=nowhere.invalid" } });
        return new ForumDbContext(builder.UseApplicationServiceProvider(IdentitySchema.Services()).Options);
    }
}
