using Forum.Data;
using Forum.Members;
using Microsoft.EntityFrameworkCore;

namespace Forum.Transfer;

/// <summary>Free handles for many members at once: first name, initial, and a number made from one of the member's own, so that the same source gives the same handles.</summary>
internal static class NumberedHandles
{
    /// <summary>What the stem of a handle leaves room for.</summary>
    private const int Numbers = 1_000_000;

    public static async Task<string[]> ForAsync(ForumDbContext db, IReadOnlyList<(string Name, long Number)> members, CancellationToken cancellation)
    {
        var handles = new string[members.Count];
        var taken = new HashSet<string>();
        var open = Enumerable.Range(0, members.Count).ToList();
        for (var attempt = 0; open.Count > 0; attempt++)
        {
            foreach (var i in open)
                handles[i] = $"{Handles.Stem(members[i].Name)}{(Math.Abs(members[i].Number % Numbers) + attempt) % Numbers}";
            var wanted = open.Select(i => Handles.Normalize(handles[i])).ToList();
            taken.UnionWith(await db.TakenHandles(wanted).ToListAsync(cancellation));
            open = [.. open.Where(i => !taken.Add(Handles.Normalize(handles[i])))];
        }
        return handles;
    }
}
