using System.Diagnostics;
using System.Globalization;
using Forum.Settings;
using Forum.Topics;
using Microsoft.Extensions.DependencyInjection;

namespace Forum.Tests.Data;

/// <summary>Another process on the same database: what this assembly does when it is started as a program.</summary>
public static class SecondNode
{
    /// <summary>Starts a process that posts so many replies of one member to one topic and ends with 0.</summary>
    public static Process Start(TestForum forum, long topicId, Actor member, int replies)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardError = true };
        foreach (var argument in new object?[] { "exec", typeof(SecondNode).Assembly.Location, forum.Options.DataPath, topicId, member.MemberId, replies })
            start.ArgumentList.Add(Convert.ToString(argument, CultureInfo.InvariantCulture)!);
        return Process.Start(start)!;
    }

    public static async Task<int> Main(string[] args)
    {
        var options = new ForumOptions { DataPath = args[0], Database = { Synchronous = "OFF" }, Limits = { Enabled = false } };
        await using var services = new ServiceCollection().AddLogging().AddForum(options).BuildServiceProvider();
        var (topicId, member, replies) = (long.Parse(args[1], CultureInfo.InvariantCulture), Actor.Member(long.Parse(args[2], CultureInfo.InvariantCulture)), int.Parse(args[3], CultureInfo.InvariantCulture));
        var results = await Task.WhenAll(Enumerable.Range(0, replies).Select(i => Task.Run(() =>
            services.GetRequiredService<PostReply>().RunAsync(member, new(topicId, $"Reply {i} of another process.", null, null), default))));
        return results.Count(r => r.Refusal is not null);
    }
}
