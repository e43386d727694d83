using Forum.Members;

namespace Forum.Search;

/// <summary>The order of what is found. By relevance a topic with any of the words is found; in the other orders those with all of them, or with most where none has all.</summary>
public enum SearchSort
{
    /// <summary>Best answer first; newest first where nothing is asked.</summary>
    Relevance,
    Newest,

    /// <summary>Most upvotes first.</summary>
    Votes,
}

/// <summary>How old the posts may be that are looked for.</summary>
public enum SearchPeriod
{
    Any,
    Week,
    Month,
    Year,
}

/// <summary>What somebody looks for: words, and what the topic must be.</summary>
/// <param name="Query">As typed; anything goes. Knows "phrases", -word, user:, board:, tag:, is:solved|unsolved|unanswered|staff, has:code|image, score:>5, in:title, before: and after: (a day).</param>
/// <param name="Board">The slug of a board; boards below it count too.</param>
/// <param name="Tag">Names of tags, set apart by blanks or commas; the topic has all of them.</param>
/// <param name="Author">The handle of who wrote the post that is found.</param>
/// <param name="Period">A post of the topic that has the words was written in it; without words the topic itself. A month has 30 days, a year 365.</param>
/// <param name="Page">From 1.</param>
/// <param name="Counted">Tell how many topics each further filter would leave.</param>
/// <param name="Explained">Tell why each topic was found.</param>
public sealed record SearchRequest(
    string? Query, string? Board = null, string? Tag = null, string? Author = null, bool? Solved = null, SearchPeriod Period = SearchPeriod.Any,
    int Page = 1, int Size = Paging.PageSize, SearchSort Sort = SearchSort.Relevance, bool Counted = false, bool Explained = false)
{
    /// <summary>The names in <see cref="Tag"/>, each once.</summary>
    public IReadOnlyList<string> Tags => [.. (Tag ?? "").Split([' ', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.OrdinalIgnoreCase)];
}

/// <summary>A board or tag that a search can be narrowed to.</summary>
/// <param name="Value">As requests name it.</param>
/// <param name="Topics">How many topics that leaves.</param>
public sealed record SearchNarrowing(string Value, string Name, int Topics);

/// <summary>How many of the topics found each further filter would leave; what is chosen already is not among them.</summary>
/// <param name="Boards">Those with most topics first, each with the topics of boards below it.</param>
/// <param name="Tags">Those with most topics first.</param>
/// <param name="Solved">Solved questions; null where that is chosen already.</param>
/// <param name="Unsolved">Questions without a solution; null where that is chosen already.</param>
/// <param name="Periods">The shortest first, those that are shorter than the chosen one.</param>
public sealed record SearchCounts(IReadOnlyList<SearchNarrowing> Boards, IReadOnlyList<SearchNarrowing> Tags, int? Solved, int? Unsolved, IReadOnlyList<(SearchPeriod Period, int Topics)> Periods);

/// <summary>A word that was looked for in the place of one that was asked for.</summary>
public sealed record WordInstead(string Asked, string Used);

/// <summary>Why a topic was found.</summary>
/// <param name="Words">The words and quoted phrases that it has, as they were typed.</param>
/// <param name="Corrected">Words that it has in the place of such that are nowhere to be found.</param>
/// <param name="Synonyms">Words that it has in the place of such that it has not, as managers say that they mean the same.</param>
public sealed record SearchReason(IReadOnlyList<string> Words, IReadOnlyList<WordInstead> Corrected, IReadOnlyList<WordInstead> Synonyms);

/// <summary>One topic that was found, with the post that answers best.</summary>
/// <param name="PostId">The accepted solution where it has one of the words, otherwise the post that fits best.</param>
/// <param name="Author">Who wrote that post.</param>
/// <param name="Created">When that post was written.</param>
/// <param name="Posts">How many posts of the topic have what was looked for; 0 where no words were asked for, or only the title has them.</param>
/// <param name="Why">Null where nobody asked.</param>
public sealed record SearchItem(long TopicId, long PostId, int Number, string Title, string Slug, IReadOnlyList<SnippetPart> Snippet, bool Solved, int Score, int Replies,
    string BoardSlug, string BoardName, Byline Author, DateTime Created, IReadOnlyList<string> Tags, int Posts, SearchReason? Why);

/// <summary>What was found.</summary>
/// <param name="Total">Topics found altogether; only the first <see cref="SearchQueries.MaxTopics"/> can be paged through.</param>
/// <param name="Next">The next page; null on the last one.</param>
/// <param name="Rebuilding">The index is being rebuilt or not at hand: there may be more to find in a moment.</param>
/// <param name="Counts">Null where they were not asked for.</param>
/// <param name="Estimated">The numbers of topics are about right: so many have the words that they are counted in a sample.</param>
/// <param name="Corrected">The query that was answered instead, because a word of the one asked is nowhere to be found.</param>
public sealed record SearchResults(IReadOnlyList<SearchItem> Items, int Total, int? Next, bool Rebuilding, SearchCounts? Counts = null, string? Corrected = null, bool Estimated = false);
