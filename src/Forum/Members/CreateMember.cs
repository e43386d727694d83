using System.Text;
using Forum.Data;
using Microsoft.AspNetCore.Identity;

namespace Forum.Members;

/// <param name="Handle">Null or empty takes one made from the name.</param>
/// <param name="Password">Null makes an account that cannot sign in by password.</param>
public sealed record NewMember(string? Name, string? Handle, string? Email, string? Password);

/// <summary>Makes an account: for somebody who signs up, or at the operator's word.</summary>
public sealed class CreateMember(ForumWriter writer, IPasswordHasher<Member> hasher)
{
    /// <summary>Least length of a password; there are no other rules of composition [ASVS 6.2.1].</summary>
    public const int MinPasswordLength = 10;

    /// <summary>Longest password that is taken whole [ASVS 6.2.9].</summary>
    public const int MaxPasswordLength = 128;

    public async Task<Result<Member>> RunAsync(Actor actor, NewMember input, CancellationToken cancellation)
    {
        if (!Joining.Read(input, hasher).Is(out var joining, out var refusal))
            return refusal;
        return await writer.RunAsync(actor, (deed, cancellation) => deed.JoinAsync(joining, confirmed: actor.IsOperator, cancellation), cancellation);
    }

    /// <summary>Why this cannot be a password; null when it can.</summary>
    public static Refusal? PasswordRefusal(string password) =>
        password.Length < MinPasswordLength ? Refusal.Invalid("Please choose a password of at least {0} characters. A few words make a good one.", "Password", MinPasswordLength)
        : password.Length > MaxPasswordLength ? Refusal.Invalid("Please choose a password of at most {0} characters.", "Password", MaxPasswordLength)
        : password.EnumerateRunes().Contains(Rune.ReplacementChar) ? Refusal.Invalid("This password has a character that cannot be read. Please choose another.", "Password")
        : null;
}
