using Forum.Data;
using Forum.Settings;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Forum.Members;

/// <summary>Makes the secret for an app that shows codes, for a member who knows their password. It asks for nothing until a first code was typed.</summary>
public sealed class BeginSecondFactor(ForumWriter writer, IPasswordHasher<Member> hasher, IDbContextFactory<ForumDbContext> contexts, ForumOptions options)
{
    /// <returns>The secret in base 32.</returns>
    public async Task<Result<string>> RunAsync(Actor actor, string? password, Caller caller, CancellationToken cancellation)
    {
        if (!(await writer.ProveAsync(actor, password, contexts, hasher, options, caller, cancellation)).Is(out var member, out var unproven))
            return unproven;
        return await writer.RunEvenReadOnlyAsync<string>(actor, async (deed, cancellation) =>
        {
            var factor = await deed.Db.SecondFactors.SingleOrDefaultAsync(f => f.MemberId == member.Id, cancellation);
            if (factor?.Since is not null)
                return new Refusal(RefusalKind.Conflict, "You have an app for codes already. Take it off first.");
            var secret = OneTimeCodes.NewSecret();
            if (factor is null)
                deed.Db.SecondFactors.Add(new SecondFactor { MemberId = member.Id, Secret = secret });
            else
                factor.Secret = secret;
            return secret;
        }, cancellation);
    }
}

/// <summary>Asks for codes from now on, once a first one shows that the app is set up. All other sessions end.</summary>
public sealed class ConfirmSecondFactor(ForumWriter writer, ForumOptions options)
{
    /// <param name="session">The secret of the session that stays.</param>
    /// <returns>Codes for whoever loses the app, to be shown once.</returns>
    public Task<Result<IReadOnlyList<string>>> RunAsync(Actor actor, string? code, string? session, Caller caller, CancellationToken cancellation) =>
        writer.RunEvenReadOnlyAsync<IReadOnlyList<string>>(actor, async (deed, cancellation) =>
        {
            if (await deed.Db.SecondFactors.SingleOrDefaultAsync(f => f.MemberId == actor.MemberId && f.Since == null, cancellation) is not { } factor)
                return Refusal.Invalid("Please begin again: there is no app that waits for its first code.");
            if (!await deed.TakesAsync(factor, code, cancellation))
                return OneTimeCodes.Wrong;
            factor.Since = deed.Now;
            var member = await deed.Db.Users.SingleAsync(m => m.Id == factor.MemberId, cancellation);
            member.TwoFactorEnabled = true;
            await deed.EndSessionsAsync(member.Id, session, cancellation);
            deed.Note(SecurityEventKind.SecondFactorOn, member.Id, caller);
            deed.MailChange(member.Email!, member, options.Site, "An app for codes was added. Signing in takes a code from now on.");
            return Result<IReadOnlyList<string>>.Of(await deed.NewCodesAsync(member.Id, cancellation));
        }, cancellation);
}

/// <summary>Makes new codes for whoever loses the app; the old ones are good for nothing any more.</summary>
public sealed class RenewRecoveryCodes(ForumWriter writer, IPasswordHasher<Member> hasher, IDbContextFactory<ForumDbContext> contexts, ForumOptions options)
{
    public async Task<Result<IReadOnlyList<string>>> RunAsync(Actor actor, string? password, Caller caller, CancellationToken cancellation)
    {
        if (!(await writer.ProveAsync(actor, password, contexts, hasher, options, caller, cancellation)).Is(out var member, out var unproven))
            return unproven;
        return await writer.RunEvenReadOnlyAsync<IReadOnlyList<string>>(actor, async (deed, cancellation) => member.TwoFactorEnabled
            ? Result<IReadOnlyList<string>>.Of(await deed.NewCodesAsync(member.Id, cancellation)) : Refusal.Invalid("There is no app for codes at your account."), cancellation);
    }
}

/// <summary>Takes the app off, for a member who knows their password.</summary>
public sealed class EndSecondFactor(ForumWriter writer, IPasswordHasher<Member> hasher, IDbContextFactory<ForumDbContext> contexts, ForumOptions options)
{
    public async Task<Result<Done>> RunAsync(Actor actor, string? password, Caller caller, CancellationToken cancellation)
    {
        if (!(await writer.ProveAsync(actor, password, contexts, hasher, options, caller, cancellation)).Is(out var proven, out var unproven))
            return unproven;
        return await writer.RunEvenReadOnlyAsync<Done>(actor, async (deed, cancellation) =>
        {
            var member = await deed.Db.Users.SingleAsync(m => m.Id == proven.Id, cancellation);
            if (options.SignIn.StaffSecondFactor && (member.Roles != SiteRole.None || await deed.Db.ModeratorsOfBoards.ContainsAsync(member.Id, cancellation)))
                return Refusal.Forbidden("Staff have a second factor here, and so you keep yours.");
            var was = await deed.Db.SecondFactors.Where(f => f.MemberId == member.Id && f.Since != null).AnyAsync(cancellation);
            await deed.Db.SecondFactors.Where(f => f.MemberId == member.Id).ExecuteDeleteAsync(cancellation);
            await deed.Db.RecoveryCodes.Where(c => c.MemberId == member.Id).ExecuteDeleteAsync(cancellation);
            await deed.Db.RememberedDevices.Where(d => d.MemberId == member.Id).ExecuteDeleteAsync(cancellation);
            member.TwoFactorEnabled = false;
            if (was)
            {
                deed.Note(SecurityEventKind.SecondFactorOff, member.Id, caller);
                deed.MailChange(member.Email!, member, options.Site, "The app for codes was taken off. Signing in takes the password alone from now on.");
            }
            return new Done();
        }, cancellation);
    }
}
