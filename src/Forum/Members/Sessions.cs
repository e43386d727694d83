using Forum.Data;
using Microsoft.EntityFrameworkCore;

namespace Forum.Members;

/// <summary>Begins a session and gives the secret for its cookie.</summary>
public sealed class StartSession(ForumWriter writer)
{
    /// <param name="network">Where it begins, as <see cref="Session.Network"/>; null where that is not known.</param>
    public Task<Result<string>> RunAsync(Actor actor, string? network, CancellationToken cancellation) =>
        writer.RunEvenReadOnlyAsync<string>(actor, (deed, _) =>
        {
            if (actor.MemberId is not { } memberId)
                return Task.FromResult<Result<string>>(Refusal.SignInFirst);
            var secret = Secrets.New();
            deed.Db.Sessions.Add(new Session { Key = Secrets.Hash(secret), MemberId = memberId, Started = deed.Now, Network = network is { Length: > 0 and <= Session.MaxNetworkLength } ? network : null });
            return Task.FromResult<Result<string>>(secret);
        }, cancellation);
}

/// <summary>Ends one session; its cookie is worth nothing from then on.</summary>
public sealed class EndSession(ForumWriter writer)
{
    public Task<Result<Done>> RunAsync(Actor actor, string secret, CancellationToken cancellation) =>
        writer.RunEvenReadOnlyAsync<Done>(actor, async (deed, cancellation) =>
        {
            var key = Secrets.Hash(secret);
            await deed.Db.Sessions.Where(s => s.Key == key).ExecuteDeleteAsync(cancellation);
            return new Done();
        }, cancellation);
}
