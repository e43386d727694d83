using Forum.Data;
using Forum.Settings;
using Microsoft.EntityFrameworkCore;

namespace Forum.Members;

/// <summary>Notes that a member accepts the terms of use as they are now.</summary>
public sealed class AcceptTerms(ForumWriter writer, ForumOptions options)
{
    /// <param name="version">The version that they have read; another one by now is to be read first.</param>
    public Task<Result<Done>> RunAsync(Actor actor, int version, CancellationToken cancellation) =>
        writer.RunEvenReadOnlyAsync<Done>(actor, async (deed, cancellation) =>
        {
            if (actor.MemberId is not { } me)
                return Refusal.SignInFirst;
            if (version == 0 || version != options.Site.TermsVersion)
                return TermsOfUse.NotAccepted;
            await deed.Db.Users.Where(m => m.Id == me && m.TermsAccepted != version).ExecuteUpdateAsync(set => set.SetProperty(m => m.TermsAccepted, version), cancellation);
            return new Done();
        }, cancellation);
}

internal static class TermsOfUse
{
    public static readonly Refusal NotAccepted = Refusal.Invalid("Please read the terms of use as they are now, and accept them.", "Terms");
}
