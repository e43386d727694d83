namespace Forum;

/// <summary>Which polite "no" it is; the web floor maps each to one status code.</summary>
public enum RefusalKind
{
    /// <summary>What was sent breaks a rule of form (400).</summary>
    Invalid,

    /// <summary>Only members may do this (401).</summary>
    SignIn,

    /// <summary>This member may not do this (403).</summary>
    Forbidden,

    /// <summary>It does not exist, or the actor may not know that it does (404).</summary>
    NotFound,

    /// <summary>It was there and was deleted (410).</summary>
    Gone,

    /// <summary>Somebody else was faster; what was typed is handed back (409).</summary>
    Conflict,

    /// <summary>Too often or too fast (429).</summary>
    TooMany,

    /// <summary>A file larger than is taken (413).</summary>
    TooLarge,

    /// <summary>A file of a kind that is not taken, or not what it says it is (415).</summary>
    Unsupported,

    /// <summary>Something that the deed needs does not answer right now (503).</summary>
    Unavailable,
}

/// <summary>The forum's polite "no": an expected outcome of a deed, never an exception.</summary>
/// <param name="Kind">Which "no" it is.</param>
/// <param name="Message">An English sentence that says what to do next. It is the key of its translation; <c>{0}</c> takes the <paramref name="Args"/>.</param>
/// <param name="Field">The input field it speaks of, where it speaks of one.</param>
/// <param name="Args">What the placeholders of the message stand for.</param>
public record Refusal(RefusalKind Kind, string Message, string? Field = null, params object[] Args)
{
    /// <summary>How long to wait before the same would be taken; null where waiting does not help.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public static Refusal Invalid(string message, string? field = null, params object[] args) => new(RefusalKind.Invalid, message, field, args);
    public static Refusal Forbidden(string message, params object[] args) => new(RefusalKind.Forbidden, message, null, args);
    /// <param name="after">How long until it would be taken; less than a second counts as one.</param>
    public static Refusal TooMany(TimeSpan after, string message, params object[] args) => new(RefusalKind.TooMany, message, null, args) { RetryAfter = after };

    public static readonly Refusal SignInFirst = new(RefusalKind.SignIn, "Please sign in first.");
    public static readonly Refusal NotFound = new(RefusalKind.NotFound, "There is nothing here, or it is not for you to see.");
    public static readonly Refusal Gone = new(RefusalKind.Gone, "This was deleted.");

    /// <summary>Somebody else of the staff was faster.</summary>
    public static readonly Refusal DecidedMeanwhile = new(RefusalKind.Conflict, "Somebody else has decided about this post meanwhile.");

    /// <summary>For those who see it all the same.</summary>
    public static readonly Refusal OutOfSight = Forbidden("This is out of sight of its readers. Bring it back first.");

    public override string ToString() => string.Format(System.Globalization.CultureInfo.InvariantCulture, Message, Args);
}
