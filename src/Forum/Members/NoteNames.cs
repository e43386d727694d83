using Forum.Data;
using Microsoft.EntityFrameworkCore;

namespace Forum.Members;

/// <summary>Notes how the names of members are looked for who joined before that was kept. Several nodes may do it at once.</summary>
public sealed class NoteNames(ForumWriter writer)
{
    /// <summary>Members in one transaction, so that others who write need not wait long.</summary>
    private const int BatchSize = 500;

    /// <returns>How many names were noted.</returns>
    public async Task<Result<int>> RunAsync(Actor actor, CancellationToken cancellation)
    {
        if (!actor.IsOperator)
            return Refusal.Forbidden("Only the operator notes names.");
        for (var noted = 0; ;)
        {
            var batch = (await writer.RunAsync<int>(actor, async (deed, cancellation) =>
            {
                var members = await deed.Db.Users.Where(m => m.MaskedNormalized == null).OrderBy(m => m.Id).Take(BatchSize).ToListAsync(cancellation);
                foreach (var member in members)
                    member.Name = member.Name;
                return members.Count;
            }, cancellation)).Required;
            noted += batch;
            if (batch < BatchSize)
                return noted;
        }
    }
}
