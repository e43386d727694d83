using Forum.Data;
using Forum.Settings;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Forum.Members;

/// <summary>Has an account erased in a week, for a member who knows their password; until then they may call it off. Who has a role gives it back first.</summary>
public sealed class AskErasure(ForumWriter writer, IPasswordHasher<Member> hasher, IDbContextFactory<ForumDbContext> contexts, ForumOptions options)
{
    /// <param name="posts">Their posts go, too, but for questions that others answered; otherwise all stay, without their name.</param>
    public async Task<Result<Done>> RunAsync(Actor actor, string? password, bool posts, Caller caller, CancellationToken cancellation)
    {
        if (!(await writer.ProveAsync(actor, password, contexts, hasher, options, caller, cancellation)).Is(out var proven, out var unproven))
            return unproven;
        return await writer.RunAsync<Done>(actor, async (deed, cancellation) =>
        {
            var member = await deed.Db.Users.SingleAsync(m => m.Id == proven.Id, cancellation);
            if (member.Roles != SiteRole.None)
                return Refusal.Forbidden("You have a role here. Have an administrator take it back first.");
            (member.ErasureDue, member.ErasesPosts) = (member.ErasureDue ?? deed.Now + Member.ErasureGrace, posts);
            deed.Note(SecurityEventKind.ErasureAsked, member.Id, caller);
            deed.MailChange(member.Email!, member, options.Site, "Your account is erased in seven days, as you wish. Until then you can sign in and call it off.");
            return new Done();
        }, cancellation);
    }
}

/// <summary>Leaves an account as it is that was to be erased.</summary>
public sealed class CallOffErasure(ForumWriter writer)
{
    public Task<Result<Done>> RunAsync(Actor actor, CancellationToken cancellation) => writer.RunAsync<Done>(actor, async (deed, cancellation) =>
    {
        if (actor.MemberId is not { } me)
            return Refusal.SignInFirst;
        if (await deed.Db.Users.Where(m => m.Id == me && m.ErasureDue != null && m.Erased == null).ExecuteUpdateAsync(set => set.SetProperty(m => m.ErasureDue, (DateTime?)null), cancellation) > 0)
            deed.Note(SecurityEventKind.ErasureCalledOff, me);
        return new Done();
    }, cancellation);
}

/// <summary>Lets a member who knows their password have their data, and notes that they did.</summary>
public sealed class AskExport(ForumWriter writer, IPasswordHasher<Member> hasher, IDbContextFactory<ForumDbContext> contexts, ForumOptions options)
{
    public async Task<Result<Done>> RunAsync(Actor actor, string? password, Caller caller, CancellationToken cancellation)
    {
        if (!(await writer.ProveAsync(actor, password, contexts, hasher, options, caller, cancellation)).Is(out var member, out var unproven))
            return unproven;
        return await writer.RunEvenReadOnlyAsync<Done>(actor, (deed, _) =>
        {
            deed.Note(SecurityEventKind.DataExported, member.Id, caller);
            return Task.FromResult<Result<Done>>(new Done());
        }, cancellation);
    }
}
