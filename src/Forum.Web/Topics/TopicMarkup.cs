using Forum.Boards;
using Forum.Members;
using Forum.Topics;

namespace Forum.Web.Topics;

/// <summary>A topic as structured data for crawlers [Google, Q&amp;A and forum guides]: a question with its answers, or a conversation.</summary>
public static class TopicMarkup
{
    /// <summary>Answers that are given in full while none is accepted; more would double the page.</summary>
    private const int SuggestedAnswers = 2;

    /// <summary>The data of a topic's first page; null for a question that nobody has answered.</summary>
    public static object? Of(TopicView topic, Uri site)
    {
        if (topic.Question is null || topic.Visibility != Visibility.Visible)
            return null;
        if (topic.Kind != BoardKind.Questions)
            return Posting(topic, site);
        // What may no longer work is offered as an answer like others.
        var accepted = topic.Solutions.FirstOrDefault(s => s.Outdated is null)?.Post;
        var others = topic.Solutions.Select(s => s.Post).Where(p => p != accepted);
        if (accepted is null)
            others = others.Concat(topic.Posts.Where(p => p.Visibility == Visibility.Visible && !p.IsSolution).OrderByDescending(p => p.Score).ThenBy(p => p.Number).Take(SuggestedAnswers));
        var answers = others.ToList();
        if (accepted is null && answers.Count == 0)
            return null;
        var question = Text("Question", topic.Question, topic, site);
        question["name"] = topic.Title;
        question["answerCount"] = topic.Replies;
        if (accepted is not null)
            question["acceptedAnswer"] = Text("Answer", accepted, topic, site);
        if (answers.Count > 0)
            question["suggestedAnswer"] = answers.Select(a => Text("Answer", a, topic, site)).ToList();
        return new Dictionary<string, object> { ["@context"] = "https://schema.org", ["@type"] = "QAPage", ["mainEntity"] = question };
    }

    private static Dictionary<string, object> Posting(TopicView topic, Uri site)
    {
        var posting = Text("DiscussionForumPosting", topic.Question!, topic, site);
        posting["@context"] = "https://schema.org";
        posting["headline"] = topic.Title;
        posting["interactionStatistic"] = new Dictionary<string, object>
        {
            ["@type"] = "InteractionCounter",
            ["interactionType"] = "https://schema.org/CommentAction",
            ["userInteractionCount"] = topic.Replies,
        };
        return posting;
    }

    private static Dictionary<string, object> Text(string type, PostView post, TopicView topic, Uri site)
    {
        var text = new Dictionary<string, object>
        {
            ["@type"] = type,
            ["text"] = post.Text,
            ["url"] = new Uri(site, post.Number == 1 ? topic.Url() : Addresses.Post(topic.Id, topic.Slug, post.Number)).AbsoluteUri,
            ["datePublished"] = Stamp(post.Created),
            ["upvoteCount"] = Math.Max(0, post.Score),
            ["author"] = Author(post.Author, site),
        };
        if (post.Edited is { } edited)
            text["dateModified"] = Stamp(edited);
        return text;
    }

    private static Dictionary<string, object> Author(Byline author, Uri site) => new()
    {
        ["@type"] = "Person",
        ["name"] = author.DisplayName,
        ["url"] = new Uri(site, $"/members/{author.Handle}").AbsoluteUri,
    };

    private static string Stamp(DateTime at) => at.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
