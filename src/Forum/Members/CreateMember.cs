using Forum.Data;
using Forum.Settings;
using Microsoft.AspNetCore.Identity;

namespace Forum.Members;

/// <param name="Handle">Null or empty takes one made from the name.</param>
/// <param name="Password">Null makes an account that cannot sign in by password.</param>
/// <param name="Network">Where somebody signs up from, as sessions keep it; null where that is not known.</param>
/// <param name="Took">How long the form was open; null where there was none.</param>
/// <param name="Terms">The version of the terms of use that is accepted; 0 for none.</param>
/// <param name="Invitation">The secret of an invitation; null without one.</param>
/// <param name="Trap">What was typed into a field that people do not see.</param>
public sealed record NewMember(string? Name, string? Handle, string? Email, string? Password, string? Network = null, TimeSpan? Took = null, string? Trap = null, int Terms = 0, string? Invitation = null, string? Browser = null)
{
    /// <summary>A program filled the form in.</summary>
    internal bool IsSuspect(LimitOptions limits) => limits.Enabled && (!string.IsNullOrEmpty(Trap) || Took < TimeSpan.FromSeconds(limits.SecondsToWriteOfNewcomers));
}

/// <summary>Makes an account at the operator's word: its address counts as confirmed. Without a password nobody signs in to it.</summary>
public sealed class CreateMember(ForumWriter writer, IPasswordHasher<Member> hasher)
{
    public async Task<Result<Member>> RunAsync(Actor actor, NewMember input, CancellationToken cancellation)
    {
        if (!actor.IsOperator)
            return Refusal.Forbidden("Only the operator makes accounts for others.");
        return Joining.Read(input, hasher, null).Is(out var joining, out var refusal)
            ? await writer.RunAsync(actor, (deed, cancellation) => deed.JoinAsync(joining, confirmed: true, cancellation), cancellation) : refusal;
    }
}
