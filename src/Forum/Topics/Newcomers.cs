using Forum.Rendering;
using Forum.Settings;

namespace Forum.Topics;

/// <summary>
/// What members of trust 0 may put into a post, and how they come to trust 1: by reading, which takes whoever wants to sell something too long
/// (rules of trust). Limits hold on edits too.
/// </summary>
public static class Newcomers
{
    /// <summary>Topics that must have been opened for trust 1 [Discourse].</summary>
    public const int TopicsToRead = 5;

    /// <summary>Posts that must have been read for trust 1 [Discourse].</summary>
    public const int PostsToRead = 30;

    /// <summary>How long ago they must have joined for trust 1; Discourse counts ten minutes of reading.</summary>
    public static readonly TimeSpan LeastTime = TimeSpan.FromMinutes(10);

    private const string Left = "Your text is kept: take some out, or come back when you have read {1} topics here.";

    /// <summary>Why a newcomer may not post this; null when they may.</summary>
    public static Refusal? Refusal(RenderedPost post, LimitOptions limits) =>
        post.LinksElsewhere > limits.LinksOfNewcomers ? Over("While you are new here, a post of yours has at most {0} links to other sites. " + Left, limits.LinksOfNewcomers)
        : post.Images > limits.ImagesOfNewcomers ? Over("While you are new here, a post of yours has at most {0} image. " + Left, limits.ImagesOfNewcomers)
        : post.Mentions.Count > limits.MentionsOfNewcomers ? Over("While you are new here, a post of yours mentions at most {0} members. " + Left, limits.MentionsOfNewcomers)
        : null;

    private static Refusal Over(string message, int most) => Forum.Refusal.Invalid(message, "Markdown", most, TopicsToRead);
}
