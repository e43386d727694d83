using Forum.Data;
using Forum.Data.Providers;
using Forum.Settings;
using Microsoft.EntityFrameworkCore;

namespace Forum.Members;

/// <summary>Makes a key to the API in a member's name, for good, and gives it, once.</summary>
public sealed class CreateToken(ForumWriter writer)
{
    /// <summary>So that a token found in a log or a repository is known for what it is.</summary>
    public const string Prefix = "forum_";

    public Task<Result<string>> RunAsync(Actor actor, string handle, TokenScope scope, CancellationToken cancellation) =>
        writer.RunAsync<string>(actor, async (deed, cancellation) =>
        {
            var member = await deed.Db.OfHandle(handle).AsNoTracking().SingleOrDefaultAsync(cancellation);
            if (member is null || !actor.IsOperator && actor.MemberId != member.Id)
                return new Refusal(RefusalKind.NotFound, "There is no member with the handle \"{0}\".", "member", handle);
            return deed.IssueToken(member.Id, "", scope, null);
        }, cancellation);
}

/// <summary>Makes a key to the API for the member who asks: with a name, what it may do, and for how long. It is told to them by mail.</summary>
public sealed class MakeKey(ForumWriter writer, ForumOptions options)
{
    /// <param name="name">What the member knows it by, at most <see cref="ApiToken.MaxNameLength"/> characters.</param>
    /// <param name="days">For so long it is good, at most <see cref="ApiToken.MaxDays"/>.</param>
    /// <returns>The token, which is shown this once.</returns>
    public Task<Result<string>> RunAsync(Actor actor, string? name, TokenScope scope, int days, CancellationToken cancellation) =>
        writer.RunAsync<string>(actor, async (deed, cancellation) =>
        {
            var called = Typed.Line(name);
            if (await deed.Db.Users.SingleOrDefaultAsync(m => m.Id == actor.MemberId, cancellation) is not { } member)
                return Refusal.SignInFirst;
            if (called.Length is 0 or > ApiToken.MaxNameLength)
                return Refusal.Invalid("Please give it a name of at most {0} characters, such as what it is for.", "Name", ApiToken.MaxNameLength);
            if (!Enum.IsDefined(scope))
                return Refusal.Invalid("Please choose what it may do.", "Scope");
            if (days is < 1 or > ApiToken.MaxDays)
                return Refusal.Invalid("Please choose for how long it is good: 1 to {0} days.", "Days", ApiToken.MaxDays);
            await deed.Db.TakeTurnAsync(WaysIn.TurnOf(member.Id), cancellation);
            if (await deed.Db.ApiTokens.CountAsync(t => t.MemberId == member.Id && (t.Expires == null || t.Expires > deed.Now), cancellation) >= ApiToken.MaxOfMember)
                return Refusal.Invalid("You have {0} keys already. Take back one that you do not need.", null, ApiToken.MaxOfMember);
            deed.Note(SecurityEventKind.TokenMade, member.Id);
            deed.MailChange(member.Email!, member, options.Site, "A key to the API was made for your account.");
            return deed.IssueToken(member.Id, called, scope, deed.Now.AddDays(days));
        }, cancellation);
}

/// <summary>Takes a key to the API back from the member who has it: it is good for nothing from then on.</summary>
public sealed class TakeBackKey(ForumWriter writer)
{
    public Task<Result<Done>> RunAsync(Actor actor, long id, CancellationToken cancellation) =>
        writer.RunEvenReadOnlyAsync<Done>(actor, async (deed, cancellation) =>
        {
            if (await deed.Db.ApiTokens.Where(t => t.Id == id && t.MemberId == actor.MemberId).ExecuteDeleteAsync(cancellation) == 0)
                return Refusal.NotFound;
            deed.Note(SecurityEventKind.TokenTakenBack, actor.MemberId!.Value);
            return new Done();
        }, cancellation);
}

internal static class TokenRows
{
    public static string IssueToken(this Deed deed, long memberId, string name, TokenScope scope, DateTime? expires)
    {
        var token = CreateToken.Prefix + Secrets.New();
        deed.Db.ApiTokens.Add(new ApiToken { MemberId = memberId, Name = name, Prefix = token[..ApiToken.PrefixLength], Hash = Secrets.Hash(token), Scope = scope, Created = deed.Now, Expires = expires });
        deed.Audit("token.created", memberId: memberId, note: scope.ToString());
        return token;
    }
}
