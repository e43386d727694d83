using System.Reflection;
using Forum.Admin;
using Forum.Members;
using Forum.Moderation;
using Forum.Tests.Architecture;
using Forum.Topics;
using Forum.Uploads;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Forum.Tests.Data.Dialect;

/// <summary>
/// Runs every deed and every query that the engine has, with samples found by type and name, so that one which no other test runs is
/// tried in the dialect of SQL Server all the same. Whoever adds one with an input of a new kind adds a sample of it here.
/// </summary>
public sealed class EverythingTests
{
    /// <summary>Rounds of each: values and nulls, and every value of an enumeration.</summary>
    private const int Rounds = 8;

    /// <summary>More than one page, so that the key of the next one is tried, too.</summary>
    private const int Many = Paging.PageSize + 5;

    /// <summary>Long work that other tests run, mirrored like all others.</summary>
    private static readonly string[] elsewhere = ["StackExchangeImport", "SyntheticSeed", "Doctor"];

    private static readonly NullabilityInfoContext nullability = new();

    [OnSqliteFact]
    public async Task Every_deed_is_tried()
    {
        await using var forum = await TestForum.StartAsync();
        var scene = await Scene.SetAsync(forum);
        foreach (var deed in EngineTests.Deeds.Where(d => !elsewhere.Contains(d.Name)))
            for (var round = 0; round < Rounds; round++)
                await CallAsync(forum, deed, deed.GetMethod("RunAsync")!, await scene.FreshAsync(), round, null);
    }

    [OnSqliteFact]
    public async Task Every_query_is_tried_and_so_is_its_next_page()
    {
        await using var forum = await TestForum.StartAsync();
        var scene = await Scene.SetAsync(forum);
        for (var i = 0; i < Many; i++)
        {
            await forum.AskAsync(scene.Asker, title: $"{Scenario.Question} {i}", tags: ["contracts"]);
            await forum.ReplyAsync(scene.Solver, scene.Question.TopicId);
        }
        _ = (await forum.AcceptAsync(scene.Asker, scene.Reply)).Required;
        foreach (var method in Queries())
            for (var round = 0; round < Rounds; round++)
            {
                var answer = await CallAsync(forum, method.DeclaringType!, method, scene, round, null);
                if (answer?.GetType().GetProperty("Next")?.GetValue(answer) is string next)
                    await CallAsync(forum, method.DeclaringType!, method, scene, round, next);
            }
    }

    private static IEnumerable<MethodInfo> Queries() => Code.Engine.GetTypes()
        .Where(t => t is { IsClass: true, IsVisible: true } && !(t.IsAbstract && t.IsSealed) && t.Name.EndsWith("Queries", StringComparison.Ordinal))
        .SelectMany(t => t.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
        .Where(m => typeof(Task).IsAssignableFrom(m.ReturnType));

    private static async Task<object?> CallAsync(TestForum forum, Type type, MethodInfo method, Scene scene, int round, string? after)
    {
        var what = $"{type.Name}.{method.Name}, round {round}";
        try
        {
            var arguments = method.GetParameters().Select(p => after is not null && p.Name == "after" ? after : scene.Sample(p, round)).ToArray();
            var task = (Task)method.Invoke(forum.Get(type), arguments)!;
            await task;
            return task.GetType().GetProperty("Result")?.GetValue(task);
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"{what}: {(exception as TargetInvocationException)?.InnerException?.Message ?? exception.Message}", exception);
        }
    }

    /// <summary>What is there to be read and done, and the samples taken from it.</summary>
    private sealed record Scene(TestForum Forum, Actor Asker, Actor Solver, Actor Admin, Actor BoardModerator, string Handle, long BoardId, PostedPost Question, PostedPost Reply, long Review = 0)
    {
        public static async Task<Scene> SetAsync(TestForum forum)
        {
            var board = await forum.BoardAsync();
            var asker = await forum.MemberAsync();
            var solver = await forum.MemberAsync("Muhammad Ali");
            var question = await forum.AskAsync(asker, tags: ["contracts"]);
            var reply = await forum.ReplyAsync(solver, question.TopicId, replyTo: question.PostId);
            return new(forum, asker, solver, await forum.MemberAsync("Ada Admin", SiteRole.Admin), await forum.BoardModeratorAsync("help"), (await forum.MemberRowAsync(solver)).Handle, board.Id, question, reply);
        }

        /// <summary>A topic that no deed has touched, by members who may write.</summary>
        public async Task<Scene> FreshAsync()
        {
            await using (var members = Forum.Db())
                await members.Users.ExecuteUpdateAsync(set => set.SetProperty(m => m.SilencedUntil, (DateTime?)null).SetProperty(m => m.SuspendedUntil, (DateTime?)null));
            var question = await Forum.AskAsync(Asker, tags: ["contracts"]);
            var reply = await Forum.ReplyAsync(Solver, question.TopicId);
            _ = (await Forum.Get<FlagPost>().RunAsync(Admin, new(reply.PostId, FlagReason.Spam), default)).Required;
            await using var db = Forum.Db();
            return this with { Question = question, Reply = reply, Review = await db.Reviews.Where(r => r.PostId == reply.PostId).Select(r => r.Id).SingleAsync() };
        }

        public object? Sample(ParameterInfo parameter, int round)
        {
            var nullable = Nullable.GetUnderlyingType(parameter.ParameterType) is not null || nullability.Create(parameter).WriteState == NullabilityState.Nullable;
            return nullable && round % 2 == 1 ? null : Sample(Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType, parameter.Name!.ToLowerInvariant(), round, nullable);
        }

        private object? Sample(Type type, string name, int round, bool nullable = false)
        {
            if (type == typeof(Actor))
                return (round % 4) switch { 0 => Admin, 1 => Asker, 2 => BoardModerator, _ => Actor.Visitor };
            if (type == typeof(CancellationToken))
                return CancellationToken.None;
            if (type == typeof(IReadOnlyDictionary<string, string?>))
                return new Dictionary<string, string?> { ["Company"] = "Example" };
            if (type == typeof(string))
                return Word(name, nullable);
            if (type == typeof(long))
                return name.Contains("topic", StringComparison.Ordinal) ? Question.TopicId : name.Contains("board", StringComparison.Ordinal) ? BoardId : name.Contains("review", StringComparison.Ordinal) ? Review
                    : name.Contains("member", StringComparison.Ordinal) || name.Contains("author", StringComparison.Ordinal) ? Solver.MemberId : Reply.PostId;
            if (type == typeof(int))
                return name is "number" ? 2 : name is "count" or "size" or "take" ? 5 : 1;
            // A form with fields that must be filled in would refuse the topics of the next scene.
            if (type == typeof(bool))
                return name is not "required" && round / 2 % 2 == 0;
            if (type.IsEnum)
                return Enum.GetValues(type).GetValue(round / 2 % Enum.GetValues(type).Length);
            if (type == typeof(DateTime))
                return Forum.Clock.GetUtcNow().UtcDateTime.AddDays(name == "to" ? 1 : -7);
            if (type == typeof(TimeSpan))
                return TimeSpan.FromMinutes(1);
            if (type == typeof(DateOnly))
                return DateOnly.FromDateTime(Forum.Clock.GetUtcNow().UtcDateTime.AddDays(-7));
            if (type == typeof(IProgress<double>))
                return new Progress<double>();
            if (type == typeof(Stream))
                return new MemoryStream("A line."u8.ToArray());
            if (type == typeof(IReadOnlyDictionary<Violation, int>))
                return new Dictionary<Violation, int> { [new("script-src", "inline", "/", "")] = 2 };
            if (type == typeof(IReadOnlyDictionary<long, int>))
                return new Dictionary<long, int> { [Question.TopicId] = 3 };
            if (type == typeof(IReadOnlyCollection<KeyValuePair<(long MemberId, long TopicId), int>>))
                return new Dictionary<(long MemberId, long TopicId), int> { [(Solver.MemberId!.Value, Question.TopicId)] = 1 };
            if (type == typeof(IReadOnlyCollection<(long MemberId, DateOnly Day)>))
                return new[] { (Solver.MemberId!.Value, DateOnly.FromDateTime(Forum.Clock.GetUtcNow().UtcDateTime)) };
            if (type == typeof(IReadOnlyCollection<KeyValuePair<string, DateTime>>))
                return new Dictionary<string, DateTime> { [new string('a', Secrets.HashLength)] = Forum.Clock.GetUtcNow().UtcDateTime };
            if (type == typeof(UserPasskeyInfo))
                return new UserPasskeyInfo(Guid.NewGuid().ToByteArray(), [1], Forum.Clock.GetUtcNow(), 0, null, true, false, false, [], []);
            if (type == typeof(byte))
                return (byte)(round % 5);
            if (type == typeof(System.Net.IPAddress))
                return System.Net.IPAddress.Parse("198.51.100.7");
            if (type.IsGenericType && type.GetGenericArguments() is [var item] && type.IsAssignableFrom(item.MakeArrayType()))
            {
                var items = Array.CreateInstance(item, 1);
                items.SetValue(Sample(item, name, round), 0);
                return items;
            }
            if (type.Assembly == Code.Engine && type.GetConstructors() is [{ } constructor, ..])
                return constructor.Invoke([.. constructor.GetParameters().Select(p => Sample(p, round))]);
            throw new NotSupportedException($"There is no sample of {type.Name} {name}: add one to {nameof(EverythingTests)}.");
        }

        private string? Word(string name, bool nullable) => name switch
        {
            "handle" or "member" or "author" => Handle,
            "board" or "slug" => "help",
            "tag" or "tags" or "oneof" or "into" => "contracts",
            "title" => Scenario.Question,
            "markdown" or "body" => Scenario.Body,
            "place" => DraftPlace.Reply(Question.TopicId),
            "email" => $"{Guid.NewGuid():N}@example.org",
            "name" => "notes.txt",
            "filekey" => new string('a', Upload.KeyLength),
            // The key of a page that is continued may be null, that of a setting may not.
            "key" => nullable ? null : "Site:Name",
            "parent" or "after" => null,
            _ => "project",
        };
    }
}
