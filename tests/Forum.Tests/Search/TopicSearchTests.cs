using Forum.Boards;
using Forum.Members;
using Forum.Search;
using Forum.Tests.Data;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;

namespace Forum.Tests.Search;

public sealed class TopicSearchTests
{
    [Fact]
    public async Task The_posts_that_fit_best_come_first_with_their_words_marked()
    {
        await using var forum = await SearchForum.StartAsync();
        var topic = await forum.AskAsync("Which glass for which beer?", "I have one glass for all of them.");
        await forum.ReplyAsync(topic, "A weizen wants a tall glass, rinsed with cold water.");
        await forum.ReplyAsync(topic, "Cold water keeps the foam.");
        var solution = await forum.ReplyAsync(topic, "Anything will do.", await forum.MemberAsync("bo", "Bo Brewer"));
        await forum.AcceptAsync(solution);
        await forum.AskAsync("A rinsed glass elsewhere", "Tall and rinsed.");

        Assert.Equal([2, 3], Numbers(await FindAsync(forum, topic, "rinsed in cold water")));
        var tall = await FindAsync(forum, topic, "a tall glass");
        Assert.Equal([2, 1], Numbers(tall));
        Assert.Equal(["tall", "glass"], tall.Items[0].Snippet.Where(s => s.IsMatch).Select(s => s.Text));
        Assert.Equal((2, "Ada A", false), (tall.Total, tall.Items[0].Author.DisplayName, tall.Items[0].IsSolution));
        Assert.Equal([1], Numbers(await FindAsync(forum, topic, "all of them")));
        var accepted = Assert.Single((await FindAsync(forum, topic, "anything")).Items);
        Assert.Equal((4, true, solution.Id, "Bo B"), (accepted.Number, accepted.IsSolution, accepted.PostId, accepted.Author.DisplayName));
    }

    [Fact]
    public async Task Phrases_words_to_leave_out_writers_and_days_mean_what_they_mean_everywhere()
    {
        await using var forum = await SearchForum.StartAsync();
        var topic = await forum.AskAsync("How long does it keep?", "Pale malt, crushed, in a paper bag.");
        await forum.ReplyAsync(topic, "Crushed pale malt keeps for a month.", await forum.MemberAsync("bo", "Bo Brewer"));
        await forum.ReplyAsync(topic, "Malt keeps for a year, uncrushed.");
        forum.Engine.Clock.Advance(TimeSpan.FromDays(2));
        await forum.ReplyAsync(topic, "Malt keeps as long as it is dry.");
        await forum.ReplyAsync(topic, "```\ndry(grain)\n```");

        async Task Finds(string query, params int[] numbers) => Assert.Equal(numbers, Numbers(await FindAsync(forum, topic, query)).Order());
        await Finds("malt", 1, 2, 3, 4);
        await Finds("\"pale malt\"", 1, 2);
        await Finds("\"malt pale\"");
        await Finds("malt -crushed", 3, 4);
        await Finds("malt -\"pale malt\"", 3, 4);
        await Finds("malt user:bo", 2);
        await Finds("user:asker", 1, 3, 4, 5);
        await Finds("malt after:2026-03-03", 4);
        await Finds("malt before:2026-03-03", 1, 2, 3);
        await Finds("user:nobody");
        await Finds("has:code", 5);
        await Finds("malt has:code");
        await Finds("score:>0");
        await Finds("malt score:0", 1, 2, 3, 4);
        await Finds("board:nowhere malt");
        await Finds("");
        await Finds(" -crushed user:bo");
    }

    [Fact]
    public async Task A_topic_of_a_thousand_replies_is_searched_like_a_short_one()
    {
        var queries = new CountedQueries();
        await using var forum = await SearchForum.StartAsync(add: queries.Attach);
        var topic = await forum.AskAsync("A thousand replies about grain", "Tell me all of it.");
        await forum.ReplyAsync(topic, "Grain.");
        TopicSearchResults found = null!;
        async Task Search(string query, int page = 1) => found = await FindAsync(forum, topic, query, page: page);
        await forum.CaughtUpAsync();
        var few = await queries.OfAsync(() => Search("grain"));

        await forum.WriteAsync(async deed =>
        {
            deed.Db.Posts.AddRange(Enumerable.Range(3, 999).Select(number => new Post
            {
                TopicId = topic.Id,
                Number = number,
                AuthorId = forum.Asker.Id,
                Created = deed.Now,
                RendererVersion = 1,
                Markdown = "",
                Text = number == 777 ? "One needle among the grain." : $"Grain, and grain again, as told in number {number}.",
            }));
            await deed.Db.SaveChangesAsync();
            deed.Tell(new Forum.Outbox.TopicsImported(topic.Id, topic.Id, topic.BoardId));
            return 0;
        });
        await forum.CaughtUpAsync();

        await Search("needle");
        Assert.Equal([777], Numbers(found));
        Assert.Equal(few, await queries.OfAsync(() => Search("grain")));
        Assert.Equal((1000, Paging.PageSize), (found.Total, found.Items.Count));
        var seen = new List<int>(Numbers(found));
        while (found.Next is { } next)
        {
            await Search("grain", next);
            seen.AddRange(Numbers(found));
        }
        Assert.Equal(TopicSearchQueries.MaxPosts, seen.Distinct().Count());
        Assert.Equal(seen.Count, seen.Distinct().Count());
    }

    [Fact]
    public async Task What_one_may_not_read_is_not_found()
    {
        await using var forum = await SearchForum.StartAsync();
        var staff = Actor.Member((await forum.MemberAsync("boss", "Bob Boss", SiteRole.Moderator)).Id);
        var topic = await forum.AskAsync("A porter for everyone here", "porter");
        foreach (var sight in new[] { Visibility.Visible, Visibility.Hidden, Visibility.Deleted, Visibility.StaffNote })
        {
            var post = await forum.ReplyAsync(topic, $"porter {sight}");
            await forum.ShowAsync(topic.Id, post.Number, sight);
        }
        foreach (var actor in new[] { Actor.Visitor, Actor.Member(forum.Asker.Id), staff })
        {
            var found = await FindAsync(forum, topic, "porter", actor);
            Assert.Equal([1, 2], Numbers(found).Order());
            Assert.Equal(2, found.Total);
        }

        var secret = await forum.AskAsync("A porter for the staff alone", "porter", await forum.BoardAsync("secret", ReadAccess.Staff));
        Assert.Equal([1], Numbers(await FindAsync(forum, secret, "porter", staff)));
        var hidden = await forum.AskAsync("A porter that is hidden now", "porter");
        await forum.ReplyAsync(hidden, "porter");
        await forum.ShowAsync(hidden.Id, 1, Visibility.Hidden);
        foreach (var (actor, id) in new[] { (Actor.Visitor, secret.Id), (Actor.Member(forum.Asker.Id), secret.Id), (Actor.Visitor, hidden.Id), (Actor.Visitor, 4711) })
            Assert.Equal(RefusalKind.NotFound, (await forum.Engine.Get<TopicSearchQueries>().SearchAsync(actor, id, "porter", 1, default)).Refusal?.Kind);

        // A board that closes takes its topics along before the index knows of it.
        await using var db = forum.Engine.Db();
        await db.Boards.Where(b => b.Id == topic.BoardId).ExecuteUpdateAsync(set => set.SetProperty(b => b.Read, ReadAccess.Staff));
        Assert.Equal(RefusalKind.NotFound, (await forum.Engine.Get<TopicSearchQueries>().SearchAsync(Actor.Visitor, topic.Id, "porter", 1, default)).Refusal?.Kind);
    }

    private static IEnumerable<int> Numbers(TopicSearchResults found) => found.Items.Select(i => i.Number);

    private static async Task<TopicSearchResults> FindAsync(SearchForum forum, Topic topic, string query, Actor? actor = null, int page = 1)
    {
        await forum.CaughtUpAsync();
        return (await forum.Engine.Get<TopicSearchQueries>().SearchAsync(actor ?? Actor.Visitor, topic.Id, query, page, default)).Required;
    }
}
