using Forum.Boards;
using Forum.Data;
using Forum.Members;
using Forum.Outbox;
using Forum.Search;
using Forum.Settings;
using Forum.Solutions;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Forum.Tests.Search;

/// <summary>A forum with one asker, one open board and its indexer running.</summary>
internal sealed class SearchForum : IAsyncDisposable
{
    private readonly TestForum forum;

    private SearchForum(TestForum forum) => this.forum = forum;

    public TestForum Engine => forum;

    public SearchIndex Index => forum.Get<SearchIndex>();

    public string Folder => Path.Combine(forum.Options.NodePath, "search");

    public Member Asker { get; private set; } = null!;

    public Board Board { get; private set; } = null!;

    public static async Task<SearchForum> StartAsync(Action<ForumOptions>? configure = null, bool indexing = true, Action<IServiceCollection>? add = null)
    {
        var search = new SearchForum(await TestForum.StartAsync(configure, add));
        search.Asker = await search.MemberAsync("asker", "Ada Asker");
        search.Board = await search.BoardAsync("help", ReadAccess.Everyone);
        if (indexing)
            await search.IndexAsync();
        return search;
    }

    public async Task IndexAsync()
    {
        await forum.Get<SearchIndexer>().StartAsync(default);
        await CaughtUpAsync();
    }

    /// <summary>As a restart of the process: commits, closes, and opens again.</summary>
    public async Task RestartAsync(Func<Task>? between = null)
    {
        await StopIndexingAsync();
        if (between is not null)
            await between();
        await IndexAsync();
    }

    public async Task StopIndexingAsync() => await forum.Get<SearchIndexer>().StopAsync(default);

    public Task<Member> MemberAsync(string handle, string name, SiteRole roles = SiteRole.None) => WriteAsync(async deed =>
    {
        var member = new Member { UserName = handle, NormalizedUserName = handle.ToUpperInvariant(), Name = name, Created = deed.Now, Roles = roles };
        deed.Db.Users.Add(member);
        await deed.Db.SaveChangesAsync();
        deed.Tell(new MemberChanged(member.Id));
        return member;
    });

    public Task<Board> BoardAsync(string slug, ReadAccess read, BoardKind kind = BoardKind.Questions, long? parent = null, string? language = null) => WriteAsync(async deed =>
    {
        var board = new Board { Slug = slug, Name = slug.ToUpperInvariant(), Kind = kind, Read = read, ParentId = parent, Language = language };
        deed.Db.Boards.Add(board);
        await deed.Db.SaveChangesAsync();
        deed.Tell(new BoardChanged(board.Id));
        return board;
    });

    public Task<Topic> AskAsync(string title, string text, Board? board = null, Member? author = null, params string[] tags) => WriteAsync(async deed =>
    {
        var by = (author ?? Asker).Id;
        var topic = new Topic { BoardId = (board ?? Board).Id, AuthorId = by, Title = title, Slug = Slug.Of(title), Created = deed.Now, LastActivity = deed.Now, LastPosterId = by };
        deed.Db.Topics.Add(topic);
        foreach (var name in tags)
        {
            var tag = await deed.Db.Tags.SingleOrDefaultAsync(t => t.Name == name) ?? new Tag { Name = name };
            tag.Topics++;
            deed.Db.TopicTags.Add(new TopicTag { TopicId = 0, TagId = 0, Topic = topic, Tag = tag });
        }
        var post = new Post { TopicId = 0, Topic = topic, Number = 1, AuthorId = by, Markdown = text, Text = text, RendererVersion = 1, Created = deed.Now };
        deed.Db.Posts.Add(post);
        await deed.Db.SaveChangesAsync();
        deed.Tell(new TopicPosted(topic.Id, topic.BoardId, post.Id, by));
        return topic;
    });

    public Task<Post> ReplyAsync(Topic topic, string text, Member? author = null) => WriteAsync(async deed =>
    {
        var found = await deed.Db.Topics.SingleAsync(t => t.Id == topic.Id);
        found.LastNumber++;
        found.Replies++;
        var post = new Post { TopicId = topic.Id, Number = found.LastNumber, AuthorId = (author ?? Asker).Id, Markdown = text, Text = text, RendererVersion = 1, Created = deed.Now };
        deed.Db.Posts.Add(post);
        await deed.Db.SaveChangesAsync();
        deed.Tell(new ReplyPosted(topic.Id, topic.BoardId, post.Id, post.Number, post.AuthorId));
        return post;
    });

    public Task AcceptAsync(Post post) => WriteAsync(async deed =>
    {
        var topic = await deed.Db.Topics.SingleAsync(t => t.Id == post.TopicId);
        topic.Solved = true;
        deed.Db.Solutions.Add(new Solution { TopicId = topic.Id, Slot = 0, PostId = post.Id, ByStaff = false, Marked = deed.Now });
        deed.Tell(new SolutionChanged(topic.Id, topic.BoardId, post.Id));
        return topic;
    });

    public Task ShowAsync(long topicId, int number, Visibility visibility) => WriteAsync(async deed =>
    {
        var post = await deed.Db.Posts.Include(p => p.Topic).SingleAsync(p => p.TopicId == topicId && p.Number == number);
        post.Visibility = visibility;
        if (number == 1)
            post.Topic.Visibility = visibility;
        deed.Tell(new PostVisibilityChanged(topicId, post.Topic.BoardId, post.Id, number));
        return post;
    });

    public async Task<T> WriteAsync<T>(Func<Deed, Task<T>> deed) =>
        (await forum.Get<ForumWriter>().RunAsync<T>(Actor.Operator, async (work, _) => await deed(work), default)).Required;

    /// <summary>Waits until searches see all that was written.</summary>
    public async Task CaughtUpAsync()
    {
        await using var db = forum.Db();
        var newest = await db.OutboxCounters.Select(c => c.Value).SingleAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await Index.WaitForAsync(newest, limit.Token);
    }

    /// <summary>Waits until the index was built anew once more than before.</summary>
    public async Task RebuiltAsync(int before)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await Index.WaitUntilAsync(() => Index.Builds > before, limit.Token);
    }

    public async Task<SearchResults> FindAsync(string? query, Actor? actor = null, SearchRequest? request = null)
    {
        await CaughtUpAsync();
        return await forum.Get<SearchQueries>().SearchAsync(actor ?? Actor.Visitor, (request ?? new(null)) with { Query = query }, default);
    }

    /// <summary>Titles of what is found, the best first.</summary>
    public async Task<IEnumerable<string>> TitlesAsync(string? query, Actor? actor = null, SearchRequest? request = null) => (await FindAsync(query, actor, request)).Items.Select(i => i.Title);

    public async ValueTask DisposeAsync()
    {
        await StopIndexingAsync();
        await forum.DisposeAsync();
    }
}
