using System.Text.Json;
using Forum.Boards;
using Forum.Members;
using Forum.Settings;
using Microsoft.AspNetCore.DataProtection;

namespace Forum.Web.Host;

/// <summary>Between a provider and the account that has the address it vouched for: a cookie that says, for some minutes and to this forum alone, what is to be connected once its member has signed in.</summary>
public sealed class ProviderWait(IDataProtectionProvider protection, ForumOptions options, ConnectProvider connect)
{
    private static readonly TimeSpan lifetime = TimeSpan.FromMinutes(10);

    private readonly ITimeLimitedDataProtector seal = protection.CreateProtector("Forum.Providers").ToTimeLimitedDataProtector();

    private sealed record Waiting(string Provider, string Subject, string Email);

    private static readonly OwnCookie cookie = new("forum-provider", lifetime);

    public void Begin(HttpContext context, ProviderIdentity identity) =>
        cookie.Set(context, seal.Protect(JsonSerializer.Serialize(new Waiting(identity.Provider, identity.Subject, identity.Email!)), lifetime));

    /// <summary>What members know the provider by, and the address that it vouched for; null where nobody waits.</summary>
    public (string Title, string Email)? Look(HttpContext context) =>
        Open(context) is { } waits && options.SignIn.Oidc.TryGetValue(waits.Provider, out var provider) ? (provider.TitleOr(waits.Provider), waits.Email) : null;

    /// <summary>Connects who has just signed in with the provider that vouched for their address.</summary>
    public async Task EndAsync(HttpContext context, Member member)
    {
        if (Open(context) is not { } waits)
            return;
        cookie.Drop(context);
        // Somebody else may have come to the same browser meanwhile, who is not connected.
        await connect.RunAsync(Actor.Member(member.Id), waits.Provider, waits.Subject, waits.Email, context.Caller(), context.RequestAborted);
    }

    private Waiting? Open(HttpContext context) => seal.Open(cookie.Read(context)) is { } text ? JsonSerializer.Deserialize<Waiting>(text) : null;
}
