using System.Globalization;
using Forum.Members;
using Microsoft.AspNetCore.DataProtection;

namespace Forum.Web.Host;

/// <summary>Between password and code: a cookie that says, for some minutes and to this forum alone, whose password was right. And the cookie of a device that is not asked for a code.</summary>
public sealed class HalfSignIn(IDataProtectionProvider protection, AccountQueries accounts)
{
    private static readonly TimeSpan lifetime = TimeSpan.FromMinutes(10);

    private readonly ITimeLimitedDataProtector seal = protection.CreateProtector("Forum.HalfSignIn").ToTimeLimitedDataProtector();

    private static readonly OwnCookie half = new("forum-half", lifetime), remembered = new("forum-device", SecondFactor.Remembers);

    /// <summary>Whether this member is asked for a code in this browser.</summary>
    public async Task<bool> IsAskedAsync(HttpContext context, Member member) =>
        member.TwoFactorEnabled && !(remembered.Read(context) is { } device && await accounts.IsRememberedAsync(member.Id, device, context.RequestAborted));

    /// <summary>Notes whose password was right, and which one: it is nothing once there is another.</summary>
    public void Begin(HttpContext context, Member member) =>
        half.Set(context, seal.Protect(string.Create(CultureInfo.InvariantCulture, $"{member.Id} {member.SecurityStamp}"), lifetime));

    /// <summary>Whose password was right; null where that is not known, or no longer.</summary>
    public async Task<long?> MemberIdAsync(HttpContext context) =>
        seal.Open(half.Read(context))?.Split(' ') is [var id, var stamp] && long.Parse(id, CultureInfo.InvariantCulture) is var memberId
        && await accounts.HasStampAsync(memberId, stamp, context.RequestAborted) ? memberId : null;

    /// <summary>The code was right: the first cookie goes, and where the device is to be remembered, the second comes.</summary>
    public void End(HttpContext context, string? device)
    {
        half.Drop(context);
        if (device is not null)
            remembered.Set(context, device);
    }
}
