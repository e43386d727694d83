namespace Forum.Topics;

/// <summary>How long posts may be edited, and which edits are corrections that make no revision (rules of writing).</summary>
public static class EditRules
{
    /// <summary>For how long after writing it authors edit and delete their own post; afterwards others rely on what it says.</summary>
    public static readonly TimeSpan AuthorsWindow = TimeSpan.FromDays(1);

    /// <summary>The same for authors of <see cref="TrustOfLongWindow"/>.</summary>
    public static readonly TimeSpan LongWindow = TimeSpan.FromDays(30);

    /// <summary>Trust from which authors have the long window.</summary>
    public const byte TrustOfLongWindow = 2;

    /// <summary>Trust from which a member may edit wikis (table of rights).</summary>
    public const byte TrustOfWikis = 1;

    /// <summary>For how long after writing a post, or after their last edit on record, authors correct it without a revision [Discourse].</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(5);

    /// <summary>Most characters that such a correction takes away and adds, together [Discourse].</summary>
    public const int GraceCharacters = 100;

    public static TimeSpan WindowOf(byte trust) => trust >= TrustOfLongWindow ? LongWindow : AuthorsWindow;
}
