using System.Globalization;
using System.Threading.RateLimiting;
using Forum.Settings;
using Forum.Uploads;
using Forum.Web.Admin;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Forum.Web.Host;

/// <summary>How much one client may send, and how fast.</summary>
public static class Limits
{
    /// <summary>Largest request: the longest post many times over.</summary>
    private const long MaxRequestBytes = 1024 * 1024;

    /// <summary>Largest request that brings a file: the file, and as much as other requests may bring.</summary>
    public const long MaxFileRequestBytes = Upload.MaxBytes + MaxRequestBytes;

    /// <summary>Files that one member brings in a minute.</summary>
    public const int FilesPerMinute = 30;

    /// <summary>Deeds of one member, or of one address that is not signed in, in a minute: a person is far below, a loop is not.</summary>
    public const int DeedsPerMinute = 240;

    /// <summary>What browsers report by themselves, of one member or address in a minute.</summary>
    private const int ReportsPerMinute = 60;

    /// <summary>Tries to sign in or up from one address in a minute; an office shares an address.</summary>
    public const int SignInsPerMinute = 30;

    /// <summary>Suggestions for one member or address in a minute: more than anybody types.</summary>
    public const int SuggestionsPerMinute = 240;

    /// <summary>Between two saves of drafts of one member; a burst of two lets a page that is being left save once more.</summary>
    private static readonly TimeSpan betweenDrafts = TimeSpan.FromSeconds(5);

    private const int DraftBurst = 2;

    /// <summary>The policy of saving drafts while somebody types.</summary>
    public const string Drafts = "drafts";

    /// <summary>The policy of suggestions while somebody types.</summary>
    public const string Typing = "typing";

    /// <summary>The policy of what looks through all posts.</summary>
    public const string Searches = "searches";

    /// <summary>The policy of the sign-in and sign-up forms.</summary>
    public const string SignIn = "sign-in";

    /// <summary>The policy of what brings files.</summary>
    public const string Files = "files";

    public static void Configure(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = MaxRequestBytes;
    }

    public static void AddForumRateLimits(this IServiceCollection services)
    {
        services.AddSingleton<SharedWindows>();
        services.AddHostedService(provider => provider.GetRequiredService<SharedWindows>());
        services.AddRateLimiter(_ => { }).AddOptions<RateLimiterOptions>().Configure<ForumOptions, SharedWindows>(Configure);
    }

    private static void Configure(RateLimiterOptions limiter, ForumOptions options, SharedWindows windows)
    {
        limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context => IsSafe(context.Request.Method) ? noLimit
            // Nobody shall be kept from writing by what an extension of their browser tries.
            : context.Request.Path == PolicyReports.Address ? PerMinute("reports", Client(context), ReportsPerMinute)
            : PerMinute("deeds", Client(context), DeedsPerMinute));
        limiter.AddPolicy(SignIn, context => IsSafe(context.Request.Method) ? noLimit : PerMinute(SignIn, Address(context), SignInsPerMinute));
        limiter.AddPolicy(Drafts, context => RateLimitPartition.GetTokenBucketLimiter(Client(context), _ => new()
        {
            TokenLimit = DraftBurst,
            TokensPerPeriod = 1,
            ReplenishmentPeriod = betweenDrafts,
        }));
        limiter.AddPolicy(Typing, context => PerMinute(Typing, Client(context), SuggestionsPerMinute));
        limiter.AddPolicy(Searches, context => !context.Request.QueryString.HasValue ? noLimit
            : PerMinute(Searches, Client(context), Viewer.IdOf(context.User) is null ? options.Limits.SearchesPerMinuteOfVisitors : options.Limits.SearchesPerMinute));
        limiter.AddPolicy(Files, context => PerMinute(Files, Client(context), FilesPerMinute));
        limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limiter.OnRejected = (rejected, _) =>
        {
            var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromMinutes(1);
            rejected.HttpContext.TellSecurity("limit.hit");
            rejected.HttpContext.Response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
            return ValueTask.CompletedTask;
        };

        // The number is part of the key: a limiter is made once for a key, and the setting may change.
        RateLimitPartition<string> PerMinute(string limit, string client, int permits) =>
            options.Limits.Enabled ? RateLimitPartition.Get($"{client} {permits}", _ => windows.Make(limit, client, permits)) : noLimit;
    }

    public static bool IsSafe(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method) || HttpMethods.IsTrace(method);

    /// <summary>Its key is nobody's: a limiter is made once for a key, and this one must not be made for a client's.</summary>
    private static readonly RateLimitPartition<string> noLimit = RateLimitPartition.GetNoLimiter("");

    private static string Client(HttpContext context) => Viewer.IdOf(context.User)?.ToString(CultureInfo.InvariantCulture) ?? Address(context);

    private static string Address(HttpContext context) => context.Network() ?? "unknown";
}
