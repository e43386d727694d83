using System.Globalization;
using Forum.Members;
using Forum.Settings;
using Microsoft.AspNetCore.DataProtection;

namespace Forum.Web.Host;

/// <summary>Between password and code: a cookie that says, for some minutes and to this forum alone, whose password was right. And the cookie of a device that is not asked for a code.</summary>
public sealed class HalfSignIn(IDataProtectionProvider protection, AccountQueries accounts, ForumOptions options)
{
    private static readonly TimeSpan lifetime = TimeSpan.FromMinutes(10);

    private readonly ITimeLimitedDataProtector seal = protection.CreateProtector("Forum.HalfSignIn").ToTimeLimitedDataProtector();

    private bool Secure => options.Site.Url.Scheme == Uri.UriSchemeHttps;

    private string Half => Secure ? "__Host-forum-half" : "forum-half";

    private string Remembered => Secure ? "__Host-forum-device" : "forum-device";

    /// <summary>Whether this member is asked for a code in this browser.</summary>
    public async Task<bool> IsAskedAsync(HttpContext context, Member member) =>
        member.TwoFactorEnabled && !(context.Request.Cookies[Remembered] is { } device && await accounts.IsRememberedAsync(member.Id, device, context.RequestAborted));

    /// <summary>Notes whose password was right, and which one: it is nothing once there is another.</summary>
    public void Begin(HttpContext context, Member member) =>
        context.Response.Cookies.Append(Half, seal.Protect(string.Create(CultureInfo.InvariantCulture, $"{member.Id} {member.SecurityStamp}"), lifetime), Cookie(lifetime));

    /// <summary>Whose password was right; null where that is not known, or no longer.</summary>
    public async Task<long?> MemberIdAsync(HttpContext context) =>
        seal.Open(context.Request.Cookies[Half])?.Split(' ') is [var id, var stamp] && long.Parse(id, CultureInfo.InvariantCulture) is var memberId
        && await accounts.HasStampAsync(memberId, stamp, context.RequestAborted) ? memberId : null;

    /// <summary>The code was right: the first cookie goes, and where the device is to be remembered, the second comes.</summary>
    public void End(HttpContext context, string? device)
    {
        context.Response.Cookies.Delete(Half, Cookie(null));
        if (device is not null)
            context.Response.Cookies.Append(Remembered, device, Cookie(SecondFactor.Remembers));
    }

    private CookieOptions Cookie(TimeSpan? age) => new() { HttpOnly = true, Secure = Secure, SameSite = SameSiteMode.Lax, MaxAge = age, Path = "/", IsEssential = true };
}
