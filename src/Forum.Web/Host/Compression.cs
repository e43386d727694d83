using Microsoft.AspNetCore.ResponseCompression;

namespace Forum.Web.Host;

/// <summary>
/// Pages are compressed over HTTPS where nothing can be learnt from their length: those of visitors, which hold no secret, and those of members
/// that this site's own pages or the member ask for. What another site makes a browser ask for is not, for it could put guesses into the address
/// and count the bytes (BREACH); neither is it where the browser does not say who asks.
/// </summary>
public static class Compression
{
    public static void AddForumCompression(this IServiceCollection services) => services.AddResponseCompression(compression =>
    {
        compression.EnableForHttps = true;
        compression.Providers.Add<BrotliCompressionProvider>();
        compression.Providers.Add<GzipCompressionProvider>();
    });

    /// <summary>Of what members read. Visitors have their own in front of their cache.</summary>
    public static void UseMembersCompression(this WebApplication app) =>
        app.UseWhen(context => context.Request.Headers["Sec-Fetch-Site"].ToString() is "same-origin" or "none", own => own.UseResponseCompression());
}
