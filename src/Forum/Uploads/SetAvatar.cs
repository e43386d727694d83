using Forum.Boards;
using Forum.Data;
using Forum.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Forum.Uploads;

/// <summary>Gives a member a picture that stands beside their name, of those that they brought, or takes it away; then their initial stands there.</summary>
public sealed class SetAvatar(ForumWriter writer)
{
    /// <param name="key">Of an image of the member's own; null for none.</param>
    public Task<Result<Done>> RunAsync(Actor actor, string? key, CancellationToken cancellation) => writer.RunAsync<Done>(actor, async (deed, cancellation) =>
    {
        var rights = await deed.Db.RightsOfAsync(actor, deed.Now, cancellation);
        if (rights.CannotPost() is { } mayNot)
            return mayNot;
        if (key is not null && !await deed.Db.Uploads.AnyAsync(u => u.Key == key && u.MemberId == rights.MemberId && u.Width != null, cancellation))
            return Refusal.Invalid("Please choose an image.");
        await deed.Db.Users.Where(m => m.Id == rights.MemberId).ExecuteUpdateAsync(set => set.SetProperty(m => m.Avatar, key), cancellation);
        deed.Tell(new MemberChanged(rights.MemberId!.Value));
        return new Done();
    }, cancellation);
}
