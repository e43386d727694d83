namespace Forum;

/// <summary>One page of a list that is read by key, so that a deep page costs what the first one costs.</summary>
/// <param name="Items">The rows of this page.</param>
/// <param name="Next">The key to pass as <c>after</c> for the following page; null on the last one.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>Sizes of pages.</summary>
public static class Paging
{
    /// <summary>Rows of a list page and posts of a topic page: one screenful or two, and HTML below 30 KB.</summary>
    public const int PageSize = 20;

    /// <summary>Most rows one API call gives (surface of the API).</summary>
    public const int MaxSize = 100;
}
