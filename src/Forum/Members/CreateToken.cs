using Forum.Data;
using Microsoft.EntityFrameworkCore;

namespace Forum.Members;

/// <summary>Makes a key to the API in a member's name and gives it, once.</summary>
public sealed class CreateToken(ForumWriter writer)
{
    /// <summary>So that a token found in a log or a repository is known for what it is.</summary>
    public const string Prefix = "forum_";

    public Task<Result<string>> RunAsync(Actor actor, string handle, TokenScope scope, CancellationToken cancellation) =>
        writer.RunAsync<string>(actor, async (deed, cancellation) =>
        {
            var member = await deed.Db.Users.AsNoTracking().OfHandle(handle).SingleOrDefaultAsync(cancellation);
            if (member is null || !actor.IsOperator && actor.MemberId != member.Id)
                return new Refusal(RefusalKind.NotFound, "There is no member with the handle \"{0}\".", "member", handle);
            var token = Prefix + Secrets.New();
            deed.Db.ApiTokens.Add(new ApiToken { MemberId = member.Id, Hash = Secrets.Hash(token), Scope = scope, Created = deed.Now });
            deed.Audit("token.created", memberId: member.Id, note: scope.ToString());
            return token;
        }, cancellation);
}
