using Forum.Members;
using Forum.Standing;
using Forum.Web.Host;

namespace Forum.Web.Api;

internal static class MembersApi
{
    public static void MapMembers(this RouteGroupBuilder api)
    {
        api.MapGet("/members/{handle}", GetAsync).WithTags("Members").WithSummary("A member.").Gives<MemberShape>(404);
        api.MapGet("/me", MeAsync).WithTags("Members").WithMetadata(new MembersOnly()).WithSummary("Yourself, and what your token may do.").Gives<MeShape>();
    }

    private static async Task<IResult> GetAsync(string handle, Viewer viewer, MemberQueries members, BadgeQueries badges, Shaping shape, CancellationToken cancellation) =>
        (await ShapeAsync(handle, viewer, members, badges, shape, cancellation)).Is(out var member, out var refusal) ? Results.Ok(member.Shape) : refusal.AsProblem();

    private static async Task<IResult> MeAsync(HttpContext context, Viewer viewer, MemberQueries members, BadgeQueries badges, Shaping shape, CancellationToken cancellation) =>
        (await ShapeAsync(viewer.Handle, viewer, members, badges, shape, cancellation)).Is(out var member, out var refusal)
            ? Results.Ok(new MeShape(member.Id, Bearer.ScopeOf(context.User).ToString()!.ToLowerInvariant(), (await viewer.RightsAsync()).Trust, member.Shape))
            : refusal.AsProblem();

    private static async Task<Result<(long Id, MemberShape Shape)>> ShapeAsync(string handle, Viewer viewer, MemberQueries members, BadgeQueries badges, Shaping shape, CancellationToken cancellation)
    {
        var rights = await viewer.RightsAsync();
        return (await members.FindAsync(rights, handle, cancellation)).Is(out var member, out var refusal)
            ? (member.Who.Id, shape.Of(member, await badges.OfMemberAsync(rights, member.Who.Id, cancellation)))
            : refusal;
    }
}
