using Forum.Topics;
using Forum.Web.Shell;
using Microsoft.Extensions.Localization;

namespace Forum.Web.Topics;

/// <summary>Filters of lists as they stand in addresses.</summary>
public static class TopicFilters
{
    /// <summary>Reads a filter; anything else is the latest topics.</summary>
    public static TopicFilter Parse(string? text) => text?.ToLowerInvariant() switch
    {
        "unanswered" => TopicFilter.Unanswered,
        "unsolved" => TopicFilter.Unsolved,
        "solved" => TopicFilter.Solved,
        "top" => TopicFilter.Top,
        "hot" => TopicFilter.Hot,
        "new" => TopicFilter.New,
        "unread" => TopicFilter.Unread,
        _ => TopicFilter.Latest,
    };

    /// <summary>The list's address; a key leads to the page that begins after it.</summary>
    public static string Address(string path, TopicFilter filter, string? after = null)
    {
        var query = string.Join('&', new[]
        {
            filter == TopicFilter.Latest ? null : $"filter={filter.ToString().ToLowerInvariant()}",
            after is null ? null : $"after={Uri.EscapeDataString(after)}",
        }.Where(part => part is not null));
        return query.Length == 0 ? path : $"{path}?{query}";
    }

    /// <summary>What people call the list.</summary>
    public static string NameOf(this IStringLocalizer<Wording> words, TopicFilter filter) => filter switch
    {
        TopicFilter.Unanswered => words["Unanswered"],
        TopicFilter.Unsolved => words["Needs a solution"],
        TopicFilter.Solved => words["Solved"],
        TopicFilter.Top => words["Top"],
        TopicFilter.Hot => words["Hot"],
        TopicFilter.New => words["New"],
        TopicFilter.Unread => words["Unread"],
        _ => words["Latest"],
    };
}
