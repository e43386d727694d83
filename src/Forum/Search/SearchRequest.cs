using Forum.Members;

namespace Forum.Search;

/// <summary>The order of what is found.</summary>
public enum SearchSort
{
    /// <summary>Best answer first; newest first where nothing is asked.</summary>
    Relevance,
    Newest,

    /// <summary>Most upvotes first.</summary>
    Votes,
}

/// <summary>What somebody looks for: words, and what the topic must be.</summary>
/// <param name="Query">As typed; anything goes. Knows "phrases", -word, user:, board:, tag:, is:solved|unsolved|unanswered|staff, has:code|image, score:>5, in:title, before: and after: (a day).</param>
/// <param name="Board">The slug of a board; boards below it count too.</param>
/// <param name="Author">The handle of who wrote the post that is found.</param>
/// <param name="Page">From 1.</param>
public sealed record SearchRequest(string? Query, string? Board = null, string? Tag = null, string? Author = null, bool? Solved = null, int Page = 1, int Size = Paging.PageSize, SearchSort Sort = SearchSort.Relevance);

/// <summary>One topic that was found, with the post that answers best.</summary>
/// <param name="PostId">The accepted solution where it has one of the words, otherwise the post that fits best.</param>
/// <param name="Author">Who wrote that post.</param>
/// <param name="Created">When that post was written.</param>
public sealed record SearchItem(long TopicId, long PostId, int Number, string Title, string Slug, IReadOnlyList<SnippetPart> Snippet, bool Solved, int Score, int Replies,
    string BoardSlug, string BoardName, Byline Author, DateTime Created, IReadOnlyList<string> Tags);

/// <summary>What was found.</summary>
/// <param name="Total">Topics found altogether; only the first <see cref="SearchQueries.MaxTopics"/> can be paged through.</param>
/// <param name="Next">The next page; null on the last one.</param>
/// <param name="Rebuilding">The index is being rebuilt or not at hand: there may be more to find in a moment.</param>
/// <param name="Corrected">The query that was answered instead, because a word of the one asked is nowhere to be found.</param>
public sealed record SearchResults(IReadOnlyList<SearchItem> Items, int Total, int? Next, bool Rebuilding, string? Corrected = null);
