using Forum.Boards;
using Forum.Data;

namespace Forum.Moderation;

/// <summary>
/// Removes many spammers with all their posts, each as <see cref="RemoveSpammer"/> does: a wave of them is one deed, which is undone in one go (<see cref="UndoDeed"/>).
/// Whoever is staff by now, or gone, is left out.
/// </summary>
public sealed class RemoveSpammers(ForumWriter writer)
{
    /// <summary>Members at once.</summary>
    public const int Max = 50;

    /// <param name="reason">Told to the members, in at most <see cref="Sanction.MaxReasonLength"/> characters.</param>
    /// <returns>How many members and how many posts went.</returns>
    public async Task<Result<(int Members, int Posts)>> RunAsync(Actor actor, IReadOnlyList<string> handles, string? reason, CancellationToken cancellation)
    {
        if (!SpamRemoving.ReadReason(reason).Is(out var why, out var wrong))
            return wrong;
        if (handles.Count is 0 or > Max)
            return Refusal.Invalid("Please choose at least one member and at most {0}.", "Members", Max);
        if (!(await writer.RunAsync<long>(actor, BeginAsync, cancellation)).Is(out var deedId, out wrong))
            return wrong;
        var (members, posts) = (0, 0);
        foreach (var handle in handles.Distinct(StringComparer.OrdinalIgnoreCase))
        {
            if (!(await writer.RemoveAsync(actor, handle, why, cancellation)).Is(out var gone, out _))
                continue;
            (members, posts) = (members + 1, posts + gone.Posts);
            var number = members;
            // Step by step: where it stops, what is done so far can be undone.
            _ = (await writer.RunAsync<Done>(actor, (deed, _) =>
            {
                deed.Db.UndoableSteps.Add(new() { DeedId = deedId, Number = number, RefId = gone.RemovalId });
                return Task.FromResult<Result<Done>>(new Done());
            }, cancellation)).Required;
        }
        return members == 0 ? Refusal.Invalid("None of these members is to be removed: they are staff or gone.", "Members") : (members, posts);
    }

    private static async Task<Result<long>> BeginAsync(Deed deed, CancellationToken cancellation)
    {
        var rights = await deed.Db.RightsOfAsync(deed.Actor, deed.Now, cancellation);
        if (rights.CannotSanction() is { } mayNot)
            return mayNot;
        if (rights.MemberId is not { } me)
            return Refusal.SignInFirst;
        var done = new UndoableDeed { Kind = UndoableKind.Spam, ById = me, At = deed.Now };
        deed.Db.UndoableDeeds.Add(done);
        await deed.Db.SaveChangesAsync(cancellation);
        return done.Id;
    }
}
