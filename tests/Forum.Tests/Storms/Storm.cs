using System.Collections.Concurrent;
using Forum.Boards;
using Forum.Following;
using Forum.Jobs;
using Forum.Members;
using Forum.Moderation;
using Forum.Solutions;
using Forum.Standing;
using Forum.Tests.Standing;
using Forum.Topics;
using Forum.Votes;
using Microsoft.EntityFrameworkCore;
using Xunit.Sdk;

namespace Forum.Tests.Storms;

/// <summary>A forum with four boards and members of every kind, all limits on, through which a plan of random deeds blows.</summary>
public sealed class Storm : IAsyncDisposable
{
    public const int Members = 50;

    /// <summary>The first of them have a role or the highest trust.</summary>
    public const int Powerful = 12;

    /// <summary>The posts that are there before: in each topic its question and two replies.</summary>
    public static readonly IReadOnlyList<int> Before = [.. Enumerable.Range(1, 24).Select(i => -i)];

    public static readonly IReadOnlyList<int> RepliesBefore = [.. Before.Where(i => i % 3 != 0)];

    private static readonly string[] boards = ["help", "club", "talk", "back"];
    private static readonly TimeSpan betweenDeeds = TimeSpan.FromSeconds(45);

    private readonly TestForum forum;
    private readonly List<Member> members = [];
    private readonly ConcurrentDictionary<int, PostedPost> made = [];
    private readonly ConcurrentQueue<string> failures = [];

    /// <summary>How many of each were done, and how many refused.</summary>
    public ConcurrentDictionary<(Blow Blow, bool Done), int> Outcomes { get; } = [];

    private Storm(TestForum forum) => this.forum = forum;

    public static async Task<Storm> RiseAsync()
    {
        var storm = new Storm(await TestForum.StartAsync(options => options.Limits.Enabled = true));
        await storm.PeopleAsync();
        await storm.TopicsAsync();
        return storm;
    }

    private async Task PeopleAsync()
    {
        await forum.BoardAsync(boards[0]);
        await forum.BoardAsync(boards[1], read: ReadAccess.Members);
        await forum.BoardAsync(boards[2], BoardKind.Conversation);
        await forum.BoardAsync(boards[3], read: ReadAccess.Staff);
        _ = (await forum.Get<ChangeBoard>().RunAsync(Actor.Operator, new(boards[0], AllowsWiki: true), default)).Required;
        _ = (await forum.Get<ChangeBoard>().RunAsync(Actor.Operator, new(boards[1], AutoCloseHours: 2, Solutions: 3), default)).Required;
        await forum.TagsAsync("one", "two", "three", "four");
        for (var i = 0; i < Members; i++)
        {
            // Upvotes of those who come later do not count at first.
            if (i == Members / 2)
                forum.Clock.Advance(TimeSpan.FromDays(4));
            members.Add((await forum.Get<CreateMember>().RunAsync(Actor.Operator, new($"Ines Rosa{i}", null, $"m{i}@example.org", null), default)).Required);
            var (role, board, trust) = i switch
            {
                0 => (SiteRole.Admin, null, 2),
                1 => (SiteRole.Manager, null, 2),
                2 or 3 => (SiteRole.Moderator, null, 1),
                4 or 5 => (SiteRole.Staff, null, 0),
                < 9 => (SiteRole.Moderator, boards[i % 3], 2),
                < Powerful => (SiteRole.None, (string?)null, 4),
                _ => (SiteRole.None, null, i % 4),
            };
            if (role != SiteRole.None)
                _ = (await forum.Get<GrantRole>().RunAsync(Actor.Operator, members[i].Handle, role, board, default)).Required;
            if (trust > 0)
                _ = (await forum.Get<SetTrust>().RunAsync(Actor.Operator, members[i].Handle, (byte)trust, null, default)).Required;
        }
    }

    private async Task TopicsAsync()
    {
        foreach (var at in Before.Reverse())
        {
            forum.Clock.Advance(TimeSpan.FromMinutes(3));
            // Two are so popular that a day's upvotes give them no more points.
            var (asker, helper) = (Actor.Member(members[6 - at % 9].Id), Actor.Member(members[10 + at % 3 % 2].Id));
            made[at] = at % 3 == 0 ? await forum.AskAsync(asker, boards[at % 12 == 0 ? 2 : at % 9 == 0 ? 1 : 0], tags: ["one", "two"]) : await forum.ReplyAsync(helper, made[at - (at % 3 + 3)].TopicId, $"Choose Transfer {-at} times.");
        }
        _ = (await forum.Get<ChangeBoard>().RunAsync(Actor.Operator, new(boards[2], ApprovesNewcomers: true), default)).Required;
    }

    /// <summary>Does the plan with so many at work at once and says what is wrong afterwards: nothing, if all is well.</summary>
    public async Task<IReadOnlyList<string>> BlowAsync(IReadOnlyList<Gust> plan, int workers)
    {
        await Parallel.ForEachAsync(plan, new ParallelOptions { MaxDegreeOfParallelism = workers }, async (gust, _) =>
        {
            forum.Clock.Advance(betweenDeeds);
            try
            {
                Outcomes.AddOrUpdate((gust.Blow, await DoAsync(gust) is null), 1, (_, count) => count + 1);
            }
            catch (Exception exception)
            {
                failures.Enqueue($"{gust} threw {exception}");
            }
        });
        await TendAsync();
        return [.. failures, .. await DamageAsync()];
    }

    private async Task<Refusal?> DoAsync(Gust gust)
    {
        var (who, pick) = (Actor.Member(members[gust.Who].Id), gust.Pick);
        var post = made.GetValueOrDefault(gust.Post) ?? new(0, "", 0, 0);
        var tags = new[] { Tag(pick), Tag(pick / 7) }.Distinct().ToList();
        switch (gust.Blow)
        {
            case Blow.Ask: return await MakeAsync(gust, forum.Get<AskQuestion>().RunAsync(who, new(boards[pick % 3 > 0 ? 0 : pick % 4], $"{Scenario.Question} {gust.At}", $"{Scenario.Body} {gust.At}", tags, $"{gust.At}"), default));
            case Blow.Reply: return await MakeAsync(gust, forum.Get<PostReply>().RunAsync(who, new(post.TopicId, $"A reply of some words, the {gust.At}th.", pick % 3 == 0 ? post.PostId : null, $"{gust.At}"), default));
            case Blow.Note: return await MakeAsync(gust, forum.Get<WriteNote>().RunAsync(who, new(post.TopicId, $"A note of some words, the {gust.At}th.", pick % 2 == 0 ? post.PostId : null, $"{gust.At}"), default));
            case Blow.Edit: return (await forum.Get<EditPost>().RunAsync(pick % 2 == 0 ? who : await AuthorAsync(post), new(post.PostId, await VersionAsync(post), $"{Scenario.Body} Changed by the {gust.At}th."), default)).Refusal;
            case Blow.RollBack:
                var changed = await ChangedAsync(pick);
                return (await forum.Get<RollBackPost>().RunAsync(who, changed.PostId, 1, await VersionAsync(changed), null, default)).Refusal;
            case Blow.Retag: return await RetagAsync(who, post, tags);
            case Blow.Delete: return (await forum.Get<DeletePost>().RunAsync(pick % 2 == 0 ? who : await AuthorAsync(post), post.PostId, default)).Refusal;
            case Blow.Hide: return (await forum.Get<HidePost>().RunAsync(who, post.PostId, "why", default)).Refusal;
            case Blow.Restore: return (await forum.Get<RestorePost>().RunAsync(who, post.PostId, default)).Refusal;
            case Blow.Upvote: return (await forum.Get<Upvote>().RunAsync(who, post.PostId, default)).Refusal;
            case Blow.TakeBack: return (await forum.Get<TakeBackUpvote>().RunAsync(who, post.PostId, default)).Refusal;
            case Blow.Accept: return (await forum.Get<AcceptSolution>().RunAsync(pick % 2 == 0 ? who : await AskerAsync(post), post.TopicId, post.PostId, default)).Refusal;
            case Blow.Unmark: return (await forum.Get<UnmarkSolution>().RunAsync(pick % 2 == 0 ? who : await AskerAsync(post), post.TopicId, await SolutionAsync(post, pick), null, default)).Refusal;
            case Blow.Doubt: return (await forum.Get<DoubtSolution>().RunAsync(who, post.TopicId, await SolutionAsync(post, pick), "It is gone.", default)).Refusal;
            case Blow.TakeBackDoubt:
                var doubt = await DoubtAsync(pick);
                return (await forum.Get<TakeBackDoubt>().RunAsync(pick % 2 == 0 ? who : Actor.Member(doubt.MemberId), doubt.TopicId, doubt.PostId, default)).Refusal;
            case Blow.Judge:
                var judged = await MarkedAsync(pick);
                return (await forum.Get<JudgeSolution>().RunAsync(who, new(judged.TopicId, judged.PostId, pick % 2 == 0, "It is gone.", pick % 3 == 0 ? null : judged.TopicId, 2 + pick % 3), default)).Refusal;
            case Blow.MeToo: return (await forum.Get<SayMeToo>().RunAsync(who, post.TopicId, default)).Refusal;
            case Blow.NotMeToo: return (await forum.Get<TakeBackMeToo>().RunAsync(who, post.TopicId, default)).Refusal;
            case Blow.Close:
                var other = made.Values.ElementAtOrDefault(pick % (made.Count + 1))?.TopicId;
                return (await forum.Get<CloseTopic>().RunAsync(who, new(post.TopicId, (ClosureReason)(pick % 5), other, "As said elsewhere."), default)).Refusal;
            case Blow.Reopen: return (await forum.Get<ReopenTopic>().RunAsync(who, post.TopicId, default)).Refusal;
            case Blow.Move: return (await forum.Get<ArrangeTopic>().RunAsync(who, new(post.TopicId, Board: boards[pick % 4]), default)).Refusal;
            case Blow.Split:
                return (await forum.Get<MovePosts>().RunAsync(who, new(post.PostId, (MovedPart)(pick % 3), pick % 2 == 0 ? null : made.Values.ElementAtOrDefault(pick % (made.Count + 1))?.TopicId ?? 0, $"{Scenario.Question} Split {gust.At}", boards[pick % 4]), default)).Refusal;
            case Blow.Merge:
                return (await forum.Get<MergeTopics>().RunAsync(who, post.TopicId, made.Values.ElementAtOrDefault(pick % (made.Count + 1))?.TopicId ?? 0, null, default)).Refusal;
            case Blow.Flag: return (await forum.Get<FlagPost>().RunAsync(who, new(post.PostId, pick % 2 == 0 ? FlagReason.Spam : FlagReason.Other, "It is not right."), default)).Refusal;
            case Blow.Decide: return (await forum.Get<DecideReview>().RunAsync(who, await ReviewAsync(pick), (Verdict)(pick % 3), null, default)).Refusal;
            case Blow.MakeWiki: return (await forum.Get<MakeWiki>().RunAsync(pick % 2 == 0 ? who : await AuthorAsync(post), post.PostId, default)).Refusal;
            case Blow.UnmakeWiki: return (await forum.Get<UnmakeWiki>().RunAsync(pick % 2 == 0 ? who : await AuthorAsync(post), post.PostId, default)).Refusal;
            case Blow.MergeTag: return (await forum.Get<MergeTag>().RunAsync(who, Tag(pick), Tag(pick / 7), default)).Refusal;
            case Blow.FreeSynonym: return (await forum.Get<FreeSynonym>().RunAsync(who, Tag(pick), default)).Refusal;
            case Blow.RenameTag: return (await forum.Get<RenameTag>().RunAsync(who, Tag(pick), $"renamed-{pick % 40}", default)).Refusal;
            case Blow.Grant: return (await forum.Get<GrantRole>().RunAsync(who, Handle(pick), (SiteRole)(1 << pick % 3), pick % 5 == 0 ? boards[pick % 4] : null, default)).Refusal;
            case Blow.Revoke: return (await forum.Get<RevokeRole>().RunAsync(who, Handle(pick), (SiteRole)(1 << pick % 3), null, default)).Refusal;
            case Blow.SetTrust: return (await forum.Get<SetTrust>().RunAsync(who, Handle(pick), (byte)(pick % 5), null, default)).Refusal;
            case Blow.Read:
                if (post.TopicId > 0)
                    forum.Get<ReadMarks>().Note(members[gust.Who].Id, post.TopicId, 1 + pick % 5);
                return null;
            case Blow.Tend: await TendAsync(); return null;
            default: throw new ArgumentOutOfRangeException(nameof(gust), gust, null);
        }
    }

    private static string Tag(int pick) => pick % 11 == 0 ? $"renamed-{pick % 40}" : pick % 5 == 0 ? $"new-{pick % 9}" : new[] { "one", "two", "three", "four" }[pick % 4];

    /// <summary>Roles and trust change for those who have no say from the start, and now and then for the others.</summary>
    private string Handle(int pick) => members[pick % 4 == 0 ? 1 + pick % (Members - 1) : Powerful + pick % (Members - Powerful)].Handle;

    private async Task<Refusal?> MakeAsync(Gust gust, Task<Result<PostedPost>> making)
    {
        var result = await making;
        if (result.Refusal is null)
            made[gust.At] = result.Required;
        return result.Refusal;
    }

    private async Task<Refusal?> RetagAsync(Actor who, PostedPost post, List<string> tags)
    {
        await using var db = forum.Db();
        var first = await db.Posts.AsNoTracking().SingleOrDefaultAsync(p => p.TopicId == post.TopicId && p.Number == 1);
        return (await forum.Get<EditPost>().RunAsync(who, new(first?.Id ?? 0, first?.Version ?? 1, first?.Markdown ?? Scenario.Body, Tags: tags), default)).Refusal;
    }

    private async Task<int> VersionAsync(PostedPost post)
    {
        await using var db = forum.Db();
        return await db.Posts.Where(p => p.Id == post.PostId).Select(p => p.Version).SingleOrDefaultAsync();
    }

    private async Task<Actor> AuthorAsync(PostedPost post)
    {
        await using var db = forum.Db();
        return Actor.Member(await db.Posts.Where(p => p.Id == post.PostId).Select(p => p.AuthorId).SingleOrDefaultAsync());
    }

    private async Task<Actor> AskerAsync(PostedPost post)
    {
        await using var db = forum.Db();
        return Actor.Member(await db.Topics.Where(t => t.Id == post.TopicId).Select(t => t.AuthorId).SingleOrDefaultAsync());
    }

    private async Task<long> SolutionAsync(PostedPost post, int pick)
    {
        await using var db = forum.Db();
        var marked = await db.Solutions.Where(s => s.TopicId == post.TopicId).OrderBy(s => s.Slot).Select(s => s.PostId).ToListAsync();
        return marked.Count == 0 ? 0 : marked[pick / 3 % marked.Count];
    }

    /// <summary>A solution that there is, one after the other.</summary>
    private async Task<PostedPost> MarkedAsync(int pick)
    {
        await using var db = forum.Db();
        var marked = await db.Solutions.OrderBy(s => s.PostId).Select(s => new PostedPost(s.TopicId, "", s.PostId, 0)).ToListAsync();
        return marked.Count == 0 ? new(0, "", 0, 0) : marked[pick % marked.Count];
    }

    private async Task<(long MemberId, long TopicId, long PostId)> DoubtAsync(int pick)
    {
        await using var db = forum.Db();
        var doubts = await db.Doubts.OrderBy(d => d.PostId).ThenBy(d => d.MemberId).Select(d => new { d.MemberId, d.Post.TopicId, d.PostId }).ToListAsync();
        if (doubts.Count == 0)
            return default;
        var doubt = doubts[pick % doubts.Count];
        return (doubt.MemberId, doubt.TopicId, doubt.PostId);
    }

    private async Task<PostedPost> ChangedAsync(int pick)
    {
        await using var db = forum.Db();
        var changed = await db.Revisions.Select(r => r.PostId).Distinct().OrderBy(id => id).ToListAsync();
        return new(0, "", changed.Count == 0 ? 0 : changed[pick % changed.Count], 0);
    }

    private async Task<long> ReviewAsync(int pick)
    {
        await using var db = forum.Db();
        var open = await db.Reviews.Where(r => r.Decided == null).OrderBy(r => r.Id).Select(r => r.Id).ToListAsync();
        return open.Count == 0 ? 0 : open[pick % open.Count];
    }

    /// <summary>What the forum does by itself from time to time.</summary>
    private async Task TendAsync()
    {
        await forum.Get<ReadMarks>().FlushAsync(default);
        await forum.Get<BadgeRounds>().JudgeNewAsync(default);
        _ = (await forum.Get<CloseQuietTopics>().RunAsync(Actor.Operator, default)).Required;
        _ = (await forum.Get<ReviewTrust>().RunAsync(Actor.Operator, default)).Required;
    }

    private async Task<IReadOnlyList<string>> DamageAsync()
    {
        List<string> damage = [.. (await forum.Get<Doctor>().RunAsync(Actor.Operator, repair: false, null, default)).Required.Findings.Select(f => $"{f.Count} {f.What}: {string.Join(", ", f.Examples)}")];
        foreach (var rule in new[] { Recount.AssertEverythingAsync, LedgerRules.AssertAsync })
            try
            {
                await rule(forum);
            }
            catch (XunitException broken)
            {
                damage.Add($"{broken.Message} {broken.StackTrace}");
            }
        return damage;
    }

    public ValueTask DisposeAsync() => forum.DisposeAsync();
}
