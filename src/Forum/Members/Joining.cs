using System.Net.Mail;
using Forum.Data;
using Forum.Outbox;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Forum.Members;

/// <summary>A new account whose input has been read and found good; whether address and handle are free, the database says.</summary>
/// <param name="Handle">Empty takes one made from the name.</param>
/// <param name="PasswordHash">Null makes an account that cannot sign in by password.</param>
internal sealed record Joining(string Name, string Handle, string Email, string? PasswordHash)
{
    /// <summary>Where from; null where that is not known.</summary>
    public string? Network { get; init; }

    public bool Suspect { get; init; }

    /// <summary>Reads the input and hashes the password, which takes its time: before the transaction.</summary>
    public static Result<Joining> Read(NewMember input, IPasswordHasher<Member> hasher)
    {
        var name = Typed.Line(input.Name);
        if (name.Length is 0 or > Member.MaxNameLength)
            return Refusal.Invalid("Please tell us your name, in at most {0} characters.", "Name", Member.MaxNameLength);
        var email = Typed.Line(input.Email);
        if (email.Length > 254 || !MailAddress.TryCreate(email, out var address) || address.Address != email || !address.Host.Contains('.', StringComparison.Ordinal) && address.Host != "localhost")
            return Refusal.Invalid("Please give an e-mail address, such as you@example.org.", "Email");
        var chosen = Handles.Clean(input.Handle);
        if (chosen.Length > 0 && Handles.Refusal(chosen) is { } refusal)
            return refusal;
        if (input.Password is { } password && CreateMember.PasswordRefusal(password) is { } weak)
            return weak;
        return new Joining(name, chosen, email, input.Password is null ? null : hasher.HashPassword(null!, input.Password));
    }
}

internal static class NewMembers
{
    /// <summary>Makes the account, or says what of it is taken.</summary>
    public static async Task<Result<Member>> JoinAsync(this Deed deed, Joining joining, bool confirmed, CancellationToken cancellation)
    {
        var db = deed.Db;
        var normalizedEmail = joining.Email.ToUpperInvariant();
        if (await db.Users.AnyAsync(m => m.NormalizedEmail == normalizedEmail, cancellation))
            return Refusal.Invalid("There is an account with this address. Sign in instead.", "Email");
        var handle = joining.Handle.Length > 0 ? joining.Handle : await Handles.ForAsync(db, joining.Name, cancellation);
        if (await db.Users.AnyAsync(m => m.NormalizedUserName == Handles.Normalize(handle), cancellation))
            return Refusal.Invalid("This handle is taken. Please choose another.", "Handle");
        var member = new Member
        {
            Name = joining.Name,
            UserName = handle,
            NormalizedUserName = Handles.Normalize(handle),
            Email = joining.Email,
            NormalizedEmail = normalizedEmail,
            EmailConfirmed = confirmed,
            PasswordHash = joining.PasswordHash,
            SecurityStamp = Guid.NewGuid().ToString("N"),
            Created = deed.Now,
            JoinedFrom = joining.Network,
            Suspect = joining.Suspect,
            LockoutEnabled = true,
        };
        db.Users.Add(member);
        await db.SaveChangesAsync(cancellation);
        deed.Tell(new MemberChanged(member.Id));
        return member;
    }
}
