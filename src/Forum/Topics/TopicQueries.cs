using Forum.Boards;
using Forum.Data;
using Forum.Members;
using Forum.Rendering;
using Forum.Settings;
using Forum.Solutions;
using Microsoft.EntityFrameworkCore;

namespace Forum.Topics;

/// <summary>Reads topics and posts as pages and the API show them.</summary>
public sealed class TopicQueries(IDbContextFactory<ForumDbContext> contexts, PostRenderer renderer, ForumOptions options, TimeProvider clock)
{
    /// <summary>
    /// One page of a topic. By number a page is a range of numbers, so that page 500 costs what page 1 costs; by votes it begins after a key.
    /// Refused with NotFound where the reader may not look, and with Gone where the topic was deleted.
    /// </summary>
    /// <param name="withMarkdown">Also give the posts' Markdown.</param>
    public async Task<Result<TopicView>> PageAsync(
        Rights rights, long topicId, PostSort sort, int page, string? after, bool withMarkdown, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var head = await HeadAsync(db, rights, topicId, cancellation);
        if (head is null)
            return Refusal.NotFound;
        var topic = head.Topic;
        if (topic.CannotBeReadBy(rights) is { } unseen)
            return unseen;
        var moderates = rights.Moderates(topic.BoardId);

        var pages = sort == PostSort.Votes ? 0 : PageOf(topic.LastNumber);
        page = sort == PostSort.Votes ? 1 : Math.Clamp(page, 1, pages);
        var solutions = topic.Solved && topic.Board.HasSolutions ? await SolutionsAsync(db, rights, topic, cancellation) : [];
        var marked = solutions.ToDictionary(s => s.Solution.PostId, s => s.Solution.Outdated is not null);
        var first = sort == PostSort.Votes ? after is null : page == 1;
        var solutionIds = marked.Keys.ToList();
        var posts = db.Posts.AsNoTracking().Where(p => p.TopicId == topicId && p.Number > 0);
        IQueryable<Post> wanted;
        if (sort == PostSort.Votes)
        {
            var replies = posts.Where(p => p.Number > 1);
            if (PageKey.Parse(after) is { } key)
                replies = replies.Where(p => p.Score < key.Value || p.Score == key.Value && p.Number > key.Id);
            var ids = await replies.OrderByDescending(p => p.Score).ThenBy(p => p.Number).Take(Paging.PageSize + 1).Select(p => p.Id).ToListAsync(cancellation);
            wanted = first ? posts.Where(p => ids.Contains(p.Id) || p.Number == 1 || solutionIds.Contains(p.Id)) : posts.Where(p => ids.Contains(p.Id));
        }
        else
        {
            var (from, to) = RangeOf(sort, page, topic.LastNumber);
            // A condition that only a parameter decides would make the database look at every post of the topic.
            wanted = first ? posts.Where(p => p.Number >= from && p.Number <= to || p.Number == 1 || solutionIds.Contains(p.Id)) : posts.Where(p => p.Number >= from && p.Number <= to);
        }
        var rows = (await ShownAsync(db, wanted, topic, rights, moderates, withMarkdown, marked, cancellation)).ToDictionary(p => p.Number);
        var (shown, next) = OrderedPage(rows.Values, sort, page, topic.LastNumber, PageKey.Parse(after));
        if (rights.IsStaffOf(topic.BoardId))
            shown = await WithNotesAsync(db, shown, rows.GetValueOrDefault(1), topic, rights, moderates, withMarkdown, cancellation);

        var cannotReply = topic.CannotBeAnsweredBy(rights.IsMember ? rights : Rights.OfNewMember, head.Closure);
        var (now, policy) = (clock.GetUtcNow().UtcDateTime, options.Site);
        var byId = first ? rows.Values.ToDictionary(p => p.Id) : [];
        return new TopicView(
            topic.Id, topic.Title, topic.Slug, new(topic.BoardId, topic.Board.Slug, topic.Board.Name), await ParentsAsync(db, rights, topic.Board, cancellation), topic.Board.Kind,
            head.Author.Show(policy, now), topic.Created, topic.LastActivity, topic.Replies, topic.Views, topic.Score, topic.MeToos, topic.Version, topic.LastNumber, topic.Pinned, topic.Visibility,
            await TagsAsync(db, topicId, cancellation),
            head.Closure is null ? null : await ShowAsync(db, head.Closure, head, rights, cancellation),
            rows.GetValueOrDefault(1), [.. solutions.Where(s => byId.ContainsKey(s.Solution.PostId)).Select(s => Show(s, byId[s.Solution.PostId], topic))],
            shown, sort, page, pages, next, head.Linked ? await db.LinkingAsync(rights, topicId, cancellation) : [],
            new(
                rights.IsMember && cannotReply is null,
                topic.CannotBeMarkedBy(rights, head.Closure is not null) is null,
                moderates,
                topic.CannotTakeNotesOf(rights) is null,
                rights.MemberId is { } readerId
                    ? await db.Posts.Where(p => p.AuthorId == readerId && p.TopicId == topicId).OrderByDescending(p => p.Id).Select(p => p.Id).FirstOrDefaultAsync(cancellation)
                    : 0,
                rights.MemberId is { } sharerId && sharerId != topic.AuthorId && topic.Board.HasSolutions ? await db.MeToos.AnyAsync(m => m.TopicId == topicId && m.MemberId == sharerId, cancellation) : null,
                topic.CannotBeClosedBy(rights, head.Closure) is null,
                head.Closure is not null && topic.CannotBeReopenedBy(rights, head.Closure) is null,
                cannotReply,
                topic.CannotBeArrangedBy(rights) is null))
        {
            Moved = head.Parted && sort != PostSort.Votes && RangeOf(sort, page, topic.LastNumber) is var (least, most) ? await db.MovedAsync(rights, topicId, least, most, cancellation) : [],
        };
    }

    /// <summary>A closure with the way out: a duplicate shows what solved its original.</summary>
    private async Task<ClosureView> ShowAsync(ForumDbContext db, Closure closure, Head head, Rights rights, CancellationToken cancellation)
    {
        PostView? solution = null;
        if (head.Original is { } found)
        {
            var original = await db.Topics.AsNoTracking().Include(t => t.Board).SingleAsync(t => t.Id == found.Id, cancellation);
            if (original.Board.HasSolutions)
                solution = (await ShownAsync(db, db.Posts.AsNoTracking().Where(p => p.Visibility == Visibility.Visible && db.Solutions.Any(s => s.TopicId == found.Id && s.Slot == 0 && s.PostId == p.Id)),
                    original, rights, moderates: false, withMarkdown: false, NoSolutions, cancellation)).SingleOrDefault();
        }
        var by = head.CloserHandle is { } handle ? new MemberLink(handle, options.Site.Show(head.CloserName!, handle)) : null;
        return new(closure.Reason, closure.Closed, by, closure.Note, head.Original, solution, closure.Until);
    }

    /// <summary>The page of the order by number that holds this post number.</summary>
    public static int PageOf(int number) => Math.Max(1, (number + Paging.PageSize - 1) / Paging.PageSize);

    /// <summary>The page of the order by number that shows the post of this number: a note stands where the post does that it is about. The first page for whoever does not see it.</summary>
    public async Task<int> PageOfAsync(Rights rights, long topicId, int number, CancellationToken cancellation)
    {
        if (number > 0)
            return PageOf(number);
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        return PageOf(await db.Posts.ReadableBy(rights).Where(p => p.TopicId == topicId && p.Number == number).Select(p => p.ReplyTo!.Number).FirstOrDefaultAsync(cancellation));
    }

    /// <summary>Where a topic is found now; refused as <see cref="PageAsync"/> refuses.</summary>
    public async Task<Result<TopicLink>> FindAsync(Rights rights, long topicId, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var topic = await db.Topics.AsNoTracking().Include(t => t.Board).SingleOrDefaultAsync(t => t.Id == topicId, cancellation);
        if (topic is null)
            return Refusal.NotFound;
        if (topic.CannotBeReadBy(rights) is { } unseen)
            return unseen;
        return new TopicLink(topic.Id, topic.Slug, topic.Title);
    }

    /// <summary>Where the post of a number went that was moved out of a topic; null where none was, or the reader may not read it there.</summary>
    public async Task<(TopicLink Topic, int Now)?> MovedAsync(Rights rights, long topicId, int number, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        return await db.MovedAsync(rights, topicId, number, number, cancellation) is [var moved] ? (moved.Topic, moved.Now) : null;
    }

    /// <summary>The topic that another one was merged into; null where it was not, or the reader may not read that.</summary>
    public async Task<TopicLink?> MergedAsync(Rights rights, long topicId, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        return await db.Topics.ReadableBy(rights).Where(t => db.MergedTopics.Any(m => m.TopicId == topicId && m.IntoId == t.Id)).Select(t => new TopicLink(t.Id, t.Slug, t.Title)).SingleOrDefaultAsync(cancellation);
    }

    /// <summary>One post with its Markdown, for the edit form, a quote and the API.</summary>
    public async Task<Result<PostView>> PostAsync(Rights rights, long postId, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var topic = await db.Topics.AsNoTracking().Include(t => t.Board).SingleOrDefaultAsync(t => db.Posts.Any(p => p.Id == postId && p.TopicId == t.Id), cancellation);
        if (topic is null)
            return Refusal.NotFound;
        var marked = await MarkedAsync(db, topic, cancellation);
        var post = (await ShownAsync(
            db, db.Posts.AsNoTracking().Where(p => p.Id == postId), topic, rights, rights.Moderates(topic.BoardId), withMarkdown: true, marked, cancellation)).SingleOrDefault();
        if (post is null)
            return Refusal.NotFound;
        if (topic.CannotBeReadBy(rights, post.Visibility, post.Number, post.Author.Id) is { } unseen)
            return unseen;
        return post;
    }

    /// <summary>The tags of a topic by name.</summary>
    public async Task<IReadOnlyList<TopicTagView>> TagsAsync(long topicId, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        return await TagsAsync(db, topicId, cancellation);
    }

    private static Task<List<TopicTagView>> TagsAsync(ForumDbContext db, long topicId, CancellationToken cancellation) =>
        db.TopicTags.Where(t => t.TopicId == topicId).OrderBy(t => t.Tag.Name)
            .Select(t => new TopicTagView(t.Tag.Name, db.BoardTags.Any(b => b.BoardId == t.Topic.BoardId && b.TagId == t.TagId && b.Use == BoardTagUse.StaffOnly))).ToListAsync(cancellation);

    /// <summary>Visible posts of a topic by number, all or the replies to one; the reader's right to the topic was checked with <see cref="FindAsync"/>.</summary>
    public async Task<Page<PostView>> PostsAsync(Rights rights, long topicId, int afterNumber, int size, CancellationToken cancellation, long? replyTo = null)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var topic = await db.Topics.AsNoTracking().Include(t => t.Board).SingleAsync(t => t.Id == topicId, cancellation);
        var marked = await MarkedAsync(db, topic, cancellation);
        var posts = db.Posts.AsNoTracking().Where(p => p.TopicId == topicId && p.Number > afterNumber && p.Visibility == Visibility.Visible);
        if (replyTo is not null)
            posts = posts.Where(p => p.ReplyToId == replyTo);
        var rows = (await ShownAsync(db, posts.OrderBy(p => p.Number).Take(size + 1), topic, rights, moderates: false, withMarkdown: true, marked, cancellation)).OrderBy(p => p.Number).ToList();
        var items = rows.Take(size).ToList();
        return new(items, rows.Count > size ? items[^1].Number.ToString(System.Globalization.CultureInfo.InvariantCulture) : null);
    }

    /// <summary>How many visible replies of others came after a number, and the first of them; nothing where the actor may not look.</summary>
    public async Task<(int Count, int First, string Slug)> NewsAsync(Actor actor, long topicId, int afterNumber, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var rights = await db.RightsOfAsync(actor, clock.GetUtcNow().UtcDateTime, cancellation);
        if (!(await FindAsync(rights, topicId, cancellation)).Is(out var topic, out _))
            return default;
        var fresh = db.Posts.Where(p => p.TopicId == topicId && p.Number > afterNumber && p.Visibility == Visibility.Visible && p.AuthorId != rights.MemberId);
        var count = await fresh.CountAsync(cancellation);
        return count == 0 ? default : (count, await fresh.MinAsync(p => p.Number, cancellation), topic.Slug);
    }

    private sealed record Head(Topic Topic, BylineRow Author, Closure? Closure, string? CloserHandle, string? CloserName, TopicLink? Original, bool Linked, bool Parted);

    private static Task<Head?> HeadAsync(ForumDbContext db, Rights rights, long topicId, CancellationToken cancellation) => (
        from topic in db.Topics.AsNoTracking().Include(t => t.Board)
        where topic.Id == topicId
        join closure in db.Closures on topic.Id equals closure.TopicId into closures
        from closure in closures.DefaultIfEmpty()
        join closer in db.Users on closure.ClosedById equals closer.Id into closers
        from closer in closers.DefaultIfEmpty()
        join original in db.Topics.ReadableBy(rights) on closure.DuplicateOfId equals original.Id into originals
        from original in originals.DefaultIfEmpty()
        select new Head(
            topic,
            new BylineRow(topic.Author.Id, topic.Author.UserName, topic.Author.Name, topic.Author.Points, topic.Author.Solutions, topic.Author.Created, topic.Author.Roles, topic.Author.StaffTitle, topic.Author.Signature, topic.Author.Badges, topic.Author.Avatar),
            closure,
            closer.UserName,
            closer.Name,
            original == null ? null : new TopicLink(original.Id, original.Slug, original.Title),
            db.PostLinks.Any(l => l.TopicId == topic.Id),
            db.MovedPosts.Any(m => m.TopicId == topic.Id)))
        .SingleOrDefaultAsync(cancellation);

    private static readonly IReadOnlyDictionary<long, bool> NoSolutions = new Dictionary<long, bool>();

    /// <summary>The solutions of a topic by post, and whether they are outdated.</summary>
    private static async Task<IReadOnlyDictionary<long, bool>> MarkedAsync(ForumDbContext db, Topic topic, CancellationToken cancellation) =>
        topic.Solved && topic.Board.HasSolutions ? await db.Solutions.Where(s => s.TopicId == topic.Id).ToDictionaryAsync(s => s.PostId, s => s.Outdated != null, cancellation) : NoSolutions;

    private sealed record SolutionRow(Solution Solution, BylineRow? Marker, string? ByHandle, string? ByName, SuccessorLink? Successor, int Doubts, bool Doubted);

    /// <summary>The solutions of a topic, those of the most votes first. Staff and the asker see how many doubt them.</summary>
    private static async Task<List<SolutionRow>> SolutionsAsync(ForumDbContext db, Rights rights, Topic topic, CancellationToken cancellation)
    {
        var (readerId, counts) = (rights.MemberId ?? 0, rights.IsStaffOf(topic.BoardId) || topic.AuthorId == rights.MemberId);
        var rows = await (
            from solution in db.Solutions.AsNoTracking()
            where solution.TopicId == topic.Id
            join marker in db.Users on solution.MarkedById equals marker.Id into markers
            from marker in markers.DefaultIfEmpty()
            join confirmer in db.Users on solution.OutdatedById equals confirmer.Id into confirmers
            from confirmer in confirmers.DefaultIfEmpty()
            orderby solution.Post.Score descending, solution.Post.Number
            select new SolutionRow(
                solution,
                marker == null ? null : new BylineRow(marker.Id, marker.UserName, marker.Name, marker.Points, marker.Solutions, marker.Created, marker.Roles, marker.StaffTitle, marker.Signature, marker.Badges, marker.Avatar),
                confirmer.UserName,
                confirmer.Name,
                null,
                counts ? db.Doubts.Count(d => d.PostId == solution.PostId) : 0,
                readerId != 0 && db.Doubts.Any(d => d.PostId == solution.PostId && d.MemberId == readerId))).ToListAsync(cancellation);
        // Read apart: joined, the database would look at every post that the reader may read. Few solutions have one.
        var named = rows.Select(r => r.Solution.SuccessorId).OfType<long>().ToList();
        if (named.Count == 0)
            return rows;
        var successors = await db.Posts.ReadableBy(rights).Where(p => named.Contains(p.Id) && p.Visibility == Visibility.Visible && p.Topic.Visibility == Visibility.Visible)
            .Select(p => new { p.Id, p.TopicId, p.Topic.Slug, p.Topic.Title, p.Number }).ToDictionaryAsync(p => p.Id, p => new SuccessorLink(p.TopicId, p.Slug, p.Title, p.Number), cancellation);
        return rows.ConvertAll(r => r with { Successor = r.Solution.SuccessorId is { } id ? successors.GetValueOrDefault(id) : null });
    }

    private SolutionView Show(SolutionRow row, PostView post, Topic topic)
    {
        var (solution, policy) = (row.Solution, options.Site);
        var outdated = solution.Outdated is not { } since ? null
            : new OutdatedView(since, solution.OutdatedNote ?? "", row.ByHandle is { } handle ? new(handle, policy.Show(row.ByName!, handle)) : null, row.Successor);
        return new(post, row.Marker?.Show(policy, clock.GetUtcNow().UtcDateTime), solution.ByStaff, post.Author.Id == topic.AuthorId, solution.Marked, outdated, row.Doubts, row.Doubted);
    }

    /// <summary>What is read of a post; the Markdown only where it is wanted or the HTML must be made from it.</summary>
    private sealed record Row(PostRow Post, BylineRow Author, bool ModeratesBoard, ReplyToRow? ReplyTo, bool Voted, bool Ignored);

    private sealed record PostRow(
        long Id, long AuthorId, int Number, string? Html, string Text, string? Markdown, DateTime Created, DateTime? Edited, long? EditedById, bool Wiki, bool Locked, int Score, Visibility Visibility,
        int Replies, int Version);

    private sealed record ReplyToRow(long Id, int Number, string Name, string Handle);

    private async Task<List<PostView>> ShownAsync(
        ForumDbContext db, IQueryable<Post> posts, Topic topic, Rights rights, bool moderates, bool withMarkdown, IReadOnlyDictionary<long, bool> marked, CancellationToken cancellation)
    {
        var readerId = rights.MemberId ?? 0;
        var boardId = topic.BoardId;
        // What waits for a moderator leaves no trace for others.
        var rows = await (moderates ? posts : posts.Where(p => p.Visibility != Visibility.Held || p.AuthorId == readerId)).Select(p => new Row(
            new PostRow(
                p.Id, p.AuthorId, p.Number, p.Html, p.Text, withMarkdown || p.Html == null ? p.Markdown : null, p.Created, p.Edited, p.EditedById, p.Wiki, p.Locked, p.Score, p.Visibility, p.Replies, p.Version),
            new BylineRow(p.Author.Id, p.Author.UserName, p.Author.Name, p.Author.Points, p.Author.Solutions, p.Author.Created, p.Author.Roles, p.Author.StaffTitle, p.Author.Signature, p.Author.Badges, p.Author.Avatar),
            db.BoardModerations.Any(m => m.BoardId == boardId && m.MemberId == p.AuthorId),
            p.ReplyTo == null ? null : new ReplyToRow(p.ReplyTo.Id, p.ReplyTo.Number, p.ReplyTo.Author.Name, p.ReplyTo.Author.UserName!),
            readerId != 0 && db.Votes.Any(v => v.PostId == p.Id && v.MemberId == readerId),
            readerId != 0 && db.Ignorings.Any(i => i.MemberId == readerId && i.IgnoredId == p.AuthorId))).ToListAsync(cancellation);
        var edits = await EditsAsync(db, rows, cancellation);
        var held = await HeldAsync(db, rows, cancellation);
        return [.. rows.Select(r => Show(r, topic, rights, moderates, marked, edits) with { Held = held.TryGetValue(r.Post.Id, out var reason) ? reason : null })];
    }

    /// <summary>Posts with the notes of staff behind each, the oldest first.</summary>
    private async Task<IReadOnlyList<PostView>> WithNotesAsync(
        ForumDbContext db, IReadOnlyList<PostView> shown, PostView? question, Topic topic, Rights rights, bool moderates, bool withMarkdown, CancellationToken cancellation)
    {
        var ids = shown.Select(p => p.Id).Append(question?.Id ?? 0).ToList();
        var wanted = db.Posts.AsNoTracking().Where(p => p.TopicId == topic.Id && p.Number < 0 && ids.Contains(p.ReplyToId!.Value) && (moderates || p.Visibility == Visibility.StaffNote));
        var notes = (await ShownAsync(db, wanted, topic, rights, moderates, withMarkdown, NoSolutions, cancellation)).OrderByDescending(p => p.Number).ToLookup(p => p.ReplyTo!.PostId);
        return notes.Count == 0 ? shown : [.. question is null ? [] : notes[question.Id], .. shown.SelectMany(p => notes[p.Id].Prepend(p))];
    }

    private sealed record Edits(IReadOnlyDictionary<long, MemberLink> Editors, IReadOnlySet<long> WithHistory)
    {
        public static readonly Edits None = new(new Dictionary<long, MemberLink>(), new HashSet<long>());
    }

    /// <summary>Who edited these posts last, and which have revisions: read apart since few posts were edited.</summary>
    private async Task<Edits> EditsAsync(ForumDbContext db, List<Row> rows, CancellationToken cancellation)
    {
        var edited = rows.Where(r => r.Post.Edited is not null).Select(r => r.Post.Id).ToList();
        if (edited.Count == 0)
            return Edits.None;
        var (ids, policy) = (rows.Select(r => r.Post.EditedById).OfType<long>().Distinct().ToList(), options.Site);
        return new(
            await db.Users.AsNoTracking().Where(m => ids.Contains(m.Id)).Select(m => new { m.Id, m.Name, m.UserName })
                .ToDictionaryAsync(m => m.Id, m => new MemberLink(m.UserName!, policy.Show(m.Name, m.UserName!)), cancellation),
            await db.Revisions.Where(r => edited.Contains(r.PostId)).Select(r => r.PostId).Distinct().ToHashSetAsync(cancellation));
    }

    /// <summary>Why these posts wait: read apart since few do.</summary>
    private static async Task<IReadOnlyDictionary<long, HeldReason>> HeldAsync(ForumDbContext db, List<Row> rows, CancellationToken cancellation)
    {
        var ids = rows.Where(r => r.Post.Visibility == Visibility.Held).Select(r => r.Post.Id).ToList();
        return ids.Count == 0 ? NoReasons : await db.HeldPosts.Where(h => ids.Contains(h.PostId)).ToDictionaryAsync(h => h.PostId, h => h.Reason, cancellation);
    }

    private static readonly Dictionary<long, HeldReason> NoReasons = [];

    private PostView Show(Row row, Topic topic, Rights rights, bool moderates, IReadOnlyDictionary<long, bool> marked, Edits edits)
    {
        var (post, policy, now) = (row.Post, options.Site, clock.GetUtcNow().UtcDateTime);
        var seen = post.Visibility == Visibility.Visible || moderates || post.Visibility == Visibility.StaffNote && rights.IsStaffOf(topic.BoardId) || post.Visibility == Visibility.Held && post.AuthorId == rights.MemberId;
        return new(
            post.Id, topic.Id, post.Number, row.Author.Show(policy, now, row.ModeratesBoard), post.AuthorId == topic.AuthorId, post.AuthorId == rights.MemberId,
            seen ? renderer.HtmlOf(post.Html, post.Markdown ?? "") : default, post.Created, post.Edited,
            post.EditedById is { } editor ? edits.Editors.GetValueOrDefault(editor) : null, edits.WithHistory.Contains(post.Id), post.Wiki && topic.Board.AllowsWiki, post.Score, row.Voted, post.Visibility,
            row.ReplyTo is { } to ? new(to.Id, to.Number, policy.Show(to.Name, to.Handle)) : null,
            post.Replies, marked.ContainsKey(post.Id), post.Version, seen ? post.Text : "", seen ? post.Markdown : null, MineOf(post, topic, rights, now), marked.GetValueOrDefault(post.Id), post.Locked, Ignored: row.Ignored);
    }

    /// <summary>What the rules of posts say of this one.</summary>
    private static PostMine MineOf(PostRow row, Topic topic, Rights rights, DateTime now)
    {
        var post = new Post
        {
            TopicId = topic.Id,
            Topic = topic,
            Number = row.Number,
            AuthorId = row.AuthorId,
            Created = row.Created,
            Visibility = row.Visibility,
            Wiki = row.Wiki,
            Locked = row.Locked,
            Markdown = "",
            Text = "",
            RendererVersion = 0,
        };
        return new(post.CannotBeEditedBy(rights, now), post.CannotBeNamedBy(rights, now) is null, post.CannotBeDeletedBy(rights, now) is null, post.CannotBeMadeWikiBy(rights, !post.IsWiki()) is null);
    }

    private static (int From, int To) RangeOf(PostSort sort, int page, int lastNumber) => sort == PostSort.Oldest
        ? ((page - 1) * Paging.PageSize + 1, page * Paging.PageSize)
        : (lastNumber - page * Paging.PageSize + 1, lastNumber - (page - 1) * Paging.PageSize);

    private static (IReadOnlyList<PostView> Shown, string? Next) OrderedPage(IEnumerable<PostView> rows, PostSort sort, int page, int lastNumber, PageKey? after)
    {
        var replies = rows.Where(p => p.Number > 1);
        if (sort == PostSort.Votes)
        {
            var sorted = replies.Where(p => after is not { } key || p.Score < key.Value || p.Score == key.Value && p.Number > key.Id)
                .OrderByDescending(p => p.Score).ThenBy(p => p.Number).ToList();
            var shown = sorted.Take(Paging.PageSize).ToList();
            return (shown, sorted.Count > Paging.PageSize ? new PageKey(shown[^1].Score, shown[^1].Number).ToString() : null);
        }
        var (from, to) = RangeOf(sort, page, lastNumber);
        replies = replies.Where(p => p.Number >= from && p.Number <= to);
        return ([.. sort == PostSort.Oldest ? replies.OrderBy(p => p.Number) : replies.OrderByDescending(p => p.Number)], null);
    }

    /// <summary>The boards above, up to the first that the reader may not read: neither that nor what is above it is named.</summary>
    private static async Task<IReadOnlyList<BoardLink>> ParentsAsync(ForumDbContext db, Rights rights, Board board, CancellationToken cancellation)
    {
        var parents = new List<BoardLink>();
        for (var id = board.ParentId; id is not null && parents.Count < Board.MaxDepth;)
        {
            var parent = await db.Boards.AsNoTracking().SingleAsync(b => b.Id == id, cancellation);
            if (!rights.MayRead(parent))
                break;
            parents.Insert(0, new(parent.Id, parent.Slug, parent.Name));
            id = parent.ParentId;
        }
        return parents;
    }
}
