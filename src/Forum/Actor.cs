namespace Forum;

/// <summary>Who does a deed: a member, a visitor, or the operator at the command line. Passed by hand, never ambient; what the actor may do is read from the database each time.</summary>
public sealed record Actor
{
    /// <summary>The member's id; null for a visitor and for the operator.</summary>
    public long? MemberId { get; private init; }

    /// <summary>True for the operator at the command line, who holds every right.</summary>
    public bool IsOperator { get; private init; }

    public static readonly Actor Visitor = new();

    public static readonly Actor Operator = new() { IsOperator = true };

    public static Actor Member(long id) => new() { MemberId = id };
}
