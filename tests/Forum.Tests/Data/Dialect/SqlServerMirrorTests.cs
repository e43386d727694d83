using Microsoft.EntityFrameworkCore;

namespace Forum.Tests.Data.Dialect;

/// <summary>That the mirror looks, and that it can find fault.</summary>
public sealed class SqlServerMirrorTests
{
    [OnSqliteFact]
    public async Task Whatever_a_test_reads_and_writes_is_tried_in_the_dialect_of_SQL_Server()
    {
        await using var forum = await TestForum.StartAsync();
        await forum.BoardAsync();
        await forum.AskAsync(await forum.MemberAsync(), tags: ["contracts"]);

        Assert.Contains(SqlServerMirror.Statements, sql => sql.Contains("UPDATE [b]", StringComparison.Ordinal) && sql.Contains("[Topics] = [b].[Topics] + 1", StringComparison.Ordinal));
        Assert.Contains(SqlServerMirror.Statements, sql => sql.Contains("INSERT INTO [Posts]", StringComparison.Ordinal) && sql.Contains("OUTPUT INSERTED.[Id]", StringComparison.Ordinal));
        Assert.Contains(SqlServerMirror.Statements, sql => sql.Contains("JOIN [BoardModerators]", StringComparison.Ordinal));
        Assert.Contains(SqlServerMirror.Statements, sql => sql.Contains("INSERT INTO [OutboxEvents]", StringComparison.Ordinal));
    }

    [OnSqliteFact]
    public async Task A_query_that_only_SQLite_understands_fails_its_test()
    {
        await using var forum = await TestForum.StartAsync();
        await using var db = forum.Db();

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => db.Topics.Where(t => EF.Functions.Glob(t.Title, "a*")).ToListAsync());
        Assert.Contains("SQL Server's provider does not translate", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_statement_that_is_not_T_SQL_is_refused() =>
        Assert.Throws<InvalidOperationException>(() => SqlServerMirror.Parse("SELECT \"a\" FROM t LIMIT 3 OFFSET 4"));
}

/// <summary>A test of what happens beside SQLite; where the suite runs on a server there is nothing to mirror.</summary>
public sealed class OnSqliteFactAttribute : FactAttribute
{
    public OnSqliteFactAttribute()
    {
        if (Environment.GetEnvironmentVariable("FORUM_TEST_SQLSERVER") is { Length: > 0 })
            Skip = "the suite runs on SQL Server itself";
    }
}

/// <summary>A test of SQL Server itself; skipped with the reason where none is named.</summary>
public sealed class OnSqlServerFactAttribute : FactAttribute
{
    public OnSqlServerFactAttribute()
    {
        if (Environment.GetEnvironmentVariable("FORUM_TEST_SQLSERVER") is not { Length: > 0 })
            Skip = "unconfigured: name a SQL Server in FORUM_TEST_SQLSERVER, and the whole suite runs on it";
    }
}
