using System.Text.Encodings.Web;
using System.Text.Unicode;
using Forum.Data;
using Forum.Mail;
using Forum.Web.Admin;
using Forum.Web.Api;
using Forum.Web.Boards;
using Forum.Web.Feeds;
using Forum.Web.Following;
using Forum.Web.Moderation;
using Forum.Web.Members;
using Forum.Web.Search;
using Forum.Web.Shell;
using Forum.Web.Topics;
using Forum.Web.Uploads;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Localization;

namespace Forum.Web.Host;

/// <summary>The table of contents of the web floor: what it is made of, and the order that requests pass through.</summary>
public static class WebFloor
{
    /// <summary>How long requests may take to end after the word to stop; what manages services kills after ten seconds.</summary>
    private static readonly TimeSpan LastRequests = TimeSpan.FromSeconds(5);

    public static void AddWebFloor(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        builder.WebHost.ConfigureKestrel(Limits.Configure);
        services.Configure<HostOptions>(host => host.ShutdownTimeout = LastRequests);
        services.AddDataProtection().SetApplicationName("Forum").PersistKeysToDbContext<ForumDbContext>();
        services.AddForumSignIn(builder.Configuration);
        services.AddForumAntiforgery(builder.Configuration);
        services.AddForumRateLimits();
        services.AddVisitorCache();
        services.AddForumCompression();
        services.AddLocalization();
        services.AddSingleton<LetterWords>(provider => (english, args) => provider.GetRequiredService<IStringLocalizer<Wording>>()[english, args]);
        services.AddApi();
        services.AddHttpContextAccessor();
        services.AddScoped<Viewer>();
        services.AddScoped<FormDrafts>();
        services.AddSingleton<FormClock>();
        services.AddSingleton<ViewCounter>();
        services.AddHostedService(provider => provider.GetRequiredService<ViewCounter>());
        services.AddSingleton<SearchCounter>();
        services.AddHostedService(provider => provider.GetRequiredService<SearchCounter>());
        services.AddSingleton<PolicyReports>();
        services.AddHostedService(provider => provider.GetRequiredService<PolicyReports>());
        services.AddSingleton<LiveTopics>();
        services.AddHostedService(provider => provider.GetRequiredService<LiveTopics>());
        // Letters of every script as they are: an escaped one is six times as long.
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        services.AddRazorComponents().AddInteractiveServerComponents(circuits => circuits.DetailedErrors = false);
        services.AddCascadingAuthenticationState();
    }

    public static void UseWebFloor(this WebApplication app)
    {
        app.UseForumHeaders();
        app.UseProxies();
        app.UseHeadAsGet();
        app.UseErrorPages();
        app.UseFormerHandles();
        app.UseAuthentication();
        app.UseViewCounter();
        app.UseVisitNotes();
        app.UseSearchCounter();
        app.UseVisitors();
        app.UseMembersCompression();
        app.UseCircuitGuard();
        app.UseRouting();
        app.UseRateLimiter();
        app.UseSetup();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.UseForumAntiforgery();
        app.UseBlocks();

        app.MapStaticAssets().AllowAnonymous();
        app.MapPages();
        app.MapAccount();
        Providers.Map(app);
        PasswordStrength.Map(app);
        app.MapPostDeeds();
        app.MapBoardDeeds();
        app.MapGroupDeeds();
        app.MapRoleDeeds();
        app.MapActivityFile();
        PolicyReports.Map(app);
        app.MapFollowing();
        app.MapModeration();
        app.MapWritingHelp();
        app.MapTopicNews();
        app.MapSuggestions();
        app.MapUploads();
        app.MapApi();
        app.MapFeeds();
        app.MapSiteStyle();
        app.MapHealth();
    }
}
