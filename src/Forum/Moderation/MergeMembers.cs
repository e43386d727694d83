using System.Globalization;
using Forum.Boards;
using Forum.Data;
using Forum.Members;
using Forum.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Forum.Moderation;

/// <summary>
/// An administrator says that two accounts are one member's. The one that goes is closed at once: signed out everywhere, its address free, its handle and those
/// before it the kept one's. What it wrote and did follows soon (<see cref="Jobs.FinishMerges"/>). It cannot be undone.
/// </summary>
public sealed class MergeMembers(ForumWriter writer)
{
    /// <param name="from">Handle of the account that goes: neither one's own nor one that has a role or moderates.</param>
    /// <param name="into">Handle of the one that is kept.</param>
    /// <param name="reason">For the record; at most <see cref="AuditEntry.MaxNoteLength"/> characters, and needed.</param>
    public Task<Result<Done>> RunAsync(Actor actor, string? from, string? into, string? reason, CancellationToken cancellation)
    {
        if (!AuditEntry.ReadNote(reason).Is(out var note, out var refusal) || note is null)
            return Task.FromResult<Result<Done>>(refusal ?? Refusal.Invalid("Please say why, for the record.", "Reason"));
        return writer.RunAsync<Done>(actor, async (deed, cancellation) =>
        {
            var db = deed.Db;
            if (!(await db.MergeableAsync(await db.RightsOfAsync(actor, deed.Now, cancellation), from, into, cancellation)).Is(out var pair, out var mayNot))
                return mayNot;
            var (goes, kept) = (await db.Users.SingleAsync(m => m.Id == pair.From, cancellation), await db.Users.SingleAsync(m => m.Id == pair.Into, cancellation));
            db.MemberMerges.Add(new MemberMerge { FromId = goes.Id, IntoId = kept.Id, ById = actor.MemberId, At = deed.Now });
            deed.Audit("member.merged", memberId: kept.Id, note: note, before: $"@{goes.Handle}", after: $"@{kept.Handle}");
            await CloseAsync(deed, goes, kept, cancellation);
            // Nobody who runs the place is shut out of it by an account of before.
            if (!await db.HasOfficeAsync(kept, cancellation))
                (kept.SuspendedUntil, kept.SilencedUntil, kept.PostsWaitUntil) = (Later(kept.SuspendedUntil, goes.SuspendedUntil), Later(kept.SilencedUntil, goes.SilencedUntil), Later(kept.PostsWaitUntil, goes.PostsWaitUntil));
            deed.Tell(new MemberChanged(goes.Id));
            deed.Tell(new MemberChanged(kept.Id));
            return new Done();
        }, cancellation);
    }

    private static DateTime? Later(DateTime? one, DateTime? other) => one > other || other is null ? one : other;

    /// <summary>Nobody gets in by it any more, and its names are the kept one's. Until all has moved, what it wrote shows the kept one's name.</summary>
    private static async Task CloseAsync(Deed deed, Member goes, Member kept, CancellationToken cancellation)
    {
        var db = deed.Db;
        await db.Sessions.Where(r => r.MemberId == goes.Id).ExecuteDeleteAsync(cancellation);
        await db.ApiTokens.Where(r => r.MemberId == goes.Id).ExecuteDeleteAsync(cancellation);
        await db.AccountTokens.Where(r => r.MemberId == goes.Id).ExecuteDeleteAsync(cancellation);
        await db.SecondFactors.Where(r => r.MemberId == goes.Id).ExecuteDeleteAsync(cancellation);
        await db.RecoveryCodes.Where(r => r.MemberId == goes.Id).ExecuteDeleteAsync(cancellation);
        await db.RememberedDevices.Where(r => r.MemberId == goes.Id).ExecuteDeleteAsync(cancellation);
        await db.UserPasskeys.Where(r => r.UserId == goes.Id).ExecuteDeleteAsync(cancellation);
        await db.UserClaims.Where(r => r.UserId == goes.Id).ExecuteDeleteAsync(cancellation);
        // Whoever comes by a provider comes to the kept one, but for a second account at the same provider.
        await db.UserLogins.Where(r => r.UserId == goes.Id && !db.UserLogins.Any(o => o.UserId == kept.Id && o.LoginProvider == r.LoginProvider)).ExecuteUpdateAsync(set => set.SetProperty(r => r.UserId, kept.Id), cancellation);
        await db.UserLogins.Where(r => r.UserId == goes.Id).ExecuteDeleteAsync(cancellation);
        await db.UserTokens.Where(r => r.UserId == goes.Id).ExecuteDeleteAsync(cancellation);
        await db.FormerHandles.Where(f => f.MemberId == goes.Id).ExecuteUpdateAsync(set => set.SetProperty(f => f.MemberId, kept.Id), cancellation);
        db.FormerHandles.Add(new FormerHandle { Normalized = goes.NormalizedUserName!, MemberId = kept.Id, Left = deed.Now });
        var handle = string.Create(CultureInfo.InvariantCulture, $"{Handles.Former}{goes.Id}");
        (goes.Name, goes.UserName, goes.NormalizedUserName, goes.Erased) = (kept.Name, handle, Handles.Normalize(handle), deed.Now);
        (goes.Email, goes.NormalizedEmail, goes.EmailConfirmed, goes.PasswordHash, goes.PhoneNumber) = (null, null, false, null, null);
        (goes.Avatar, goes.Signature, goes.JoinedFrom, goes.TwoFactorEnabled, goes.SecurityStamp) = (null, null, null, false, Guid.NewGuid().ToString("N"));
    }
}

internal static class Mergeable
{
    /// <summary>The two accounts, where this actor may make them one; refused to all but administrators.</summary>
    public static async Task<Result<(long From, long Into)>> MergeableAsync(this ForumDbContext db, Rights rights, string? from, string? into, CancellationToken cancellation)
    {
        if (rights.CannotMergeMembers() is { } mayNot)
            return mayNot;
        if (await db.OfHandle(from).AsNoTracking().SingleOrDefaultAsync(cancellation) is not { Erased: null } goes)
            return Refusal.NotFound;
        if (await db.OfHandle(into).AsNoTracking().SingleOrDefaultAsync(cancellation) is not { Erased: null } kept)
            return Refusal.Invalid("There is no member with the handle \"{0}\".", "Into", into ?? "");
        if (goes.Id == kept.Id)
            return Refusal.Invalid("This is the same account. Please name the other one, which is kept.", "Into");
        if (goes.Id == rights.MemberId)
            return Refusal.Forbidden("You cannot merge your own account away.");
        if (await db.HasOfficeAsync(goes, cancellation))
            return Refusal.Forbidden("This account has a role, which does not move. Take the role away first.");
        if (goes.ErasureDue is not null || kept.ErasureDue is not null)
            return Refusal.Forbidden("One of these accounts is to be erased, as its member wishes.");
        return (goes.Id, kept.Id);
    }

    public static async Task<bool> HasOfficeAsync(this ForumDbContext db, Member member, CancellationToken cancellation) =>
        member.Roles != SiteRole.None || await db.BoardModerators.AnyAsync(m => m.MemberId == member.Id, cancellation);
}
