using Forum.Data;
using Forum.Outbox;
using Forum.Settings;
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

    /// <summary>The version of the terms of use that is accepted.</summary>
    public int Terms { get; init; }

    /// <summary>Reads the input and hashes the password, which takes its time: before the transaction.</summary>
    /// <param name="site">Null where the operator chooses the password, who may take a common one.</param>
    public static Result<Joining> Read(NewMember input, IPasswordHasher<Member> hasher, SiteOptions? site)
    {
        var name = Typed.Line(input.Name);
        if (name.Length is 0 or > Member.MaxNameLength)
            return Refusal.Invalid("Please tell us your name, in at most {0} characters.", "Name", Member.MaxNameLength);
        if (!Emails.Read(input.Email).Is(out var email, out var unreadable))
            return unreadable;
        var chosen = Handles.Clean(input.Handle);
        if (chosen.Length > 0 && Handles.Refusal(chosen) is { } refusal)
            return refusal;
        if (input.Password is { } password && (site is null ? Passwords.Refusal(password) : Passwords.Refusal(password, site, name, email, chosen)) is { } weak)
            return weak;
        return new Joining(name, chosen, email, input.Password is null ? null : hasher.HashPassword(null!, input.Password));
    }
}

internal static class NewMembers
{
    /// <summary>Makes the account, or says what of it is taken. What is not confirmed gets its handle when it is.</summary>
    public static async Task<Result<Member>> JoinAsync(this Deed deed, Joining joining, bool confirmed, CancellationToken cancellation)
    {
        var db = deed.Db;
        if (await db.Users.OfEmail(joining.Email).AnyAsync(cancellation))
            return Refusal.Invalid("There is an account with this address. Sign in instead.", "Email");
        if (await db.IsTakenAsync(joining, cancellation) is { } taken)
            return taken;
        var handle = !confirmed ? Handles.Waiting() : joining.Handle.Length > 0 ? joining.Handle : await Handles.ForAsync(db, joining.Name, cancellation);
        var member = new Member
        {
            Name = joining.Name,
            UserName = handle,
            NormalizedUserName = Handles.Normalize(handle),
            WishedHandle = confirmed || joining.Handle.Length == 0 ? null : joining.Handle,
            Email = joining.Email,
            NormalizedEmail = Emails.Normalize(joining.Email),
            EmailConfirmed = confirmed,
            PasswordHash = joining.PasswordHash,
            SecurityStamp = Guid.NewGuid().ToString("N"),
            Created = deed.Now,
            JoinedFrom = joining.Network,
            Suspect = joining.Suspect,
            TermsAccepted = joining.Terms,
            LockoutEnabled = true,
        };
        db.Users.Add(member);
        await db.SaveChangesAsync(cancellation);
        deed.Tell(new MemberChanged(member.Id));
        return member;
    }

    /// <summary>The address is the member's, who gets their handle now; an account that is confirmed stays as it is.</summary>
    public static async Task ConfirmAsync(this Deed deed, Member member, CancellationToken cancellation)
    {
        if (member.EmailConfirmed)
            return;
        var handle = member.WishedHandle is { } wish && !await deed.Db.OfHandle(wish).AnyAsync(cancellation) ? wish : await Handles.ForAsync(deed.Db, member.Name, cancellation);
        (member.UserName, member.NormalizedUserName, member.WishedHandle) = (handle, Handles.Normalize(handle), null);
        // Nobody was there before who could have wanted to leave.
        (member.EmailConfirmed, member.ErasureDue) = (true, null);
        deed.Tell(new MemberChanged(member.Id));
    }

    /// <summary>Why somebody cannot have the handle that they chose; null when they can, or chose none.</summary>
    public static async Task<Refusal?> IsTakenAsync(this ForumDbContext db, Joining joining, CancellationToken cancellation) =>
        joining.Handle.Length > 0 && await db.OfHandle(joining.Handle).AnyAsync(cancellation) ? Refusal.Invalid("This handle is taken. Please choose another.", "Handle") : null;
}
