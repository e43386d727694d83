using System.Globalization;

namespace Forum.Web.Api;

/// <summary>Reads what a query asks for; what cannot be meant is refused rather than guessed.</summary>
public static class Asked
{
    /// <summary>Rows of one answer.</summary>
    public static Result<int> Size(int? size) => size is null ? Paging.PageSize
        : size is >= 1 and <= Paging.MaxSize ? size.Value
        : Refusal.Invalid("Please ask for 1 to {0} rows.", "size", Paging.MaxSize);

    /// <summary>Where a list that is read by key goes on.</summary>
    public static Result<string?> After(string? after) => string.IsNullOrEmpty(after) || PageKey.Parse(after) is not null ? Result<string?>.Of(after) : wrongAfter;

    /// <summary>The post number that a list of posts goes on after.</summary>
    public static Result<int> AfterNumber(string? after) => string.IsNullOrEmpty(after) ? 0
        : int.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : wrongAfter;

    /// <summary>One of a few names, in any case; none is the usual one.</summary>
    public static Result<T> OneOf<T>(string? name, T usual, string field) where T : struct, Enum =>
        string.IsNullOrEmpty(name) ? usual
        : Names<T>().Contains(name.ToLowerInvariant()) ? Enum.Parse<T>(name, ignoreCase: true)
        : Refusal.Invalid("This is not one of {0}.", field, string.Join(", ", Names<T>()));

    /// <summary>The names as they stand in addresses.</summary>
    public static IEnumerable<string> Names<T>() where T : struct, Enum => Enum.GetNames<T>().Select(n => n.ToLowerInvariant());

    private static readonly Refusal wrongAfter = Refusal.Invalid("Please pass what the page before gave as next, or leave it out to begin.", "after");
}
