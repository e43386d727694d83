using System.Globalization;
using Forum.Search;

namespace Forum.Web.Search;

/// <summary>A search as it stands in an address: what is asked for, narrowed to and sorted by. Every link of the search page is one of these, changed in one thing.</summary>
public sealed record SearchAddress(string? Query, string? Board = null, string? Tag = null, string? Author = null, bool? Solved = null, SearchPeriod Period = SearchPeriod.Any, SearchSort Sort = SearchSort.Relevance, int Page = 1)
{
    public const string Path = "/search";

    /// <summary>More is asked for than words.</summary>
    public bool IsNarrowed => Board is not null || Tag is not null || Author is not null || Solved is not null || Period != SearchPeriod.Any;

    /// <summary>Something is asked for.</summary>
    public bool IsAsked => IsNarrowed || Query is not null;

    /// <summary>The names of the address with their values, those that say something, for links and for forms that keep them.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Parts => new[]
    {
        ("q", Query), ("board", Board), ("tag", Tag), ("author", Author), ("solved", Solved is { } solved ? solved ? "true" : "false" : null),
        ("period", Period == SearchPeriod.Any ? null : Period.ToString().ToLowerInvariant()),
        ("sort", Sort == SearchSort.Relevance ? null : Sort.ToString().ToLowerInvariant()),
        ("page", Page > 1 ? Page.ToString(CultureInfo.InvariantCulture) : null),
    }.Where(part => part.Item2 is not null).Select(part => KeyValuePair.Create(part.Item1, part.Item2));

    public string Url => Path + QueryString.Create(Parts);

    public SearchRequest Request => new(Query, Board, Tag, Author, Solved, Period, Page, Sort: Sort, Counted: true, Explained: true);

    /// <summary>What an address says; what means nothing is left out.</summary>
    public static SearchAddress Read(string? query, string? board, string? tag, string? author, string? solved, string? period, string? sort, string? page) => new(
        string.IsNullOrWhiteSpace(query) ? null : query, Given(board), Given(tag), Given(author), bool.TryParse(solved, out var yes) ? yes : null,
        Named(period, SearchPeriod.Any), Named(sort, SearchSort.Relevance), int.TryParse(page, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : 1);

    /// <summary>The same with one tag more.</summary>
    public SearchAddress WithTag(string name) => this with { Tag = string.Join(' ', Request.Tags.Append(name)), Page = 1 };

    /// <summary>The same with one tag less.</summary>
    public SearchAddress WithoutTag(string name) => this with { Tag = Given(string.Join(' ', Request.Tags.Where(t => t != name))), Page = 1 };

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static T Named<T>(string? text, T usual) where T : struct, Enum => Enum.GetValues<T>().FirstOrDefault(v => string.Equals(v.ToString(), text, StringComparison.OrdinalIgnoreCase), usual);
}
