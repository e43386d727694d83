using Forum.Boards;
using Forum.Data;
using Microsoft.EntityFrameworkCore;

namespace Forum.Following;

/// <summary>Counts every topic as read as it is now.</summary>
public sealed class MarkAllRead(ForumWriter writer)
{
    public Task<Result<Done>> RunAsync(Actor actor, CancellationToken cancellation) =>
        writer.RunAsync<Done>(actor, async (deed, cancellation) =>
        {
            if ((await deed.Db.RightsOfAsync(actor, deed.Now, cancellation)).MemberId is not { } memberId)
                return Refusal.SignInFirst;
            await deed.Db.Users.Where(m => m.Id == memberId).ExecuteUpdateAsync(set => set.SetProperty(m => m.AllRead, deed.Now), cancellation);
            return new Done();
        }, cancellation);
}
