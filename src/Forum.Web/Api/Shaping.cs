using Forum.Boards;
using Forum.Members;
using Forum.Search;
using Forum.Settings;
using Forum.Standing;
using Forum.Topics;
using Forum.Uploads;
using Forum.Web.Topics;

namespace Forum.Web.Api;

/// <summary>Gives what was read the shape it has on the wire; addresses are absolute.</summary>
public sealed class Shaping(ForumOptions options)
{
    public string Absolute(string path) => new Uri(options.Site.Url, path).AbsoluteUri;

    public BoardShape Of(BoardNode board) => new(
        board.Slug, board.Name, board.Kind.ToString().ToLowerInvariant(), board.Parent, board.Description, board.Topics, board.Posts, Absolute($"/forums/{board.Slug}"));

    public AuthorShape Of(Byline who) => new(who.Handle, who.DisplayName, who.Rank, who.Staff, AvatarOf(who));

    private string? AvatarOf(Byline who) => who.Avatar is { } key ? Absolute(Addresses.Avatar(key)) : null;

    public TopicShape Of(TopicRow topic) => new(
        topic.Id, Absolute(topic.Of()), topic.Title, topic.BoardSlug, topic.Tags, Of(topic.Author), topic.Created, topic.LastActivity,
        topic.Replies, topic.Score, topic.Views, topic.Solved, topic.SolutionPostId, topic.Closed, topic.Pinned, topic.Outdated);

    public PostShape Of(PostView post) => new(
        post.Id, post.TopicId, post.Number, post.ReplyTo?.PostId, Of(post.Author), post.Markdown, post.Html.ToString(), post.Score, post.Voted, post.IsSolution, post.Created, post.Edited, post.Version, post.Outdated, post.Held is not null);

    public RevisionShape Of(VersionRow version) => new(
        version.Version, version.By is { } by ? Of(by) : null, version.At, version.Reason, version.Text.Title, version.Text.Tags?.Split(' ', StringSplitOptions.RemoveEmptyEntries), version.Text.Markdown);

    public FoundShape Of(SearchItem item) => new(
        item.TopicId, item.PostId, item.Title, Absolute(item.Number == 1 ? Addresses.Topic(item.TopicId, item.Slug) : Addresses.Post(item.TopicId, item.Slug, item.Number)),
        SnippetHtml.Of(item.Snippet), item.Solved, item.Score, item.BoardSlug, Of(item.Author), item.Created,
        item.Why is { } why ? new(why.Words, Of(why.Corrected), Of(why.Synonyms), item.Solved) : null);

    private static IReadOnlyList<WordInsteadShape> Of(IEnumerable<WordInstead> words) => [.. words.Select(w => new WordInsteadShape(w.Asked, w.Used))];

    public SuggestedShape Of(Suggested suggested) => new(
        [.. suggested.Topics.Select(t => new SuggestedTopicShape(t.Id, t.Title, Absolute(Addresses.Topic(t.Id, t.Slug)), t.Solved))], suggested.Tags,
        [.. suggested.Members.Select(m => new SuggestedMemberShape(m.Handle, m.DisplayName, Absolute(Addresses.Member(m.Handle))))]);

    public SimilarShape Of(SimilarQuestion topic) => new(
        topic.TopicId, topic.Title, Absolute(Addresses.Topic(topic.TopicId, topic.Slug)), topic.Solved, topic.Replies, topic.Score, topic.BoardSlug, topic.Solution);

    public BadgeShape Of(HeldBadge badge) => new(badge.Name, badge.Description, badge.Grade.ToString().ToLowerInvariant(), badge.Since, badge.Reason, Absolute(Addresses.Badge(badge.Id)),
        badge.For is { } post ? Absolute(Addresses.Post(post.TopicId, post.Slug, post.Number)) : null);

    public MemberShape Of(MemberView member, IReadOnlyList<HeldBadge> badges) => new(
        member.Who.Handle, member.Who.DisplayName, member.Who.Rank, member.Who.Staff, AvatarOf(member.Who), Absolute($"/members/{Uri.EscapeDataString(member.Who.Handle)}"),
        member.Who.Signature, member.Who.Points, member.Posts, member.Solutions, member.Joined, [.. badges.Select(Of)]);

    public ListedMemberShape Of(DirectoryRow row) => new(row.Who.Handle, row.Who.DisplayName, row.Who.Rank, row.Who.Staff, AvatarOf(row.Who), Absolute(Addresses.Member(row.Who.Handle)), row.Who.Points, row.Solutions, row.Joined);

    public UploadShape Of(UploadedFile file) => new(Absolute(file.Url), file.Markdown, file.Name, file.Width, file.Height);

    public PlaceShape Of(LeaderboardRow row) => new(row.Place, Of(row.Member), row.Count);

    public SolverShape Solver(LeaderboardRow row) => new(row.Place, Of(row.Member), row.Count);
}
