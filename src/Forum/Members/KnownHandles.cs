using Forum.Data;
using Microsoft.EntityFrameworkCore;

namespace Forum.Members;

/// <summary>Finds members by what somebody typed.</summary>
internal static class KnownHandles
{
    /// <summary>The member of that handle, with or without its @, in capitals or not, the one they have or one they had; none where there is none.</summary>
    public static IQueryable<Member> OfHandle(this ForumDbContext db, string? handle)
    {
        var normalized = Handles.Normalize(Handles.Clean(handle ?? ""));
        var ids = db.Users.Where(m => m.NormalizedUserName == normalized).Select(m => m.Id).Concat(db.FormerHandles.Where(f => f.Normalized == normalized).Select(f => f.MemberId));
        return db.Users.Where(m => ids.Contains(m.Id));
    }

    /// <summary>Which of these handles, as they are normalized, members have or had.</summary>
    public static IQueryable<string> TakenHandles(this ForumDbContext db, List<string> normalized) =>
        db.Users.Where(m => normalized.Contains(m.NormalizedUserName!)).Select(m => m.NormalizedUserName!).Concat(db.FormerHandles.Where(f => normalized.Contains(f.Normalized)).Select(f => f.Normalized));

    /// <summary>The id of the member of that handle; refused where there is none.</summary>
    public static async Task<Result<long>> MemberIdAsync(this ForumDbContext db, string? handle, CancellationToken cancellation) =>
        await db.OfHandle(handle).Select(m => m.Id).SingleOrDefaultAsync(cancellation) is var id and > 0 ? id
            : Refusal.Invalid("There is no member with the handle \"{0}\".", "Handle", handle ?? "");
}
