using System.Buffers.Text;
using Forum.Data;
using Forum.Data.Providers;
using Forum.Settings;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Forum.Members;

/// <summary>A passkey of a member.</summary>
/// <param name="Id">Names it where it is taken off: the id of the credential in base64url.</param>
public sealed record PasskeyView(string Id, string Name, DateTime Created);

/// <summary>Adds a passkey whose proof was checked to the account of the member who asks. It is told to them by mail.</summary>
public sealed class AddPasskey(ForumWriter writer, ForumOptions options)
{
    /// <summary>Passkeys of one member.</summary>
    public const int Max = 10;

    public const int MaxNameLength = 60;

    /// <summary>Bytes of the id of a credential: what the column holds.</summary>
    private const int MaxIdLength = 1024;

    /// <param name="name">What the member knows it by; empty takes the device they are at.</param>
    public Task<Result<Done>> RunAsync(Actor actor, UserPasskeyInfo passkey, string? name, Caller caller, CancellationToken cancellation) =>
        writer.RunAsync<Done>(actor, async (deed, cancellation) =>
        {
            if (await deed.Db.Users.SingleOrDefaultAsync(m => m.Id == actor.MemberId, cancellation) is not { } member)
                return Refusal.SignInFirst;
            var called = Typed.Line(name) is { Length: > 0 } typed ? typed : caller.Device ?? "Passkey";
            if (called.Length > MaxNameLength)
                return Refusal.Invalid("Please give it a name of at most {0} characters.", "Name", MaxNameLength);
            await deed.Db.TakeTurnAsync(WaysIn.TurnOf(member.Id), cancellation);
            if (await deed.Db.UserPasskeys.CountAsync(p => p.UserId == member.Id, cancellation) >= Max)
                return Refusal.Invalid("You have {0} passkeys already. Take off one that you do not need.", null, Max);
            if (passkey.CredentialId.Length > MaxIdLength || await deed.Db.UserPasskeys.AnyAsync(p => p.CredentialId == passkey.CredentialId, cancellation))
                return Refusal.Invalid("This passkey is known already.");
            deed.Db.UserPasskeys.Add(new IdentityUserPasskey<long>
            {
                UserId = member.Id,
                CredentialId = passkey.CredentialId,
                Data = new()
                {
                    PublicKey = passkey.PublicKey,
                    Name = called,
                    CreatedAt = deed.Now,
                    SignCount = passkey.SignCount,
                    Transports = passkey.Transports,
                    IsUserVerified = passkey.IsUserVerified,
                    IsBackupEligible = passkey.IsBackupEligible,
                    IsBackedUp = passkey.IsBackedUp,
                    AttestationObject = passkey.AttestationObject,
                    ClientDataJson = passkey.ClientDataJson,
                },
            });
            deed.Note(SecurityEventKind.PasskeyAdded, member.Id, caller);
            deed.MailChange(member.Email!, member, options.Site, "A passkey was added to your account.");
            return new Done();
        }, cancellation);
}

/// <summary>Takes a passkey off; the last way in stays.</summary>
public sealed class RemovePasskey(ForumWriter writer, ForumOptions options)
{
    public Task<Result<Done>> RunAsync(Actor actor, string? id, Caller caller, CancellationToken cancellation) =>
        writer.RunEvenReadOnlyAsync<Done>(actor, async (deed, cancellation) =>
        {
            if (id is null || !Base64Url.IsValid(id) || await deed.Db.Users.SingleOrDefaultAsync(m => m.Id == actor.MemberId, cancellation) is not { } member)
                return Refusal.NotFound;
            var credential = Base64Url.DecodeFromChars(id);
            if (await deed.Db.IsLastWayInAsync(member, options.SignIn, cancellation))
                return WaysIn.LastStays;
            if (await deed.Db.UserPasskeys.Where(p => p.UserId == member.Id && p.CredentialId == credential).ExecuteDeleteAsync(cancellation) == 0)
                return Refusal.NotFound;
            deed.Note(SecurityEventKind.PasskeyRemoved, member.Id, caller);
            deed.MailChange(member.Email!, member, options.Site, "A passkey was taken off your account.");
            return new Done();
        }, cancellation);
}

/// <summary>Finds the member of a passkey whose proof was checked. Each question is answered once: a proof that was copied is good for nothing.</summary>
public sealed class UsePasskey(ForumWriter writer)
{
    private static readonly Pace once = new("passkey", 1, Attempt.Kept);

    /// <param name="question">What was asked of the device.</param>
    public Task<Result<Member>> RunAsync(Actor actor, UserPasskeyInfo passkey, long memberId, string question, CancellationToken cancellation) =>
        writer.RunEvenReadOnlyAsync<Member>(actor, async (deed, cancellation) =>
        {
            var key = once.Key(question);
            var member = await deed.Db.Users.AsNoTracking().SingleOrDefaultAsync(m => m.Id == memberId && m.EmailConfirmed, cancellation);
            var row = await deed.Db.UserPasskeys.SingleOrDefaultAsync(p => p.UserId == memberId && p.CredentialId == passkey.CredentialId, cancellation);
            if (member is null || row is null || await deed.Db.WaitAsync(once, key, deed.Now, cancellation) is not null)
                return Refusal.Invalid("This passkey was not taken. Please try again.");
            deed.Try(key);
            (row.Data.SignCount, row.Data.IsBackedUp) = (passkey.SignCount, passkey.IsBackedUp);
            return member;
        }, cancellation);
}
