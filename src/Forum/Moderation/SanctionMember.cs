using System.Globalization;
using Forum.Boards;
using Forum.Data;
using Forum.Members;
using Microsoft.EntityFrameworkCore;

namespace Forum.Moderation;

/// <param name="Days">One of <see cref="Sanction.Days"/>; nothing for a warning.</param>
/// <param name="Reason">Told to the member, in at most <see cref="Sanction.MaxReasonLength"/> characters.</param>
public sealed record SanctionInput(string? Handle, SanctionKind Kind, int? Days, string? Reason);

/// <summary>Warns, silences or suspends a member who is not staff. A silence or suspension in place of an earlier one of the same kind holds from now on.</summary>
public sealed class SanctionMember(ForumWriter writer)
{
    public Task<Result<Done>> RunAsync(Actor actor, SanctionInput input, CancellationToken cancellation)
    {
        var reason = Typed.Line(input.Reason);
        var wrong = !Enum.IsDefined(input.Kind) ? Refusal.Invalid("Please choose what is to be done.", "Kind")
            : input.Kind != SanctionKind.Warning && !Sanction.Days.Contains(input.Days ?? 0) ? Refusal.Invalid("Please choose for how long.", "Days")
            : reason.Length is 0 or > Sanction.MaxReasonLength ? Refusal.Invalid("Please say why, in at most {0} characters: the member reads it.", "Reason", Sanction.MaxReasonLength)
            : null;
        if (wrong is not null)
            return Task.FromResult<Result<Done>>(wrong);
        return writer.RunAsync<Done>(actor, async (deed, cancellation) =>
        {
            if (!(await deed.SubjectAsync(input.Handle, cancellation)).Is(out var member, out var refusal))
                return refusal;
            if (await deed.CannotBeSanctionedAsync(member, cancellation) is { } mayNot)
                return mayNot;
            await deed.SanctionAsync(member, input.Kind, input.Kind == SanctionKind.Warning ? null : input.Days, reason, cancellation);
            return new Done();
        }, cancellation);
    }
}

/// <summary>Ends the silence or suspension of a member before its time. Ending twice is ending once.</summary>
public sealed class LiftSanction(ForumWriter writer)
{
    public Task<Result<Done>> RunAsync(Actor actor, long sanctionId, CancellationToken cancellation) => writer.RunAsync<Done>(actor, async (deed, cancellation) =>
    {
        var db = deed.Db;
        if ((await db.RightsOfAsync(actor, deed.Now, cancellation)).CannotSanction() is { } mayNot)
            return mayNot;
        if (await db.Sanctions.SingleOrDefaultAsync(s => s.Id == sanctionId, cancellation) is not { } sanction)
            return Refusal.NotFound;
        if (sanction.Lifted is not null || !(sanction.Until > deed.Now))
            return new Done();
        sanction.Lifted = deed.Now;
        var member = await db.Users.SingleAsync(m => m.Id == sanction.MemberId, cancellation);
        member.Hold(sanction.Kind, null);
        deed.Audit(sanction.Kind switch { SanctionKind.Silence => "member.unsilenced", SanctionKind.PostsWait => "member.posts-no-longer-wait", _ => "member.unsuspended" }, memberId: member.Id, before: Sanctioning.Day(sanction.Until));
        return new Done();
    }, cancellation);
}

/// <summary>Leaves a word about a member for other moderators.</summary>
public sealed class NoteMember(ForumWriter writer)
{
    /// <param name="text">At most <see cref="MemberNote.MaxTextLength"/> characters.</param>
    public Task<Result<Done>> RunAsync(Actor actor, string? handle, string? text, CancellationToken cancellation)
    {
        var note = Typed.Text(text).Trim();
        if (note.Length is 0 or > MemberNote.MaxTextLength)
            return Task.FromResult<Result<Done>>(Refusal.Invalid("Please write at most {0} characters.", "Text", MemberNote.MaxTextLength));
        return writer.RunAsync<Done>(actor, async (deed, cancellation) =>
        {
            if (!(await deed.SubjectAsync(handle, cancellation)).Is(out var member, out var refusal))
                return refusal;
            deed.Db.MemberNotes.Add(new MemberNote { MemberId = member.Id, ById = deed.Actor.MemberId, At = deed.Now, Text = note });
            deed.Audit("member.noted", memberId: member.Id);
            return new Done();
        }, cancellation);
    }
}

internal static class Sanctioning
{
    /// <summary>The member of that handle, for a moderator of the site.</summary>
    public static async Task<Result<Member>> SubjectAsync(this Deed deed, string? handle, CancellationToken cancellation)
    {
        var db = deed.Db;
        if ((await db.RightsOfAsync(deed.Actor, deed.Now, cancellation)).CannotSanction() is { } mayNot)
            return mayNot;
        return (await db.MemberIdAsync(handle, cancellation)).Is(out var id, out var refusal) ? await db.Users.SingleAsync(m => m.Id == id, cancellation) : refusal;
    }

    /// <summary>Why this member is not touched; null for all but staff.</summary>
    public static async Task<Refusal?> CannotBeSanctionedAsync(this Deed deed, Member member, CancellationToken cancellation) =>
        member.Roles != SiteRole.None || await deed.Db.BoardModerations.AnyAsync(m => m.MemberId == member.Id, cancellation)
            ? new Refusal(RefusalKind.Forbidden, "Staff are not warned, silenced or suspended here. Ask an administrator to take the role away first.", "Kind") : null;

    /// <summary>Puts it on record and lets it hold, in place of what holds of the same kind.</summary>
    /// <param name="days">Null for a warning.</param>
    public static async Task SanctionAsync(this Deed deed, Member member, SanctionKind kind, int? days, string reason, CancellationToken cancellation)
    {
        var db = deed.Db;
        var before = kind switch { SanctionKind.Silence => member.SilencedUntil, SanctionKind.Suspension => member.SuspendedUntil, SanctionKind.PostsWait => member.PostsWaitUntil, _ => null };
        var until = days is { } some ? deed.Now.AddDays(some) : (DateTime?)null;
        await db.Sanctions.Where(s => s.MemberId == member.Id && s.Kind == kind && s.Until > deed.Now && s.Lifted == null).ExecuteUpdateAsync(set => set.SetProperty(s => s.Lifted, deed.Now), cancellation);
        var sanction = new Sanction { MemberId = member.Id, Kind = kind, Reason = reason, At = deed.Now, Until = until, ById = deed.Actor.MemberId };
        db.Sanctions.Add(sanction);
        member.Hold(kind, until);
        var what = kind switch { SanctionKind.Warning => "member.warned", SanctionKind.Silence => "member.silenced", SanctionKind.PostsWait => "member.posts-wait", _ => "member.suspended" };
        await deed.TellSanctionedAsync(sanction, what, cancellation);
        deed.Audit(what, memberId: member.Id,
            note: reason, before: Day(before > deed.Now ? before : null), after: Day(until));
    }

    /// <summary>Lets it hold until then, or no longer.</summary>
    public static void Hold(this Member member, SanctionKind kind, DateTime? until)
    {
        switch (kind)
        {
            case SanctionKind.Silence:
                member.SilencedUntil = until;
                break;
            case SanctionKind.Suspension:
                member.SuspendedUntil = until;
                break;
            case SanctionKind.PostsWait:
                member.PostsWaitUntil = until;
                break;
        }
    }

    /// <summary>A moment as the audit trail tells it.</summary>
    public static string? Day(DateTime? at) => at?.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
