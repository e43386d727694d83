using System.Globalization;
using System.Text;
using Forum.Data;
using Forum.Jobs;
using Forum.Web.Host;
using Microsoft.EntityFrameworkCore;

namespace Forum.Web.Tests.Published;

[Collection(PublishedProgram.Name)]
public sealed class ImportTests(PublishedProgram program)
{
    private const int Questions = 1500;

    [Fact]
    public async Task An_import_stopped_by_Ctrl_C_goes_on_at_the_next_run_and_doubles_nothing()
    {
        await using var folder = new ForumFolder();
        var dump = Write(Path.Combine(folder.Path, "dump"));
        string[] import = ["import", "stackexchange", dump, "--board", "bread", "--json"];
        await using (var stopped = program.Start(folder, null, import))
        {
            await stopped.SaysAsync("Topics: 1");
            await stopped.SignalAsync("INT");
            Assert.Equal(CommandLine.Stopped, await stopped.EndsAsync());
            Assert.Contains("\"stopped\":true", stopped.Output[^1], StringComparison.Ordinal);
        }
        await using var db = folder.Get<IDbContextFactory<ForumDbContext>>().CreateDbContext();
        Assert.InRange(await db.Topics.CountAsync(), 1, Questions - 1);

        var (code, lines) = await program.RunAsync(folder, import);
        Assert.Equal(CommandLine.Ok, code);
        Assert.Contains("\"stopped\":false", lines[^1], StringComparison.Ordinal);
        Assert.Equal(Questions, await db.Topics.CountAsync());
        Assert.Equal(Questions, await db.Topics.Select(t => t.Title).Distinct().CountAsync());
        Assert.Equal(2 * Questions, await db.Posts.CountAsync());
        Assert.Empty((await folder.Get<Doctor>().RunAsync(Actor.Operator, false, null, default)).Required.Findings);
    }

    /// <summary>A dump of ours: as many questions as take a while, each with an answer.</summary>
    private static string Write(string dump)
    {
        Directory.CreateDirectory(dump);
        File.WriteAllText(Path.Combine(dump, "Users.xml"), "<users>\n  <row Id=\"1\" CreationDate=\"2020-01-01T10:00:00.000\" DisplayName=\"Nadia Petrova\" />\n</users>");
        var posts = new StringBuilder("<posts>\n");
        for (var i = 1; i <= Questions; i++)
            posts.AppendLine(CultureInfo.InvariantCulture, $"""
                  <row Id="{2 * i}" PostTypeId="1" CreationDate="2020-02-01T08:00:00.000" Score="1" Body="&lt;p&gt;How long does loaf number {i} need?&lt;/p&gt;" OwnerUserId="1" Title="How long does loaf number {i} need?" Tags="&lt;bread&gt;" />
                  <row Id="{2 * i + 1}" PostTypeId="2" ParentId="{2 * i}" CreationDate="2020-02-01T09:00:00.000" Score="1" Body="&lt;p&gt;An hour.&lt;/p&gt;" OwnerUserId="1" />
                """);
        File.WriteAllText(Path.Combine(dump, "Posts.xml"), posts.Append("</posts>").ToString());
        return dump;
    }
}
