using Forum.Data;
using Microsoft.EntityFrameworkCore;

namespace Forum.Members;

/// <summary>Finds members by what somebody typed.</summary>
internal static class KnownHandles
{
    /// <summary>The member of that handle, with or without its @, in capitals or not; none where there is none.</summary>
    public static IQueryable<Member> OfHandle(this IQueryable<Member> members, string? handle)
    {
        var normalized = Handles.Normalize(Handles.Clean(handle ?? ""));
        return members.Where(m => m.NormalizedUserName == normalized);
    }

    /// <summary>The id of the member of that handle; refused where there is none.</summary>
    public static async Task<Result<long>> MemberIdAsync(this ForumDbContext db, string? handle, CancellationToken cancellation) =>
        await db.Users.OfHandle(handle).Select(m => m.Id).SingleOrDefaultAsync(cancellation) is var id and > 0 ? id
            : Refusal.Invalid("There is no member with the handle \"{0}\".", "Handle", handle ?? "");
}
