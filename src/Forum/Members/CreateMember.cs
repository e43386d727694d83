using System.Text;
using Forum.Data;
using Forum.Settings;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Forum.Members;

/// <param name="Handle">Null or empty takes one made from the name.</param>
/// <param name="Password">Null makes an account that cannot sign in by password.</param>
/// <param name="Network">Where somebody signs up from, as sessions keep it; null where that is not known.</param>
/// <param name="Took">How long the form was open; null where there was none.</param>
/// <param name="Trap">What was typed into a field that people do not see.</param>
public sealed record NewMember(string? Name, string? Handle, string? Email, string? Password, string? Network = null, TimeSpan? Took = null, string? Trap = null)
{
    /// <summary>A program filled the form in.</summary>
    internal bool IsSuspect(LimitOptions limits) => limits.Enabled && (!string.IsNullOrEmpty(Trap) || Took < TimeSpan.FromSeconds(limits.SecondsToWriteOfNewcomers));
}

/// <summary>Makes an account: for somebody who signs up, or at the operator's word.</summary>
public sealed class CreateMember(ForumWriter writer, IPasswordHasher<Member> hasher, BlockList blocks, ForumOptions options)
{
    /// <summary>Least length of a password; there are no other rules of composition [ASVS 6.2.1].</summary>
    public const int MinPasswordLength = 10;

    /// <summary>Longest password that is taken whole [ASVS 6.2.9].</summary>
    public const int MaxPasswordLength = 128;

    /// <summary>Accounts that are made from one network in 24 hours [Discourse].</summary>
    public const int MaxPerNetwork = 3;

    private static readonly TimeSpan day = TimeSpan.FromHours(24);

    public async Task<Result<Member>> RunAsync(Actor actor, NewMember input, CancellationToken cancellation)
    {
        if (!Joining.Read(input, hasher).Is(out var joining, out var refusal))
            return refusal;
        if (!actor.IsOperator && await blocks.IsBlockedAsync(joining.Email, cancellation))
            return Refusal.Invalid("Accounts with this e-mail address are not made here. Please take another one.", "Email");
        return await writer.RunAsync(actor, async (deed, cancellation) =>
            options.Limits.Enabled && !actor.IsOperator && input.Network is { } network && await TooManyAsync(deed, network, cancellation) is { } tooMany ? tooMany
            : await deed.JoinAsync(joining with { Network = input.Network, Suspect = input.IsSuspect(options.Limits) }, confirmed: actor.IsOperator, cancellation), cancellation);
    }

    /// <summary>Why nobody else signs up from there today; null when somebody may.</summary>
    private static async Task<Refusal?> TooManyAsync(Deed deed, string network, CancellationToken cancellation)
    {
        var since = deed.Now - day;
        var joined = await deed.Db.Users.Where(m => m.JoinedFrom == network && m.Created > since).OrderByDescending(m => m.Created).Select(m => m.Created).Take(MaxPerNetwork).ToListAsync(cancellation);
        return joined.Count < MaxPerNetwork ? null
            : Refusal.TooMany(joined[^1] + day - deed.Now, "{0} accounts were made from where you are in 24 hours, which is all there may be. What you typed is kept: come back tomorrow.", MaxPerNetwork);
    }

    /// <summary>Why this cannot be a password; null when it can.</summary>
    public static Refusal? PasswordRefusal(string password) =>
        password.Length < MinPasswordLength ? Refusal.Invalid("Please choose a password of at least {0} characters. A few words make a good one.", "Password", MinPasswordLength)
        : password.Length > MaxPasswordLength ? Refusal.Invalid("Please choose a password of at most {0} characters.", "Password", MaxPasswordLength)
        : password.EnumerateRunes().Contains(Rune.ReplacementChar) ? Refusal.Invalid("This password has a character that cannot be read. Please choose another.", "Password")
        : null;
}
