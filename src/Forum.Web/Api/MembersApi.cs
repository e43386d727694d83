using Forum.Members;
using Forum.Web.Host;

namespace Forum.Web.Api;

internal static class MembersApi
{
    public static void MapMembers(this RouteGroupBuilder api)
    {
        api.MapGet("/members/{handle}", GetAsync).WithTags("Members").WithSummary("A member.").Gives<MemberShape>(404);
        api.MapGet("/me", MeAsync).WithTags("Members").WithMetadata(new MembersOnly()).WithSummary("Yourself, and what your token may do.").Gives<MeShape>();
    }

    private static async Task<IResult> GetAsync(string handle, Viewer viewer, MemberQueries members, Shaping shape, CancellationToken cancellation) =>
        (await members.FindAsync(await viewer.RightsAsync(), handle, cancellation)).Is(out var member, out var refusal) ? Results.Ok(shape.Of(member)) : refusal.AsProblem();

    private static async Task<IResult> MeAsync(HttpContext context, Viewer viewer, MemberQueries members, Shaping shape, CancellationToken cancellation) =>
        (await members.FindAsync(await viewer.RightsAsync(), viewer.Handle, cancellation)).Is(out var member, out var refusal)
            ? Results.Ok(new MeShape(member.Who.Id, Bearer.ScopeOf(context.User).ToString()!.ToLowerInvariant(), (await viewer.RightsAsync()).Trust, shape.Of(member)))
            : refusal.AsProblem();
}
