using Forum.Data.Providers;
using Forum.Uploads;
using Forum.Web.Api;
using Forum.Web.Shell;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Forum.Web.Host;

/// <summary>No status goes out without a page, and no page shows what happened inside.</summary>
public static class ErrorPages
{
    private const string RetryAfterSeconds = "10";

    public static void UseErrorPages(this WebApplication app)
    {
        app.UseStatusCodePages(async status =>
        {
            var context = status.HttpContext;
            var code = context.Response.StatusCode;
            if (ApiSurface.Holds(context.Request))
                await new Problem(code).ExecuteAsync(context);
            else
                await WithOwnServicesAsync(context, code == StatusCodes.Status503ServiceUnavailable && context.Request.HasFormContentType
                    ? () => Antiforgery.HandBackAsync(context, code) : () => ShowAsync(context, code));
        });
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            StatusCodeSelector = exception => exception is BadHttpRequestException bad ? bad.StatusCode
                : exception is UploadStoreException || Database.IsUnavailable(exception) ? StatusCodes.Status503ServiceUnavailable
                : StatusCodes.Status500InternalServerError,
            // No body here: the status pages below, or the problem details of the API, write it.
            ExceptionHandler = context =>
            {
                if (context.Response.StatusCode == StatusCodes.Status503ServiceUnavailable)
                    context.Response.Headers.RetryAfter = RetryAfterSeconds;
                return Task.CompletedTask;
            },
            AllowStatusCode404Response = true,
            CreateScopeForErrors = true,
        });
    }

    /// <summary>A routed page that answers 404 was rendered without a body. What stands in for it needs services of its own: a scope renders one document.</summary>
    private static async Task WithOwnServicesAsync(HttpContext context, Func<Task> show)
    {
        var services = context.RequestServices;
        await using var scope = services.CreateAsyncScope();
        context.RequestServices = scope.ServiceProvider;
        context.Response.Headers.Remove("blazor-enhanced-nav");
        await show();
        context.RequestServices = services;
    }

    private static Task ShowAsync(HttpContext context, int code) =>
        new RazorComponentResult<ErrorPage>(new Dictionary<string, object?> { [nameof(ErrorPage.Status)] = code }) { StatusCode = code }.ExecuteAsync(context);
}
