using System.ComponentModel;
using Forum.Members;
using Forum.Standing;
using Forum.Web.Host;

namespace Forum.Web.Api;

internal static class MembersApi
{
    public static void MapMembers(this RouteGroupBuilder api)
    {
        api.MapGet("/members", ListAsync).WithTags("Members").WithSummary("The members, those first who have most points; or whose handle, or name as it is shown, begins with q, in the order of the alphabet.").Gives<Listed<ListedMemberShape>>(400);
        api.MapGet("/members/{handle}", GetAsync).WithTags("Members").WithSummary("A member.").Gives<MemberShape>(404);
        api.MapGet("/me", MeAsync).WithTags("Members").WithMetadata(new MembersOnly()).WithSummary("Yourself, and what your token may do.").Gives<MeShape>();
    }

    private static async Task<IResult> ListAsync(
        [Description("How the handle or the shown name begins; with an @ before it, the handle alone.")] string? q, [Description("helpful, newest or name, for a list without q; helpful when left out.")] string? sort, [Description("Staff alone.")] bool? staff,
        [Description("What the page before gave as next.")] string? after, [Description("1 to 100 rows; 20 when left out.")] int? size,
        Viewer viewer, DirectoryQueries members, Shaping shape, CancellationToken cancellation)
    {
        if (!Asked.OneOf(sort, MemberSort.Helpful, "sort").Is(out var order, out var refusal) || !Asked.After(after).Is(out var key, out refusal) || !Asked.Size(size).Is(out var rows, out refusal))
            return refusal.AsProblem();
        var page = await members.ListAsync(await viewer.RightsAsync(), new(q, order, staff == true, key, rows), cancellation);
        return Results.Ok(new Listed<ListedMemberShape>([.. page.Items.Select(shape.Of)], page.Next));
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
