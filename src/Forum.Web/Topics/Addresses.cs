using System.Globalization;
using Forum.Topics;

namespace Forum.Web.Topics;

/// <summary>Addresses of topics and posts, from the root.</summary>
public static class Addresses
{
    public static string Topic(long id, string slug) => string.Create(CultureInfo.InvariantCulture, $"/t/{id}/{Uri.EscapeDataString(slug)}");

    /// <summary>The address that stays right on whichever page the post stands.</summary>
    public static string Post(long topicId, string slug, int number) => string.Create(CultureInfo.InvariantCulture, $"{Topic(topicId, slug)}/{number}");

    /// <summary>The page of the topic that holds the post now, at the post.</summary>
    public static string PostOnPage(long topicId, string slug, int number)
    {
        var page = TopicQueries.PageOf(number);
        return string.Create(CultureInfo.InvariantCulture, $"{Topic(topicId, slug)}{(page > 1 ? $"?page={page}" : "")}#post-{number}");
    }

    public static string Of(this TopicRow row) => Topic(row.Id, row.Slug);

    public static string Of(this PostedPost posted) => PostOnPage(posted.TopicId, posted.Slug, posted.Number);
}
