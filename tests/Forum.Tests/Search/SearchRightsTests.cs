using Forum.Boards;
using Forum.Members;
using Forum.Search;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;

namespace Forum.Tests.Search;

/// <summary>Who finds what: each role, on each kind of board, in each state of a topic and its posts, by every way that the search answers.</summary>
public sealed class SearchRightsTests(SearchRightsTests.Scene scene) : IClassFixture<SearchRightsTests.Scene>
{
    public enum Who
    {
        Visitor,
        Member,
        Suspended,
        Staff,
        Moderator,
        Manager,
        Admin,
        ModeratorOfThatBoard,
        ModeratorOfAnotherBoard,
        AdminByATokenToRead,
        Operator,
    }

    public enum State
    {
        Visible,
        Solved,
        HiddenTopic,
        DeletedTopic,
        HiddenReply,
        DeletedReply,
        HiddenSolution,
    }

    private static readonly State[] states = Enum.GetValues<State>();

    private static readonly string[] boards = ["open", "inner", "secret", "kept", "below"];

    /// <summary>The boards that each role reads: for everybody, for members, for staff, for staff with a moderator of its own, and an open one below one for staff.</summary>
    public static TheoryData<Who, string[]> Table => new()
    {
        { Who.Visitor, ["open", "below"] },
        { Who.Member, ["open", "below", "inner"] },
        { Who.Suspended, ["open", "below", "inner"] },
        { Who.ModeratorOfAnotherBoard, ["open", "below", "inner"] },
        { Who.AdminByATokenToRead, ["open", "below", "inner"] },
        { Who.ModeratorOfThatBoard, ["open", "below", "inner", "kept"] },
        { Who.Staff, boards },
        { Who.Moderator, boards },
        { Who.Manager, boards },
        { Who.Admin, boards },
        { Who.Operator, boards },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public async Task Everybody_finds_what_they_may_read_and_nothing_else_is_found_counted_suggested_or_cited(Who who, string[] readable)
    {
        var (forum, topics, actor) = (scene.Forum, scene.Topics, scene.Actors[who]);
        var (search, inside, suggestions, similar) = (forum.Engine.Get<SearchQueries>(), forum.Engine.Get<TopicSearchQueries>(), forum.Engine.Get<Suggestions>(), forum.Engine.Get<SimilarQuestions>());
        await using var db = forum.Engine.Db();
        var rights = await db.RightsOfAsync(actor, forum.Engine.Clock.GetUtcNow().UtcDateTime, default);
        bool Sees(string board, State state) => readable.Contains(board) && state is not (State.HiddenTopic or State.DeletedTopic);
        var seen = topics.Where(t => Sees(t.Key.Board, t.Key.State)).ToDictionary();

        // All at once: what is found, and each of its counts.
        var found = await search.SearchAsync(actor, new("porter", Size: 100, Counted: true, Explained: true), default);
        Assert.Equal(seen.Values.Select(t => t.Title).Order(), found.Items.Select(i => i.Title).Order());
        Assert.Equal(seen.Count, found.Total);
        Assert.Equal(readable.Order(), found.Counts!.Boards.Select(b => b.Value).Order());
        Assert.All(found.Counts.Boards, b => Assert.Equal(seen.Keys.Count(t => t.Board == b.Value || b.Value == "secret" && t.Board == "below"), b.Topics));
        Assert.Equal(readable.Select(TagOf).Order(), found.Counts.Tags.Select(t => t.Value).Order());
        Assert.All(found.Counts.Tags, t => Assert.Equal(seen.Keys.Count(k => TagOf(k.Board) == t.Value), t.Topics));
        var solved = seen.Keys.Count(t => t.State is State.Solved or State.HiddenSolution);
        Assert.Equal((solved, seen.Count - solved), (found.Counts.Solved, found.Counts.Unsolved));
        Assert.All(found.Counts.Periods, p => Assert.Equal(seen.Count, p.Topics));
        Assert.All(found.Items, i => Assert.DoesNotContain("gone", SnippetHtml.Of(i.Snippet), StringComparison.Ordinal));

        // One by one: by the words of its title, of its question and of its reply, by its board and by its tag.
        foreach (var ((board, state), topic) in topics)
        {
            var (name, sees) = ($"{board}{state}".ToLowerInvariant(), Sees(board, state));
            foreach (var word in new[] { $"title{name}", $"question{name}", $"reply{name}" })
            {
                var finds = sees && !(word.StartsWith("reply", StringComparison.Ordinal) && IsReplyGone(state));
                var hits = await search.SearchAsync(actor, new(word, Counted: true), default);
                Assert.True((finds ? 1 : 0) == hits.Total, $"{who} finds {hits.Total} by {word}");
                Assert.Equal(finds, hits.Counts is not null);
            }
            // What one may not find is not what a misspelled word was meant to be either.
            Assert.Equal(sees && !IsReplyGone(state) ? $"reply{name}" : null, (await search.SearchAsync(actor, new($"reply{name[..^1]}q"), default)).Corrected);
            Assert.Equal(sees, (await search.SearchAsync(actor, new("porter", Board: board, Tag: TagOf(board), Size: 100), default)).Items.Any(i => i.TopicId == topic.Id));
            Assert.Equal(sees, (await suggestions.FindAsync(actor, $"title{name}"[..^1], default)).Topics.Any(t => t.Id == topic.Id));
            var like = await similar.FindAsync(actor, topic.Title, null, 20, default);
            Assert.Equal(sees, like.Any(t => t.TopicId == topic.Id));
            Assert.DoesNotContain(like, t => t.Solution?.Contains("gone", StringComparison.Ordinal) == true);

            var within = await inside.SearchAsync(actor, topic.Id, "porter", 1, default);
            Assert.Equal(sees, within.Refusal is null);
            if (sees)
                Assert.All(within.Required.Items, p => Assert.DoesNotContain("gone", SnippetHtml.Of(p.Snippet), StringComparison.Ordinal));
        }

        // Beside a topic that all may read, kept for others of the same rights.
        foreach (var _ in new[] { "made", "kept" })
            Assert.All(await similar.BesideAsync(rights, topics[("open", State.Visible)].Id, "Where is the porter kept?", 20, default), t => Assert.Contains(t.TopicId, seen.Values.Select(s => s.Id)));
        foreach (var board in boards)
            Assert.Equal(readable.Contains(board), (await suggestions.FindAsync(actor, TagOf(board)[..^1], default)).Tags.Contains(TagOf(board)));
    }

    private static bool IsReplyGone(State state) => state is State.HiddenReply or State.DeletedReply or State.HiddenSolution;

    private static string TagOf(string board) => $"tagof{board}";

    /// <summary>On each board a topic in each state, and somebody in each role.</summary>
    public sealed class Scene : IAsyncLifetime
    {
        internal SearchForum Forum { get; private set; } = null!;

        internal Dictionary<(string Board, State State), Topic> Topics { get; } = [];

        internal Dictionary<Who, Actor> Actors { get; } = new() { [Who.Visitor] = Actor.Visitor, [Who.Operator] = Actor.Operator };

        public async Task InitializeAsync()
        {
            Forum = await SearchForum.StartAsync();
            var secret = await Forum.BoardAsync("secret", ReadAccess.Staff);
            var made = new Dictionary<string, Board>
            {
                ["open"] = await Forum.BoardAsync("open", ReadAccess.Everyone),
                ["inner"] = await Forum.BoardAsync("inner", ReadAccess.Members),
                ["secret"] = secret,
                ["kept"] = await Forum.BoardAsync("kept", ReadAccess.Staff),
                ["below"] = await Forum.BoardAsync("below", ReadAccess.Everyone, parent: secret.Id),
            };
            foreach (var (slug, board) in made)
                foreach (var state in states)
                    Topics[(slug, state)] = await TopicAsync(slug, board, state);
            foreach (var who in Enum.GetValues<Who>().Except(Actors.Keys))
                Actors[who] = await ActorAsync(who, made);
            await Forum.CaughtUpAsync();
        }

        public async Task DisposeAsync() => await Forum.DisposeAsync();

        private async Task<Topic> TopicAsync(string slug, Board board, State state)
        {
            var name = $"{slug}{state}".ToLowerInvariant();
            var topic = await Forum.AskAsync($"Where is the porter, title{name}?", $"The porter, question{name}.", board, null, TagOf(slug));
            await Forum.ReplyAsync(topic, "A reply that says nothing.");
            var reply = await Forum.ReplyAsync(topic, $"The porter porter is {(IsReplyGone(state) ? "gone" : "there")}, reply{name}.");
            if (state is State.Solved or State.HiddenSolution)
                await Forum.AcceptAsync(reply);
            if (IsReplyGone(state))
                await Forum.ShowAsync(topic.Id, 3, state == State.DeletedReply ? Visibility.Deleted : Visibility.Hidden);
            if (state is State.HiddenTopic or State.DeletedTopic)
                await Forum.ShowAsync(topic.Id, 1, state == State.HiddenTopic ? Visibility.Hidden : Visibility.Deleted);
            return topic;
        }

        private async Task<Actor> ActorAsync(Who who, Dictionary<string, Board> boards)
        {
            var role = who switch { Who.Staff => SiteRole.Staff, Who.Moderator => SiteRole.Moderator, Who.Manager => SiteRole.Manager, Who.Admin or Who.AdminByATokenToRead => SiteRole.Admin, _ => SiteRole.None };
            var member = await Forum.MemberAsync($"reader{who}", "Rita Reader", role);
            await Forum.WriteAsync(async deed =>
            {
                if (who == Who.Suspended)
                    await deed.Db.Users.Where(m => m.Id == member.Id).ExecuteUpdateAsync(set => set.SetProperty(m => m.SuspendedUntil, deed.Now.AddDays(1)));
                if (who is Who.ModeratorOfThatBoard or Who.ModeratorOfAnotherBoard)
                    deed.Db.BoardModerators.Add(new BoardModerator { BoardId = boards[who == Who.ModeratorOfThatBoard ? "kept" : "open"].Id, MemberId = member.Id });
                return 0;
            });
            return Actor.Member(member.Id, who == Who.AdminByATokenToRead ? Power.Member : Power.Full);
        }
    }
}
