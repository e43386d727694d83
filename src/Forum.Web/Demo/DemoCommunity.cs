using System.Text.Json;
using Forum.Boards;
using Forum.Data;
using Forum.Members;
using Forum.Outbox;
using Forum.Rendering;
using Forum.Settings;
using Forum.Solutions;
using Forum.Topics;
using Forum.Votes;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Forum.Web.Demo;

/// <summary>
/// Fills an empty forum with a small community to look around in. It is told through the forum's own deeds, each at its time in the past,
/// so that every counter, point and leaderboard is what it would be had it happened.
/// </summary>
public sealed class DemoCommunity(IDbContextFactory<ForumDbContext> contexts, WriteGate gate, Signal signal, PostRenderer renderer, IPasswordHasher<Member> hasher, TimeProvider clock)
{
    /// <summary>Of all accounts that can sign in; the demonstration runs on a developer's own machine only.</summary>
    public const string Password = "ask-it-once-2026";

    private readonly IDbContextFactory<ForumDbContext> contexts = contexts;
    private readonly PostRenderer renderer = renderer;
    private readonly IPasswordHasher<Member> hasher = hasher;

    private static readonly JsonSerializerOptions json = new(JsonSerializerDefaults.Web);

    /// <summary>Tells the story where there is no board yet; gives the addresses that can sign in, none where there was something already.</summary>
    public async Task<IReadOnlyList<string>> FillAsync(CancellationToken cancellation)
    {
        await using (var db = await contexts.CreateDbContextAsync(cancellation))
            if (await db.Boards.AnyAsync(cancellation))
                return [];
        await using var file = typeof(DemoCommunity).Assembly.GetManifestResourceStream("Forum.Web.Demo.community.json")!;
        var story = (await JsonSerializer.DeserializeAsync<Story>(file, json, cancellation))!;
        await new Teller(this, story, clock.GetUtcNow()).RunAsync(cancellation);
        return [.. story.Members.Where(m => m.SignIn).Select(m => m.Email)];
    }

    private ForumWriter WriterAt(TimeProvider moment) => new(contexts, gate, signal, moment);

    /// <summary>A clock that is set to the moment being told.</summary>
    private sealed class StoryClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }

    private sealed class Teller(DemoCommunity demo, Story story, DateTimeOffset today)
    {
        /// <summary>Before everything else: members are no newcomers when they first vote.</summary>
        private static readonly TimeSpan Founding = TimeSpan.FromDays(120);

        private readonly StoryClock clock = new() { Now = today - Founding };
        private readonly Dictionary<string, Actor> actors = [];
        private readonly Dictionary<string, long> topics = [];

        private ForumWriter Writer => demo.WriterAt(clock);

        public async Task RunAsync(CancellationToken cancellation)
        {
            foreach (var member in story.Members)
                await JoinAsync(member, cancellation);
            foreach (var board in story.Boards)
                _ = (await new CreateBoard(Writer).RunAsync(Actor.Operator, new(board.Slug, board.Name, Enum.Parse<BoardKind>(board.Kind, true), board.Parent,
                    board.Read is null ? null : Enum.Parse<ReadAccess>(board.Read, true), board.Description), cancellation)).Required;
            await GrantAsync(cancellation);
            foreach (var topic in story.Topics.OrderByDescending(t => t.DaysAgo))
                await TellAsync(topic, cancellation);
        }

        private async Task JoinAsync(StoryMember member, CancellationToken cancellation)
        {
            var made = (await new CreateMember(Writer, demo.hasher).RunAsync(
                Actor.Operator, new(member.Name, null, member.Email, member.SignIn ? Password : null), cancellation)).Required;
            actors[member.Key] = Actor.Member(made.Id);
            if (member.Title is null)
                return;
            await Writer.RunAsync<Done>(Actor.Operator, async (deed, cancellation) =>
            {
                await deed.Db.Users.Where(m => m.Id == made.Id)
                    .ExecuteUpdateAsync(set => set.SetProperty(m => m.StaffTitle, member.Title).SetProperty(m => m.Signature, member.Signature), cancellation);
                return new Done();
            }, cancellation);
        }

        private async Task GrantAsync(CancellationToken cancellation)
        {
            await using var db = await demo.contexts.CreateDbContextAsync(cancellation);
            foreach (var member in story.Members.Where(m => m.Role is not null || m.Moderates is not null))
            {
                var handle = await db.Users.Where(m => m.Id == actors[member.Key].MemberId).Select(m => m.UserName!).SingleAsync(cancellation);
                var role = member.Role is null ? SiteRole.Moderator : SiteRoles.Parse(member.Role)!.Value;
                _ = (await new GrantRole(Writer).RunAsync(Actor.Operator, handle, role, member.Moderates, cancellation)).Required;
            }
        }

        private async Task TellAsync(StoryTopic topic, CancellationToken cancellation)
        {
            clock.Now = today - TimeSpan.FromDays(topic.DaysAgo) - TimeSpan.FromHours(3);
            var asked = (await new AskQuestion(Writer, demo.renderer).RunAsync(actors[topic.By], new(topic.Board, topic.Title, topic.Text, topic.Tags ?? [], null), cancellation)).Required;
            topics[topic.Title] = asked.TopicId;
            var posts = new List<(long Id, string By, int Votes)> { (asked.PostId, topic.By, topic.Votes) };
            foreach (var reply in topic.Replies ?? [])
            {
                clock.Now += TimeSpan.FromMinutes(5);
                var replied = (await new PostReply(Writer, demo.renderer).RunAsync(
                    actors[reply.By], new(asked.TopicId, reply.Text, reply.ReplyTo is { } number ? posts[number - 1].Id : null, null), cancellation)).Required;
                posts.Add((replied.PostId, reply.By, reply.Votes));
            }
            foreach (var post in posts)
                await UpvoteAsync(post.Id, post.By, post.Votes, cancellation);
            if (topic.Solution is { } solution)
                _ = (await new AcceptSolution(Writer).RunAsync(actors[topic.MarkedBy!], asked.TopicId, posts[solution].Id, cancellation)).Required;
            if (topic.Pinned || topic.DuplicateOf is not null)
                await SettleAsync(topic, asked, cancellation);
        }

        private async Task UpvoteAsync(long postId, string author, int votes, CancellationToken cancellation)
        {
            var upvote = new Upvote(Writer, new ForumOptions { Limits = { Enabled = false } });
            foreach (var voter in actors.Where(a => a.Key != author).Take(votes).Select(a => a.Value))
            {
                clock.Now += TimeSpan.FromMinutes(1);
                _ = (await upvote.RunAsync(voter, postId, cancellation)).Required;
            }
        }

        private Task SettleAsync(StoryTopic topic, PostedPost asked, CancellationToken cancellation) =>
            Writer.RunAsync<Done>(Actor.Operator, async (deed, cancellation) =>
            {
                if (topic.Pinned)
                    await deed.Db.Topics.Where(t => t.Id == asked.TopicId).ExecuteUpdateAsync(set => set.SetProperty(t => t.Pinned, true), cancellation);
                if (topic.DuplicateOf is { } original)
                    deed.Db.Closures.Add(new Closure { TopicId = asked.TopicId, Reason = ClosureReason.Duplicate, DuplicateOfId = topics[original], Closed = deed.Now });
                return new Done();
            }, cancellation);
    }

    private sealed record Story(IReadOnlyList<StoryBoard> Boards, IReadOnlyList<StoryMember> Members, IReadOnlyList<StoryTopic> Topics);

    private sealed record StoryBoard(string Slug, string Name, string Kind, string? Parent, string? Read, string? Description);

    private sealed record StoryMember(string Key, string Name, string Email, string? Role, string? Title, string? Signature, string? Moderates, bool SignIn);

    /// <param name="Solution">Which reply solved it, from 1.</param>
    private sealed record StoryTopic(
        string Board, string By, int DaysAgo, string Title, string Text, IReadOnlyList<string>? Tags, int Votes, IReadOnlyList<StoryReply>? Replies,
        int? Solution, string? MarkedBy, bool Pinned, string? DuplicateOf);

    /// <param name="ReplyTo">Number of the post it replies to, from 1; the question is 1.</param>
    private sealed record StoryReply(string By, string Text, int? ReplyTo, int Votes);
}
