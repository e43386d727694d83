using Forum.Topics;
using Forum.Web.Host;
using Forum.Web.Shell;
using Microsoft.Extensions.Localization;

namespace Forum.Web.Topics;

/// <summary>Tells an open page that has no live connection whether its topic has news.</summary>
public static class TopicNews
{
    internal const string One = "{0} new reply · Show", Many = "{0} new replies · Show";

    public static void MapTopicNews(this WebApplication app) => app.MapGet("/x/news/{topic:long}", NewsAsync).AllowAnonymous();

    /// <summary>What a reader is told who has read up to a number: 204 while there is nothing new, and where there is nothing to be seen.</summary>
    private static async Task<IResult> NewsAsync(long topic, int after, Viewer viewer, TopicQueries topics, IStringLocalizer<Wording> words, CancellationToken cancellation) =>
        await topics.NewsAsync(viewer.Actor, topic, after, cancellation) is { Count: > 0 } news
            ? Results.Json(new { text = words.Count(news.Count, One, Many), address = Addresses.Post(topic, news.Slug, news.First) }) : Results.NoContent();
}
