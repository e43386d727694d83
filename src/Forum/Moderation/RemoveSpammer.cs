using Forum.Data;

namespace Forum.Moderation;

/// <summary>
/// Deletes everything that a member who is not staff wrote, and suspends them for a year. Where it stopped, a second time goes on. It can be undone within
/// <see cref="SpamRemoval.Restorable"/>.
/// </summary>
public sealed class RemoveSpammer(ForumWriter writer)
{
    /// <summary>For how many days the member is suspended.</summary>
    public const int Days = 365;

    /// <param name="reason">Told to the member, in at most <see cref="Sanction.MaxReasonLength"/> characters.</param>
    /// <returns>How many posts went.</returns>
    public async Task<Result<int>> RunAsync(Actor actor, string? handle, string? reason, CancellationToken cancellation) =>
        !SpamRemoving.ReadReason(reason).Is(out var why, out var wrong) ? wrong
        : (await writer.RemoveAsync(actor, handle, why, cancellation)).Is(out var gone, out var refusal) ? gone.Posts : refusal;
}

/// <summary>Undoes the removal of a spammer who was none: what it deleted and nobody has touched since stands again, and the suspension that came with it is over. Marks of solutions do not come back by themselves.</summary>
public sealed class RestoreSpammer(ForumWriter writer)
{
    public Task<Result<Done>> RunAsync(Actor actor, long removalId, CancellationToken cancellation) => writer.RestoreAsync(actor, removalId, cancellation);
}
