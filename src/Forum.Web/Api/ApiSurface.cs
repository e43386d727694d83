using System.Text.Encodings.Web;
using System.Text.Json.Serialization;
using Forum.Web.Uploads;

namespace Forum.Web.Api;

/// <summary>The API for scripts and programs, version 1: what it is made of. Every operation runs the same use case as the page that does the same.</summary>
public static class ApiSurface
{
    public const string Path = "/api/v1";

    /// <summary>Whether a request is one of the API's.</summary>
    public static bool Holds(HttpRequest request) => request.Path.StartsWithSegments(Path);

    public static void AddApi(this IServiceCollection services)
    {
        services.AddProblemDetails();
        services.AddSingleton<Shaping>();
        services.AddForumOpenApi();
        services.AddAuthorizationBuilder().AddPolicy(Bearer.Policy, policy => policy.RequireAssertion(Bearer.Lets));
        // A request that cannot be read is answered, and no exception: it is nobody's bug here.
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = false);
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            json.SerializerOptions.AllowDuplicateProperties = false;
            // Answers are read as JSON and as nothing else, so letters need no escapes.
            json.SerializerOptions.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        });
    }

    public static void MapApi(this WebApplication app)
    {
        var api = app.MapGroup(Path).RequireAuthorization(Bearer.Policy).AddEndpointFilter((context, next) =>
        {
            context.HttpContext.Response.Headers.CacheControl = "no-store";
            return next(context);
        });
        api.RefusesByKind();
        api.MapBoards();
        api.MapTopics();
        api.MapPosts();
        api.MapVotes();
        api.MapSolutions();
        api.MapMeToo();
        api.MapFollowing();
        api.MapSearch();
        api.MapMembers();
        api.MapLeaderboards();
        api.MapPreview();
        api.MapUploads();
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
    }
}
