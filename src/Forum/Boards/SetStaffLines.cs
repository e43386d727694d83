using Forum.Data;
using Forum.Members;
using Forum.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Forum.Boards;

/// <summary>Says what stands beside the Staff badge of somebody and under their posts.</summary>
public sealed class SetStaffLines(ForumWriter writer)
{
    /// <param name="title">Such as "Product Specialist", at most <see cref="Member.MaxStaffTitleLength"/> characters; empty takes the role's own name.</param>
    /// <param name="signature">One line under each post, at most <see cref="Member.MaxSignatureLength"/> characters; may be empty.</param>
    public Task<Result<Done>> RunAsync(Actor actor, string? handle, string? title, string? signature, CancellationToken cancellation)
    {
        var (shown, line) = (Typed.Line(title), Typed.Line(signature));
        if ((shown.Length > Member.MaxStaffTitleLength ? Refusal.Invalid("Please give the title in at most {0} characters.", "Title", Member.MaxStaffTitleLength)
            : line.Length > Member.MaxSignatureLength ? Refusal.Invalid("Please shorten the signature to {0} characters.", "Signature", Member.MaxSignatureLength) : null) is { } wrong)
            return Task.FromResult<Result<Done>>(wrong);
        return writer.RunAsync<Done>(actor, async (deed, cancellation) =>
        {
            var db = deed.Db;
            if ((await db.RightsOfAsync(actor, deed.Now, cancellation)).CannotChangeRoles() is { } mayNot)
                return mayNot;
            if (!(await db.MemberIdAsync(handle, cancellation)).Is(out var id, out var refusal))
                return refusal;
            var member = await db.Users.SingleAsync(m => m.Id == id, cancellation);
            if (member.Roles == SiteRole.None && !await db.BoardModerations.AnyAsync(m => m.MemberId == id, cancellation))
                return Refusal.Invalid("Only staff have a title. Give a role first.", "Title");
            if ((member.StaffTitle ?? "") == shown && (member.Signature ?? "") == line)
                return new Done();
            var before = Lines(member);
            (member.StaffTitle, member.Signature) = (shown.Length > 0 ? shown : null, line.Length > 0 ? line : null);
            deed.Audit("role.lines", memberId: id, before: before, after: Lines(member));
            deed.Tell(new MemberChanged(id));
            return new Done();
        }, cancellation);
    }

    private static string? Lines(Member member) => (member.StaffTitle ?? member.Signature) is null ? null : $"{member.StaffTitle} · {member.Signature}";
}
