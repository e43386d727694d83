namespace Forum;

/// <summary>How much of a member's power a deed in their name may use; a key to the API can hold less than all of it.</summary>
public enum Power : byte
{
    /// <summary>What every member may do with their own.</summary>
    Member,

    /// <summary>Also what their role lets them do with what others wrote.</summary>
    Moderator,

    /// <summary>All of it.</summary>
    Full,
}

/// <summary>Who does a deed: a member, a visitor, or the operator at the command line. Passed by hand, never ambient; what the actor may do is read from the database each time.</summary>
public sealed record Actor
{
    /// <summary>The member's id; null for a visitor and for the operator.</summary>
    public long? MemberId { get; private init; }

    /// <summary>True for the operator at the command line, who holds every right.</summary>
    public bool IsOperator { get; private init; }

    /// <summary>How much of the member's power this actor may use.</summary>
    public Power Power { get; private init; } = Power.Full;

    public static readonly Actor Visitor = new();

    public static readonly Actor Operator = new() { IsOperator = true };

    public static Actor Member(long id, Power power = Power.Full) => new() { MemberId = id, Power = power };
}
