using Forum.Boards;
using Forum.Data;
using Forum.Mail;
using Forum.Members;
using Forum.Settings;
using Microsoft.EntityFrameworkCore;

namespace Forum.Admin;

/// <summary>Invites people by a letter to each, with a link that makes one account.</summary>
public sealed class InviteByMail(ForumWriter writer, ForumOptions options)
{
    /// <param name="addresses">At most <see cref="Invitation.MaxAddresses"/>, with blanks, commas or line breaks between. Whoever has an account is passed over.</param>
    /// <returns>How many letters were written.</returns>
    public async Task<Result<int>> RunAsync(Actor actor, string? addresses, CancellationToken cancellation)
    {
        var emails = new List<string>();
        foreach (var typed in (addresses ?? "").Split([' ', ',', ';', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (!Emails.Read(typed).Is(out var email, out _))
                return Refusal.Invalid("“{0}” is not an e-mail address. Nobody was invited.", "Addresses", typed);
            emails.Add(email);
        }
        emails = [.. emails.DistinctBy(Emails.Normalize)];
        if (emails.Count is 0 or > Invitation.MaxAddresses)
            return Refusal.Invalid("Please give one to {0} e-mail addresses.", "Addresses", Invitation.MaxAddresses);
        return await writer.RunAsync<int>(actor, async (deed, cancellation) =>
        {
            if (await deed.CannotInviteAsync(emails.Count, cancellation) is { } mayNot)
                return mayNot;
            var normalized = emails.ConvertAll(Emails.Normalize);
            var members = await deed.Db.Users.Where(m => normalized.Contains(m.NormalizedEmail!)).Select(m => m.NormalizedEmail!).ToListAsync(cancellation);
            var written = 0;
            foreach (var email in emails.Where(e => !members.Contains(Emails.Normalize(e))))
            {
                var secret = deed.Invite(email, 1);
                deed.Mail(email, "You are invited to {0}", "You are invited to {0}. Make your account here, within {1} days:\n\n{2}\n\nIf this is not for you, there is nothing to do.",
                    options.Site.Name, Invitation.Life.Days, Invitations.LinkOf(options.Site, secret));
                written++;
            }
            if (written > 0)
                deed.Audit("invitation.made", after: $"{written}");
            return written;
        }, cancellation);
    }
}

/// <summary>Makes a link that lets some people make an account each.</summary>
public sealed class InviteByLink(ForumWriter writer, ForumOptions options)
{
    /// <param name="uses">1 to <see cref="Invitation.MaxUses"/>.</param>
    /// <returns>The link, which is not shown again.</returns>
    public async Task<Result<Uri>> RunAsync(Actor actor, int uses, CancellationToken cancellation) => uses is < 1 or > Invitation.MaxUses
        ? Refusal.Invalid("A link makes 1 to {0} accounts.", "Uses", Invitation.MaxUses)
        : await writer.RunAsync<Uri>(actor, async (deed, cancellation) =>
        {
            if (await deed.CannotInviteAsync(1, cancellation) is { } mayNot)
                return mayNot;
            deed.Audit("invitation.made", after: $"{uses}");
            return Invitations.LinkOf(options.Site, deed.Invite(null, uses));
        }, cancellation);
}

/// <summary>Takes an invitation back. Doing it twice is doing it once.</summary>
public sealed class TakeBackInvitation(ForumWriter writer)
{
    public Task<Result<Done>> RunAsync(Actor actor, long id, CancellationToken cancellation) => writer.RunAsync<Done>(actor, async (deed, cancellation) =>
    {
        if ((await deed.Db.RightsOfAsync(actor, deed.Now, cancellation)).CannotInvite() is { } mayNot)
            return mayNot;
        if (await deed.Db.Invitations.SingleOrDefaultAsync(i => i.Id == id, cancellation) is not { } invitation)
            return new Done();
        deed.Db.Invitations.Remove(invitation);
        // Moderators read the log, too; whom managers invite by mail is not for them.
        deed.Audit("invitation.withdrawn", before: $"{invitation.Left}");
        return new Done();
    }, cancellation);
}

/// <summary>Reads who is invited; for managers.</summary>
public sealed class InvitationQueries(IDbContextFactory<ForumDbContext> contexts, TimeProvider clock)
{
    /// <summary>Those that still hold, the newest first, with who made them.</summary>
    public async Task<Result<IReadOnlyList<Invitation>>> OpenAsync(Rights rights, CancellationToken cancellation)
    {
        if (rights.CannotInvite() is { } refusal)
            return refusal;
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        return Result<IReadOnlyList<Invitation>>.Of(await db.Invitations.AsNoTracking().Include(i => i.By).Where(i => i.Left > 0 && i.Expires > now)
            .OrderByDescending(i => i.Made).ThenByDescending(i => i.Id).Take(Invitation.Max).ToListAsync(cancellation));
    }
}

internal static class Invitations
{
    public static Uri LinkOf(SiteOptions site, string secret) => new(site.Url, $"/account/sign-up?invitation={secret}");

    public static async Task<Refusal?> CannotInviteAsync(this Deed deed, int more, CancellationToken cancellation) =>
        (await deed.Db.RightsOfAsync(deed.Actor, deed.Now, cancellation)).CannotInvite() is { } mayNot ? mayNot
        : await deed.Db.Invitations.CountAsync(i => i.Left > 0 && i.Expires > deed.Now, cancellation) + more > Invitation.Max
            ? Refusal.Invalid("There are {0} invitations open, which is all there may be. Take some back first.", null, Invitation.Max)
            : null;

    public static string Invite(this Deed deed, string? email, int uses)
    {
        var secret = Secrets.New();
        deed.Db.Invitations.Add(new() { Hash = Secrets.Hash(secret), Email = email, Left = uses, Made = deed.Now, Expires = deed.Now + Invitation.Life, ById = deed.Actor.MemberId });
        return secret;
    }
}
