using System.Globalization;
using System.Text.RegularExpressions;
using Forum.Topics;

namespace Forum.Web.Topics;

/// <summary>Addresses of what there is to read, from the root.</summary>
public static partial class Addresses
{
    public static string Topic(long id, string slug) => string.Create(CultureInfo.InvariantCulture, $"/t/{id}/{Uri.EscapeDataString(slug)}");

    /// <summary>The topic that somebody names by its number or by an address of it, with or without the host; null where it is neither.</summary>
    public static long? TopicIn(string? typed) =>
        TopicNumber().Match(Typed.Line(typed)) is { Success: true } match && long.TryParse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture, out var id) ? id : null;

    /// <summary>The post that somebody names by an address of it, be it that of the post or of the page it stands on; null where it names none, or a topic as a whole.</summary>
    public static int? PostIn(string? typed) =>
        PostNumber().Match(Typed.Line(typed)) is { Success: true } match && int.TryParse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture, out var number) ? number : null;

    [GeneratedRegex("/t/[0-9]+/[^#]*?(?:/|#post-)([0-9]{1,9})$")]
    private static partial Regex PostNumber();

    [GeneratedRegex("^(?:(?:https?://[^/]+)?/t/|#)?([0-9]{1,18})(?:[/?#].*)?$")]
    private static partial Regex TopicNumber();

    /// <summary>The address that stays right on whichever page the post stands.</summary>
    public static string Post(long topicId, string slug, int number) => string.Create(CultureInfo.InvariantCulture, $"{Topic(topicId, slug)}/{number}");

    /// <summary>The same without the words, where the topic is in sight: a page of twenty posts would carry its title forty times.</summary>
    public static string Post(long topicId, int number) => string.Create(CultureInfo.InvariantCulture, $"/t/{topicId}/-/{number}");

    /// <summary>The page to sign in on, and where to go from there.</summary>
    public static string SignIn(string returnUrl) => $"/account/sign-in?returnUrl={Returning(returnUrl)}";

    /// <summary>The page to make an account on, and where to go from there.</summary>
    public static string SignUp(string returnUrl) => $"/account/sign-up?returnUrl={Returning(returnUrl)}";

    /// <summary>The page of the topic that holds the post now, at the post.</summary>
    public static string PostOnPage(long topicId, string slug, int number, int? page = null) =>
        string.Create(CultureInfo.InvariantCulture, $"{Page(topicId, slug, PostSort.Oldest, page ?? TopicQueries.PageOf(number))}#post-{number}");

    /// <summary>The replies to a post.</summary>
    public static string Replies(long postId, string? after = null) => string.Create(CultureInfo.InvariantCulture, $"/posts/{postId}/replies{(after is null ? "" : $"?after={after}")}");

    /// <summary>What a post said before; one of its versions, or all of them.</summary>
    public static string History(long postId, int? version = null) =>
        version is null ? string.Create(CultureInfo.InvariantCulture, $"/posts/{postId}/history") : string.Create(CultureInfo.InvariantCulture, $"/posts/{postId}/history?version={version}");

    /// <summary>Where the asker says which reply solved it.</summary>
    public static string Solved(long topicId) => string.Create(CultureInfo.InvariantCulture, $"/t/{topicId}/solved");

    /// <summary>Where one says that a solution no longer works, and staff whether it does.</summary>
    public static string Outdated(long postId) => string.Create(CultureInfo.InvariantCulture, $"/posts/{postId}/outdated");

    /// <summary>What works in the place of an outdated solution.</summary>
    public static string Of(this SuccessorLink successor) => successor.Number == 1 ? Topic(successor.TopicId, successor.Slug) : Post(successor.TopicId, successor.Slug, successor.Number);

    /// <summary>A page of a topic in an order; the first page in the usual order is the topic's own address.</summary>
    public static string Page(long topicId, string slug, PostSort sort, int page)
    {
        var query = (sort, page) switch
        {
            (PostSort.Oldest, <= 1) => "",
            (PostSort.Oldest, _) => $"?page={page.ToString(CultureInfo.InvariantCulture)}",
            (_, <= 1) => $"?sort={sort.ToString().ToLowerInvariant()}",
            _ => $"?sort={sort.ToString().ToLowerInvariant()}&page={page.ToString(CultureInfo.InvariantCulture)}",
        };
        return Topic(topicId, slug) + query;
    }

    public static string Board(string slug) => $"/forums/{slug}";

    public static string Tag(string name) => $"/tags/{Uri.EscapeDataString(name)}";

    /// <summary>Where managers look after tags.</summary>
    public const string ManagedTags = "/admin/tags";

    /// <summary>Where managers describe, rename and merge one.</summary>
    public static string ManagedTag(string name) => $"{ManagedTags}/{Uri.EscapeDataString(name)}";

    /// <summary>What managers look after.</summary>
    public const string Admin = "/admin";

    /// <summary>Where administrators say who is staff.</summary>
    public const string Roles = "/admin/roles";

    /// <summary>Where administrators change what the forum is called, how it looks and what it allows.</summary>
    public const string Settings = "/admin/settings";

    /// <summary>Where managers write guidelines, terms and what is said about privacy.</summary>
    public const string ManagedPages = "/admin/pages";

    public static string ManagedPage(Forum.Admin.SitePage page) => $"{ManagedPages}/{page.ToString().ToLowerInvariant()}";

    /// <summary>Where managers see how the forum does, in pictures.</summary>
    public const string Activity = "/admin/reports";

    /// <summary>The same as a table for spreadsheets.</summary>
    public const string ActivityFile = "/admin/reports.csv";

    /// <summary>Where managers look after boards.</summary>
    public const string ManagedBoards = "/admin/boards";

    public static string ManagedBoard(string slug) => $"{ManagedBoards}/{slug}";

    /// <summary>The groups that there are.</summary>
    public const string Groups = "/groups";

    public static string Group(string slug) => $"{Groups}/{slug}";

    /// <summary>Where managers look after groups.</summary>
    public const string ManagedGroups = "/admin/groups";

    public static string ManagedGroup(string slug) => $"{ManagedGroups}/{slug}";

    /// <summary>Where managers say which words mean the same to the search.</summary>
    public const string Synonyms = "/admin/synonyms";

    /// <summary>Where managers see what is searched for.</summary>
    public const string Searches = "/admin/searches";

    /// <summary>Where managers see who upvote each other.</summary>
    public const string VoteRings = "/admin/reports/votes";

    /// <summary>Where managers change one of those groups.</summary>
    public static string SynonymGroup(long id) => string.Create(CultureInfo.InvariantCulture, $"{Synonyms}/{id}");

    /// <summary>Where managers say what a board asks of tags.</summary>
    public static string BoardTags(string slug) => $"/admin/boards/{slug}/tags";

    /// <summary>The picture beside a name.</summary>
    /// <param name="key">Of the upload.</param>
    public static string Avatar(string key) => $"/uploads/{key}/avatar.webp";

    public static string Member(string handle) => $"/members/{Uri.EscapeDataString(handle)}";

    /// <summary>Where managers set a member's trust by hand.</summary>
    public static string Trust(string handle) => $"/admin/trust/{Uri.EscapeDataString(handle)}";

    /// <summary>The badges that there are.</summary>
    public const string Badges = "/badges";

    /// <summary>Who holds one.</summary>
    public static string Badge(long id) => string.Create(CultureInfo.InvariantCulture, $"{Badges}/{id}");

    /// <summary>Where managers look after badges.</summary>
    public const string ManagedBadges = "/admin/badges";

    /// <summary>Where managers change, give and take one.</summary>
    public static string ManagedBadge(long id) => string.Create(CultureInfo.InvariantCulture, $"{ManagedBadges}/{id}");

    public static string Of(this TopicRow row) => Topic(row.Id, row.Slug);

    public static string Of(this PostedPost posted) =>
        posted.Number > 0 ? PostOnPage(posted.TopicId, posted.Slug, posted.Number) : Post(posted.TopicId, posted.Slug, posted.Number);

    public static string Url(this TopicView topic, PostSort sort = PostSort.Oldest, int page = 1) => Page(topic.Id, topic.Slug, sort, page);

    /// <summary>Slashes may stand in a query as they are.</summary>
    private static string Returning(string returnUrl) => Uri.EscapeDataString(returnUrl).Replace("%2F", "/", StringComparison.Ordinal);
}
