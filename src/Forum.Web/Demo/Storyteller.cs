using Forum.Boards;
using Forum.Data;
using Forum.Members;
using Forum.Moderation;
using Forum.Settings;
using Forum.Solutions;
using Forum.Standing;
using Forum.Topics;
using Forum.Votes;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Forum.Web.Demo;

/// <summary>Tells a story deed by deed, in the order of time; upvotes last and together.</summary>
/// <param name="writerAt">A writer whose deeds happen when that clock says.</param>
internal sealed class Storyteller(Story story, DateTimeOffset today, Func<TimeProvider, ForumWriter> writerAt, WritingQueries writings, IPasswordHasher<Member> hasher)
{
    /// <summary>Hours between a post and the next where the story does not say.</summary>
    private const double UsualHours = .5;

    /// <summary>Upvotes come a little after the post.</summary>
    private static readonly TimeSpan voting = TimeSpan.FromMinutes(10);

    /// <summary>A year is told in seconds.</summary>
    private static readonly ForumOptions unlimited = new() { Limits = { Enabled = false } };

    private readonly StoryClock clock = new() { Now = today };
    private readonly Dictionary<string, Actor> actors = [];
    private readonly Dictionary<string, long> topics = [];
    private readonly List<Cast> upvotes = [];

    private ForumWriter Writer => writerAt(clock);

    public async Task RunAsync(CancellationToken cancellation)
    {
        clock.Now = today - TimeSpan.FromDays(story.Members.Max(m => m.DaysAgo));
        foreach (var board in story.Boards)
        {
            _ = (await new CreateBoard(Writer).RunAsync(Actor.Operator, new(board.Slug, board.Name, board.Kind, board.Parent, board.Read, board.Description), cancellation)).Required;
            _ = (await new ChangeBoard(Writer).RunAsync(Actor.Operator, new(board.Slug, AllowsWiki: board.Wiki, Guidance: board.Guidance), cancellation)).Required;
        }
        await MakeTagsAsync(cancellation);
        foreach (var step in Steps().OrderBy(s => s.At))
        {
            clock.Now = step.At;
            await step.TellAsync(cancellation);
        }
        await CastAsync(cancellation);
    }

    /// <summary>Most tags come with the topics; so that everybody in the story may use them, they are all there before.</summary>
    private async Task MakeTagsAsync(CancellationToken cancellation)
    {
        foreach (var name in story.Tags.Select(t => t.Name).Concat(story.Topics.SelectMany(t => t.Tags ?? [])).Distinct())
            _ = (await new CreateTag(Writer).RunAsync(Actor.Operator, name, story.Tags.FirstOrDefault(t => t.Name == name)?.About, cancellation)).Required;
        foreach (var (tag, synonym) in story.Tags.SelectMany(t => (t.Synonyms ?? []).Select(s => (t.Name, s))))
            _ = (await new MergeTag(Writer).RunAsync(Actor.Operator, synonym, tag, cancellation)).Required;
        foreach (var board in story.Boards.Where(b => b.StaffTags is not null))
            _ = (await new SetBoardTags(Writer).RunAsync(Actor.Operator, new(board.Slug, false, [], board.StaffTags!), cancellation)).Required;
    }

    private IEnumerable<Step> Steps() =>
        story.Members.Select(m => new Step(today - TimeSpan.FromDays(m.DaysAgo), cancellation => JoinAsync(m, cancellation))).Concat(story.Topics.SelectMany(StepsOf));

    private IEnumerable<Step> StepsOf(StoryTopic topic)
    {
        var posts = new List<long>();
        var at = today - TimeSpan.FromDays(topic.DaysAgo);
        yield return new(at, cancellation => AskAsync(topic, posts, cancellation));
        if (topic.Wiki)
            yield return new(at, async cancellation => _ = (await new MakeWiki(Writer).RunAsync(actors[topic.By], posts[0], cancellation)).Required);
        yield return new(at + voting, _ => UpvoteAsync(topic, posts[0], topic.By, topic.Votes));
        foreach (var (index, reply) in (topic.Replies ?? []).Index())
        {
            at += TimeSpan.FromHours(reply.Hours ?? UsualHours);
            yield return new(at, cancellation => ReplyAsync(topic, reply, posts, cancellation));
            yield return new(at + voting, _ => UpvoteAsync(topic, posts[index + 1], reply.By, reply.Votes));
            if (reply.GoneBy is { } by)
                yield return new(at + voting, cancellation => TakeOutAsync(reply, by, posts[index + 1], cancellation));
        }
        if (topic.Solution is { } solution)
            yield return new(at + voting, async cancellation =>
                _ = (await new AcceptSolution(Writer).RunAsync(actors[topic.MarkedBy!], topics[topic.Title], posts[solution], cancellation)).Required);
        if (topic.Pinned || topic.Closed is not null || topic.DuplicateOf is not null)
            yield return new(at + voting, cancellation => SettleAsync(topic, cancellation));
    }

    private async Task JoinAsync(StoryMember member, CancellationToken cancellation)
    {
        var made = (await new CreateMember(Writer, hasher).RunAsync(
            Actor.Operator, new(member.Name, null, member.Email, member.SignIn ? DemoCommunity.Password : null), cancellation)).Required;
        actors[member.Key] = Actor.Member(made.Id);
        if (member.Title is not null)
            await Writer.RunAsync<Done>(Actor.Operator, async (deed, cancellation) =>
            {
                await deed.Db.Users.Where(m => m.Id == made.Id)
                    .ExecuteUpdateAsync(set => set.SetProperty(m => m.StaffTitle, member.Title).SetProperty(m => m.Signature, member.Signature), cancellation);
                return new Done();
            }, cancellation);
        if (member.Role is null && member.Moderates is null)
            return;
        var role = member.Role is null ? SiteRole.Moderator : SiteRoles.Parse(member.Role)!.Value;
        _ = (await new GrantRole(Writer).RunAsync(Actor.Operator, made.Handle, role, member.Moderates, cancellation)).Required;
    }

    private async Task AskAsync(StoryTopic topic, List<long> posts, CancellationToken cancellation)
    {
        var asked = (await new AskQuestion(Writer, writings, unlimited).RunAsync(
            actors[topic.By], new(topic.Board, topic.Title, topic.Text, topic.Tags ?? [], null), cancellation)).Required;
        topics[topic.Title] = asked.TopicId;
        posts.Add(asked.PostId);
    }

    private async Task ReplyAsync(StoryTopic topic, StoryReply reply, List<long> posts, CancellationToken cancellation) =>
        posts.Add((await new PostReply(Writer, writings, unlimited).RunAsync(
            actors[reply.By], new(topics[topic.Title], reply.Text, reply.ReplyTo is { } number ? posts[number - 1] : null, null), cancellation)).Required.PostId);

    /// <summary>Remembers who upvotes: each post begins with another voter, so that nobody has upvoted everything.</summary>
    private Task UpvoteAsync(StoryTopic topic, long postId, string author, int count)
    {
        var voters = actors.Where(a => a.Key != author).Select(a => a.Value.MemberId!.Value).ToList();
        upvotes.AddRange(Enumerable.Range(0, count).Select(i =>
            new Cast(topic, postId, actors[author].MemberId!.Value, voters[(int)((postId + i) % voters.Count)], clock.Now.UtcDateTime)));
        return Task.CompletedTask;
    }

    private Task CastAsync(CancellationToken cancellation) => Writer.RunAsync<Done>(Actor.Operator, async (deed, cancellation) =>
    {
        var db = deed.Db;
        var boards = await db.Boards.ToDictionaryAsync(b => b.Slug, b => b.Id, cancellation);
        db.Votes.AddRange(upvotes.Select(u => new Vote { PostId = u.PostId, MemberId = u.VoterId, Cast = u.At, Day = DateOnly.FromDateTime(u.At) }));
        db.PointEntries.AddRange(upvotes.Select(u => new PointEntry
        {
            MemberId = u.AuthorId,
            Reason = PointReason.Upvote,
            PostId = u.PostId,
            ActorId = u.VoterId,
            Delta = PointEntry.ForUpvote,
            At = u.At,
        }));
        await db.SaveChangesAsync(cancellation);
        var counted = (await db.Votes.Counted(db).Select(v => new { v.PostId, v.MemberId }).ToListAsync(cancellation)).ConvertAll(v => (v.PostId, v.MemberId)).ToHashSet();
        db.UpvoteDays.AddRange(upvotes.Where(u => counted.Contains((u.PostId, u.VoterId))).GroupBy(u => (Day: DateOnly.FromDateTime(u.At), u.Topic.Board, u.AuthorId)).Select(g => new UpvoteDay
        {
            Day = g.Key.Day,
            BoardId = boards[g.Key.Board],
            MemberId = g.Key.AuthorId,
            Upvotes = g.Count(),
        }));
        await db.SaveChangesAsync(cancellation);
        foreach (var post in upvotes.GroupBy(u => u.PostId))
            await db.Posts.Where(p => p.Id == post.Key).ExecuteUpdateAsync(set => set.SetProperty(p => p.Score, post.Count()), cancellation);
        foreach (var topic in story.Topics)
            await db.Topics.Where(t => t.Id == topics[topic.Title]).ExecuteUpdateAsync(set => set.SetProperty(t => t.Score, topic.Votes).SetProperty(t => t.Views, topic.Views), cancellation);
        foreach (var author in upvotes.GroupBy(u => u.AuthorId))
            await db.Users.Where(m => m.Id == author.Key).ExecuteUpdateAsync(set => set.SetProperty(m => m.Points, m => m.Points + author.Count() * PointEntry.ForUpvote), cancellation);
        return new Done();
    }, cancellation);

    private async Task TakeOutAsync(StoryReply reply, string by, long postId, CancellationToken cancellation) =>
        _ = (by == reply.By
            ? await new DeletePost(Writer).RunAsync(actors[by], postId, cancellation)
            : await new HidePost(Writer).RunAsync(actors[by], postId, null, cancellation)).Required;

    private Task SettleAsync(StoryTopic topic, CancellationToken cancellation) =>
        Writer.RunAsync<Done>(Actor.Operator, async (deed, cancellation) =>
        {
            var id = topics[topic.Title];
            if (topic.Pinned)
            {
                deed.Db.Pins.Add(new Pin { TopicId = id, Everywhere = false, At = deed.Now });
                await deed.Db.Topics.Where(t => t.Id == id).ExecuteUpdateAsync(set => set.SetProperty(t => t.Pinned, true), cancellation);
            }
            if (topic.DuplicateOf is { } original)
                deed.Db.Closures.Add(new Closure { TopicId = id, Reason = ClosureReason.Duplicate, DuplicateOfId = topics[original], Closed = deed.Now });
            if (topic.Closed is { } reason)
                deed.Db.Closures.Add(new Closure { TopicId = id, Reason = reason, Closed = deed.Now });
            return new Done();
        }, cancellation);

    /// <summary>One thing that happened, at its moment.</summary>
    private sealed record Step(DateTimeOffset At, Func<CancellationToken, Task> TellAsync);

    /// <summary>One upvote.</summary>
    private sealed record Cast(StoryTopic Topic, long PostId, long AuthorId, long VoterId, DateTime At);

    /// <summary>A clock that is set to the moment being told.</summary>
    private sealed class StoryClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
