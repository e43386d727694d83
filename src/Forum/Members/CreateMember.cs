using System.Net.Mail;
using System.Text;
using Forum.Data;
using Forum.Outbox;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

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
        var name = Typed.Line(input.Name);
        if (name.Length is 0 or > Member.MaxNameLength)
            return Refusal.Invalid("Please tell us your name, in at most {0} characters.", "Name", Member.MaxNameLength);
        var email = Typed.Line(input.Email);
        if (email.Length > 254 || !MailAddress.TryCreate(email, out var address) || address.Address != email || !address.Host.Contains('.', StringComparison.Ordinal) && address.Host != "localhost")
            return Refusal.Invalid("Please give an e-mail address, such as you@example.org.", "Email");
        var chosen = Handles.Clean(input.Handle);
        if (chosen.Length > 0 && Handles.Refusal(chosen) is { } refusal)
            return refusal;
        if (input.Password is { } password && PasswordRefusal(password) is { } weak)
            return weak;

        var hash = input.Password is null ? null : hasher.HashPassword(null!, input.Password);
        return await writer.RunAsync<Member>(actor, async (deed, cancellation) =>
        {
            var db = deed.Db;
            var normalizedEmail = email.ToUpperInvariant();
            if (await db.Users.AnyAsync(m => m.NormalizedEmail == normalizedEmail, cancellation))
                return Refusal.Invalid("There is an account with this address. Sign in instead.", "Email");
            var handle = chosen.Length > 0 ? chosen : await Handles.ForAsync(db, name, cancellation);
            if (await db.Users.AnyAsync(m => m.NormalizedUserName == Handles.Normalize(handle), cancellation))
                return Refusal.Invalid("This handle is taken. Please choose another.", "Handle");
            var member = new Member
            {
                Name = name,
                UserName = handle,
                NormalizedUserName = Handles.Normalize(handle),
                Email = email,
                NormalizedEmail = normalizedEmail,
                EmailConfirmed = actor.IsOperator,
                PasswordHash = hash,
                SecurityStamp = Guid.NewGuid().ToString("N"),
                Created = deed.Now,
                LockoutEnabled = true,
            };
            db.Users.Add(member);
            await db.SaveChangesAsync(cancellation);
            deed.Tell(new MemberChanged(member.Id));
            return member;
        }, cancellation);
    }

    /// <summary>Why this cannot be a password; null when it can.</summary>
    public static Refusal? PasswordRefusal(string password) =>
        password.Length < MinPasswordLength ? Refusal.Invalid("Please choose a password of at least {0} characters. A few words make a good one.", "Password", MinPasswordLength)
        : password.Length > MaxPasswordLength ? Refusal.Invalid("Please choose a password of at most {0} characters.", "Password", MaxPasswordLength)
        : password.EnumerateRunes().Contains(Rune.ReplacementChar) ? Refusal.Invalid("This password has a character that cannot be read. Please choose another.", "Password")
        : null;
}
