using Forum.Data;
using Microsoft.EntityFrameworkCore;

namespace Forum.Members;

/// <summary>Begins a session and gives the secret for its cookie.</summary>
public sealed class StartSession(ForumWriter writer)
{
    public Task<Result<string>> RunAsync(Actor actor, Caller caller, CancellationToken cancellation) =>
        writer.RunEvenReadOnlyAsync<string>(actor, (deed, _) =>
        {
            if (actor.MemberId is not { } memberId)
                return Task.FromResult<Result<string>>(Refusal.SignInFirst);
            var secret = Secrets.New();
            deed.Db.Sessions.Add(new Session
            {
                Key = Secrets.Hash(secret),
                MemberId = memberId,
                Started = deed.Now,
                Seen = deed.Now,
                Network = caller.Network is { Length: > 0 and <= Session.MaxNetworkLength } network ? network : null,
                Device = caller.Device is { Length: > 0 and <= Session.MaxDeviceLength } device ? device : null,
            });
            deed.Note(SecurityEventKind.SignedIn, memberId, caller);
            return Task.FromResult<Result<string>>(secret);
        }, cancellation);
}

/// <summary>Gives a member whose roles were changed another session for the one they have; of requests that come at once one gets it. The old one is over within a minute.</summary>
public sealed class RenewSession(ForumWriter writer)
{
    public Task<Result<string>> RunAsync(Actor actor, string secret, CancellationToken cancellation) => writer.RunEvenReadOnlyAsync<string>(actor, async (deed, cancellation) =>
    {
        var key = Secrets.Hash(secret);
        if (await deed.Db.Sessions.Where(s => s.Key == key && s.MemberId == actor.MemberId && s.RenewBy != null && !s.Renewed).ExecuteUpdateAsync(set => set.SetProperty(s => s.Renewed, true), cancellation) == 0)
            return Refusal.NotFound;
        var old = await deed.Db.Sessions.AsNoTracking().SingleAsync(s => s.Key == key, cancellation);
        var next = Secrets.New();
        deed.Db.Sessions.Add(new Session { Key = Secrets.Hash(next), MemberId = old.MemberId, Started = old.Started, Seen = deed.Now, Network = old.Network, Device = old.Device });
        return next;
    }, cancellation);
}

/// <summary>Ends the session of a cookie; it is worth nothing from then on.</summary>
public sealed class EndSession(ForumWriter writer)
{
    public Task<Result<Done>> RunAsync(Actor actor, string secret, CancellationToken cancellation) =>
        writer.RunEvenReadOnlyAsync<Done>(actor, async (deed, cancellation) =>
        {
            var key = Secrets.Hash(secret);
            if (await deed.Db.Sessions.Where(s => s.Key == key && s.MemberId == actor.MemberId).ExecuteDeleteAsync(cancellation) > 0)
                deed.Note(SecurityEventKind.SignedOut, actor.MemberId!.Value);
            return new Done();
        }, cancellation);
}

/// <summary>Ends one session of the member who asks, by its key, or all but the one they are in.</summary>
public sealed class EndSessions(ForumWriter writer)
{
    /// <param name="key">Of the session that ends; null for all others.</param>
    /// <param name="mine">The secret of the session that stays.</param>
    public Task<Result<Done>> RunAsync(Actor actor, string? key, string? mine, CancellationToken cancellation) =>
        writer.RunEvenReadOnlyAsync<Done>(actor, async (deed, cancellation) =>
        {
            if (actor.MemberId is not { } me)
                return Refusal.SignInFirst;
            var ended = key is null ? await deed.EndSessionsAsync(me, mine, cancellation) : await deed.Db.Sessions.Where(s => s.MemberId == me && s.Key == key).ExecuteDeleteAsync(cancellation);
            if (ended > 0)
                deed.Note(SecurityEventKind.SessionsEnded, me);
            return new Done();
        }, cancellation);
}

internal static class SessionRows
{
    /// <summary>Has all sessions of a member renewed with their next request.</summary>
    public static Task RenewSessionsAsync(this Deed deed, long memberId, CancellationToken cancellation)
    {
        DateTime? by = deed.Now + Session.Renewal;
        return deed.Db.Sessions.Where(s => s.MemberId == memberId && s.RenewBy == null).ExecuteUpdateAsync(set => set.SetProperty(s => s.RenewBy, by), cancellation);
    }

    /// <summary>Ends all sessions of a member, but for the one of that secret; how many there were.</summary>
    public static Task<int> EndSessionsAsync(this Deed deed, long memberId, string? but, CancellationToken cancellation)
    {
        var stays = Secrets.Hash(but ?? "");
        return deed.Db.Sessions.Where(s => s.MemberId == memberId && s.Key != stays).ExecuteDeleteAsync(cancellation);
    }
}
