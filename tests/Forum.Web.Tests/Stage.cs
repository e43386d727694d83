using System.Globalization;
using System.Security.Claims;
using Bunit;
using Forum.Boards;
using Forum.Members;
using Forum.Settings;
using Forum.Topics;
using Forum.Web.Host;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Forum.Web.Tests;

/// <summary>Renders single components, with the services they have in the program. Without a reader it is a visitor who looks.</summary>
public sealed class Stage : BunitContext
{
    public Stage(Member? reader = null)
    {
        // Nothing here is written to: the database of these services is never opened.
        Services.AddForum(new ForumOptions { DataPath = Path.Combine(Path.GetTempPath(), "forum-never-made") });
        Services.AddLocalization();
        Services.AddSingleton<IHttpContextAccessor>(new HttpContextAccessor { HttpContext = new DefaultHttpContext { User = reader is null ? new() : Principal(reader) } });
        Services.AddScoped<Viewer>();
        Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        Services.AddSingleton<FormClock>();
        Services.AddScoped<AntiforgeryStateProvider, Token>();
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en");
    }

    /// <summary>Who a member is to pages, by a cookie or in a circuit.</summary>
    public static ClaimsPrincipal Principal(Member member, string? session = null) => new(new ClaimsIdentity(
    [
        new(ClaimTypes.NameIdentifier, member.Id.ToString(CultureInfo.InvariantCulture)),
        new(ClaimTypes.Name, member.Handle),
        .. session is null ? [] : new Claim[] { new(Viewer.SessionClaim, session) },
    ], "test"));

    /// <summary>A topic's page as that reader sees it.</summary>
    public static async Task<TopicView> TopicAsync(WebForum forum, PostedPost topic, Member? reader = null)
    {
        await using var db = forum.Db();
        var rights = await db.RightsOfAsync(reader?.AsActor() ?? Actor.Visitor, forum.Get<TimeProvider>().GetUtcNow().UtcDateTime, default);
        return (await forum.Get<TopicQueries>().PageAsync(rights, topic.TopicId, PostSort.Oldest, 1, null, withMarkdown: false, default)).Required;
    }

    private sealed class Token : AntiforgeryStateProvider
    {
        public override AntiforgeryRequestToken GetAntiforgeryToken() => new("a token", "__RequestVerificationToken");
    }
}
