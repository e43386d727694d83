using Forum.Following;
using Forum.Web.Api;

namespace Forum.Web.Host;

public static class VisitNotes
{
    /// <summary>Notes in memory that a member is here, by any page of theirs; what a program reads in their name is no visit.</summary>
    public static void UseVisitNotes(this WebApplication app)
    {
        var visits = app.Services.GetRequiredService<Visits>();
        app.Use(async (context, next) =>
        {
            await next(context);
            if (Viewer.IdOf(context.User) is { } id && context.Response.StatusCode == StatusCodes.Status200OK && HttpMethods.IsGet(context.Request.Method) && !ApiSurface.Holds(context.Request))
                visits.Note(id);
        });
    }
}
