using Forum.Data;
using Forum.Mail;
using Forum.Settings;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Forum.Members;

/// <summary>Sends a link to another address, by which a member who knows their password takes it for their account. Where it has an account, that is told there alone.</summary>
public sealed class AskEmailChange(ForumWriter writer, IPasswordHasher<Member> hasher, IDbContextFactory<ForumDbContext> contexts, BlockList blocks, ForumOptions options)
{
    public async Task<Result<Done>> RunAsync(Actor actor, string? password, string? typed, Caller caller, CancellationToken cancellation)
    {
        if (!Emails.Read(typed).Is(out var email, out var unreadable))
            return unreadable;
        if (!(await writer.ProveAsync(actor, password, contexts, hasher, options, caller, cancellation)).Is(out var member, out var unproven))
            return unproven;
        if (await blocks.IsBlockedAsync(email, cancellation))
            return Refusal.Invalid("This e-mail address is not taken here. Please take another one.", "Email");
        return await writer.RunAsync<Done>(actor, async (deed, cancellation) =>
        {
            var site = options.Site;
            if (!await deed.MayWriteToAsync(email, options, cancellation))
                return Refusal.TooMany(TimeSpan.FromHours(1), "This was asked for several times already. Look into the box for spam, too; you may ask again later.");
            if (await deed.Db.Users.OfEmail(email).AnyAsync(cancellation))
            {
                deed.Mail(email, "Your account at {0}", "Somebody wants to use this address for their account at {0}, but you have an account with it. Nothing was changed.", site.Name);
                return new Done();
            }
            var secret = await deed.IssueAsync(member, TokenPurpose.ChangeEmail, email, cancellation);
            deed.Mail(email, "Confirm your new address at {0}",
                "You want to use this address for your account @{1} at {0}. Open this link within the next hour, and it is so:\n\n{2}\n\nIf it was not you, there is nothing to do.",
                site.Name, member.Handle, new Uri(site.Url, $"/account/email?token={secret}"));
            return new Done();
        }, cancellation);
    }
}

/// <summary>Gives an account the address that the link was sent to, and tells the old one.</summary>
public sealed class ChangeEmail(ForumWriter writer, ForumOptions options)
{
    public Task<Result<Done>> RunAsync(Actor actor, string? token, Caller caller, CancellationToken cancellation) => writer.RunAsync<Done>(actor, async (deed, cancellation) =>
    {
        if (await deed.RedeemAsync(token, TokenPurpose.ChangeEmail, cancellation) is not var (found, member) || await deed.Db.Users.OfEmail(found.Email).AnyAsync(m => m.Id != member.Id, cancellation))
            return AccountLetters.LinkIsOver;
        var old = member.Email!;
        (member.Email, member.NormalizedEmail, member.EmailConfirmed) = (found.Email, Emails.Normalize(found.Email), true);
        deed.Note(SecurityEventKind.EmailChanged, member.Id, caller);
        deed.MailChange(old, member, options.Site, "Your account has another e-mail address from now on, and letters go there.");
        return new Done();
    }, cancellation);
}
