using System.Globalization;
using Forum.Data;
using Forum.Members;
using Forum.Moderation;
using Forum.Outbox;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;

namespace Forum.Jobs;

/// <summary>
/// Erases the accounts whose time has come. What others have answered, upvoted or counted stays, by a "Former member" whom nobody finds again;
/// everything that tells who it was goes: name, handle and where posts mention it, addresses, sessions, keys, drafts, marks, notes of staff. Several nodes may do it at once.
/// </summary>
public sealed class EraseMembers(ForumWriter writer, IDbContextFactory<ForumDbContext> contexts, MentionsAnew mentions, TimeProvider clock)
{
    /// <summary>Posts in one transaction, so that others who write need not wait long.</summary>
    private const int BatchSize = 50;

    /// <returns>How many accounts were erased.</returns>
    public async Task<Result<int>> RunAsync(Actor actor, CancellationToken cancellation)
    {
        if (!actor.IsOperator)
            return Refusal.Forbidden("Only the operator erases accounts that are due.");
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var due = await db.Users.Where(m => m.ErasureDue <= now && m.Erased == null).Select(m => new { m.Id, m.ErasesPosts }).ToListAsync(cancellation);
        var erased = 0;
        foreach (var member in due)
        {
            while (member.ErasesPosts && (await writer.RunAsync<int>(actor, (deed, cancellation) => DeletePostsAsync(deed, member.Id, cancellation), cancellation)).Required == BatchSize)
            {
            }
            await mentions.ForgetAsync(actor, member.Id, cancellation);
            erased += (await writer.RunAsync<int>(actor, (deed, cancellation) => EraseAsync(deed, member.Id, cancellation), cancellation)).Required;
        }
        return erased;
    }

    private static async Task<Result<int>> DeletePostsAsync(Deed deed, long memberId, CancellationToken cancellation)
    {
        var db = deed.Db;
        var posts = await db.Posts.Where(p => p.AuthorId == memberId && p.Number > 0 && p.Visibility != Visibility.Deleted
                && (p.Number > 1 || !db.Posts.Any(o => o.TopicId == p.TopicId && o.Number > 1 && o.AuthorId != memberId && o.Visibility == Visibility.Visible)))
            .OrderBy(p => p.Id).Take(BatchSize).Select(p => p.Id).ToListAsync(cancellation);
        foreach (var post in posts)
            _ = (await deed.ChangeSightAsync(post, Visibility.Deleted, (_, _) => null, null, cancellation, tell: false)).Required;
        return posts.Count;
    }

    private static async Task<Result<int>> EraseAsync(Deed deed, long id, CancellationToken cancellation)
    {
        var db = deed.Db;
        // Of two nodes, and of a member who calls it off at the same moment, one comes first.
        if (await db.Users.Where(m => m.Id == id && m.ErasureDue <= deed.Now && m.Erased == null).ExecuteUpdateAsync(set => set.SetProperty(m => m.Erased, deed.Now), cancellation) == 0)
            return 0;
        await db.Sessions.Where(r => r.MemberId == id).ExecuteDeleteAsync(cancellation);
        await db.ApiTokens.Where(r => r.MemberId == id).ExecuteDeleteAsync(cancellation);
        await db.AccountTokens.Where(r => r.MemberId == id).ExecuteDeleteAsync(cancellation);
        await db.SecurityEvents.Where(r => r.MemberId == id).ExecuteDeleteAsync(cancellation);
        await db.SecondFactors.Where(r => r.MemberId == id).ExecuteDeleteAsync(cancellation);
        await db.RecoveryCodes.Where(r => r.MemberId == id).ExecuteDeleteAsync(cancellation);
        await db.RememberedDevices.Where(r => r.MemberId == id).ExecuteDeleteAsync(cancellation);
        await db.Profiles.Where(r => r.MemberId == id).ExecuteDeleteAsync(cancellation);
        await db.Ignorings.Where(r => r.MemberId == id || r.IgnoredId == id).ExecuteDeleteAsync(cancellation);
        await db.Drafts.Where(r => r.MemberId == id).ExecuteDeleteAsync(cancellation);
        await db.Bookmarks.Where(r => r.MemberId == id).ExecuteDeleteAsync(cancellation);
        await db.Watches.Where(r => r.MemberId == id).ExecuteDeleteAsync(cancellation);
        await db.ReadMarks.Where(r => r.MemberId == id).ExecuteDeleteAsync(cancellation);
        await db.VisitDays.Where(r => r.MemberId == id).ExecuteDeleteAsync(cancellation);
        await db.Groups.Where(g => db.GroupMembers.Any(r => r.GroupId == g.Id && r.MemberId == id)).ExecuteUpdateAsync(set => set.SetProperty(g => g.Members, g => g.Members - 1), cancellation);
        await db.GroupMembers.Where(r => r.MemberId == id).ExecuteDeleteAsync(cancellation);
        await db.GroupRequests.Where(r => r.MemberId == id).ExecuteDeleteAsync(cancellation);
        await db.BoardModerators.Where(r => r.MemberId == id).ExecuteDeleteAsync(cancellation);
        await db.MemberNotes.Where(r => r.MemberId == id).ExecuteDeleteAsync(cancellation);
        await db.UserPasskeys.Where(r => r.UserId == id).ExecuteDeleteAsync(cancellation);
        await db.UserClaims.Where(r => r.UserId == id).ExecuteDeleteAsync(cancellation);
        await db.UserLogins.Where(r => r.UserId == id).ExecuteDeleteAsync(cancellation);
        await db.UserTokens.Where(r => r.UserId == id).ExecuteDeleteAsync(cancellation);
        await db.PostMentions.Where(r => r.MemberId == id).ExecuteDeleteAsync(cancellation);
        await db.FormerHandles.Where(r => r.MemberId == id).ExecuteDeleteAsync(cancellation);
        // A role that was given meanwhile is nobody's, nor does anybody count as the administrator who stays.
        await db.UserRoles.Where(r => r.UserId == id).ExecuteDeleteAsync(cancellation);
        await db.AuditEntries.Where(r => r.MemberId == id && (r.Deed == "member.renamed" || r.Deed == "member.merged")).ExecuteUpdateAsync(set => set.SetProperty(r => r.Before, (string?)null).SetProperty(r => r.After, (string?)null), cancellation);
        var handle = string.Create(CultureInfo.InvariantCulture, $"{Handles.Former}{id}");
        var member = await db.Users.SingleAsync(m => m.Id == id, cancellation);
        var called = member.UserName;
        await db.AuditEntries.Where(r => r.Deed == "post.author-changed" && r.Before == called).ExecuteUpdateAsync(set => set.SetProperty(r => r.Before, (string?)null), cancellation);
        await db.AuditEntries.Where(r => r.Deed == "post.author-changed" && r.After == called).ExecuteUpdateAsync(set => set.SetProperty(r => r.After, (string?)null), cancellation);
        (member.Name, member.UserName, member.NormalizedUserName) = (DisplayNames.FormerMember, handle, Handles.Normalize(handle));
        (member.Email, member.NormalizedEmail, member.EmailConfirmed, member.PasswordHash, member.PhoneNumber) = (null, null, false, null, null);
        (member.Avatar, member.HidesProfile, member.Roles) = (null, false, SiteRole.None);
        (member.Signature, member.StaffTitle, member.JoinedFrom, member.TwoFactorEnabled, member.SecurityStamp) = (null, null, null, false, Guid.NewGuid().ToString("N"));
        deed.Audit("member.erased", memberId: id);
        deed.Tell(new MemberChanged(id));
        return 1;
    }
}
