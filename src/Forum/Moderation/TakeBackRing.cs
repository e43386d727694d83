using Forum.Boards;
using Forum.Data;
using Forum.Members;
using Forum.Votes;
using Microsoft.EntityFrameworkCore;

namespace Forum.Moderation;

/// <summary>
/// A manager takes back all upvotes that some members gave each other: scores, points and leaderboards are as if they had not been cast. They may be cast
/// again, and the report then shows them again; whoever does so is a case for a suspension.
/// </summary>
public sealed class TakeBackRing(ForumWriter writer)
{
    /// <summary>More are no ring but a crowd, in which one upvotes another for other reasons.</summary>
    public const int MaxMembers = 10;

    /// <summary>Leaves room for the names in the audit trail.</summary>
    public const int MaxReasonLength = 250;

    /// <param name="handles">Of 2 to <see cref="MaxMembers"/> members.</param>
    /// <param name="reason">For the audit trail, in 1 to <see cref="MaxReasonLength"/> characters.</param>
    /// <returns>How many upvotes were taken back.</returns>
    public Task<Result<int>> RunAsync(Actor actor, IReadOnlyList<string> handles, string? reason, CancellationToken cancellation)
    {
        var why = Typed.Line(reason);
        return writer.RunAsync<int>(actor, async (deed, cancellation) =>
        {
            var (db, rights) = (deed.Db, await deed.Db.RightsOfAsync(actor, deed.Now, cancellation));
            if (rights.CannotSeeReports() is { } mayNot)
                return mayNot;
            if (why.Length is 0 or > MaxReasonLength)
                return Refusal.Invalid("Please give the reason in at most {0} characters.", "Reason", MaxReasonLength);
            if (!(await db.RingOfAsync(handles, cancellation)).Is(out var ring, out var refusal))
                return refusal;
            var ids = ring.Keys.ToList();
            var count = 0;
            foreach (var postId in await db.Among(ids).Select(v => v.PostId).Distinct().OrderBy(id => id).ToListAsync(cancellation))
                count += await deed.TakeBackUpvotesAsync(postId, ids, cancellation);
            if (count == 0)
                return 0;
            foreach (var id in ids)
                deed.Audit("vote.taken-back", memberId: id, note: $"{count}, {string.Join(" ", ring.Values)}: {why}");
            return count;
        }, cancellation);
    }
}

internal static class Rings
{
    /// <summary>The members of a ring by id, with their handles.</summary>
    public static async Task<Result<IReadOnlyDictionary<long, string>>> RingOfAsync(this ForumDbContext db, IReadOnlyList<string> handles, CancellationToken cancellation)
    {
        var wanted = handles.Select(h => Handles.Normalize(Handles.Clean(h))).Where(h => h.Length > 0).Distinct().ToList();
        if (wanted.Count is < 2 or > TakeBackRing.MaxMembers)
            return Refusal.Invalid("Please name 2 to {0} members by their handles.", "With", TakeBackRing.MaxMembers);
        var found = await db.Users.Where(m => wanted.Contains(m.NormalizedUserName!)).Select(m => new { m.Id, m.UserName, m.NormalizedUserName }).ToListAsync(cancellation);
        if (wanted.Find(h => found.TrueForAll(m => m.NormalizedUserName != h)) is { } missing)
            return Refusal.Invalid("There is no member with the handle \"{0}\".", "With", missing.ToLowerInvariant());
        return found.ToDictionary(m => m.Id, m => m.UserName!);
    }

    /// <summary>The upvotes that these members gave each other.</summary>
    public static IQueryable<Vote> Among(this ForumDbContext db, IReadOnlyCollection<long> memberIds) =>
        db.Votes.AsNoTracking().Where(v => memberIds.Contains(v.MemberId) && db.Posts.Any(p => p.Id == v.PostId && memberIds.Contains(p.AuthorId)));
}
