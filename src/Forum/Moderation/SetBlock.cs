using System.Net;
using Forum.Boards;
using Forum.Data;
using Forum.Members;
using Microsoft.EntityFrameworkCore;

namespace Forum.Moderation;

/// <param name="Pattern">An address, a network such as 192.0.2.0/24, an e-mail address, or a host of such.</param>
/// <param name="Days">One of <see cref="Block.Days"/>; null for good.</param>
/// <param name="From">Where the actor sits, who must not be shut out; null where that is not known.</param>
public sealed record BlockInput(BlockKind Kind, string? Pattern, int? Days, string? Reason, IPAddress? From = null);

/// <summary>Keeps out who comes from a network or signs up with a host of e-mail addresses; said again, it holds from now on for as long as was said last.</summary>
public sealed class SetBlock(ForumWriter writer)
{
    public Task<Result<Done>> RunAsync(Actor actor, BlockInput input, CancellationToken cancellation)
    {
        var reason = Typed.Line(input.Reason);
        var pattern = Typed.Line(input.Pattern) is { Length: > 0 and <= Block.MaxPatternLength } typed ? Block.Read(input.Kind, typed) : null;
        var wrong = !Enum.IsDefined(input.Kind) ? Refusal.Invalid("Please choose what is to be blocked.", "Kind")
            : pattern is null ? input.Kind == BlockKind.Network
                ? Refusal.Invalid("Please name an address, or a network such as 192.0.2.0/24 with at least {0} bits (IPv6: {1}).", "Pattern", Block.MinBits4, Block.MinBits6)
                : Refusal.Invalid("Please name an e-mail address, or what follows the @ of it.", "Pattern")
            : input.Days is { } days && !Block.Days.Contains(days) ? Refusal.Invalid("Please choose for how long.", "Days")
            : reason.Length is 0 or > Block.MaxReasonLength ? Refusal.Invalid("Please say why, in at most {0} characters.", "Reason", Block.MaxReasonLength)
            : input.Kind == BlockKind.Network && input.From is { } from && IPNetwork.Parse(pattern).Contains(Block.Plain(from)) ? Refusal.Invalid("You sit in this network yourself, and would shut yourself out.", "Pattern")
            : null;
        if (wrong is not null)
            return Task.FromResult<Result<Done>>(wrong);
        return writer.RunAsync<Done>(actor, async (deed, cancellation) =>
        {
            var db = deed.Db;
            if ((await db.RightsOfAsync(actor, deed.Now, cancellation)).CannotBlock() is { } mayNot)
                return mayNot;
            var block = await db.Blocks.SingleOrDefaultAsync(b => b.Kind == input.Kind && b.Pattern == pattern, cancellation);
            if (block is null && await db.Blocks.CountAsync(cancellation) >= Block.Max)
                return Refusal.Invalid("There are {0} blocks, which is all there may be. Lift one first.", "Pattern", Block.Max);
            var before = block is null ? null : Blocking.Said(block);
            if (block is null)
                db.Blocks.Add(block = new() { Kind = input.Kind, Pattern = pattern!, Reason = reason, At = deed.Now });
            (block.Reason, block.At, block.ById) = (reason, deed.Now, actor.MemberId);
            block.Until = input.Days is { } some ? deed.Now.AddDays(some) : null;
            deed.Audit("block.set", note: reason, before: before, after: Blocking.Said(block));
            return new Done();
        }, cancellation);
    }
}

/// <summary>Lets them in again. Doing it twice is doing it once.</summary>
public sealed class LiftBlock(ForumWriter writer)
{
    public Task<Result<Done>> RunAsync(Actor actor, long id, CancellationToken cancellation) => writer.RunAsync<Done>(actor, async (deed, cancellation) =>
    {
        if ((await deed.Db.RightsOfAsync(actor, deed.Now, cancellation)).CannotBlock() is { } mayNot)
            return mayNot;
        if (await deed.Db.Blocks.SingleOrDefaultAsync(b => b.Id == id, cancellation) is not { } block)
            return new Done();
        deed.Db.Blocks.Remove(block);
        deed.Audit("block.lifted", before: Blocking.Said(block));
        return new Done();
    }, cancellation);
}

internal static class Blocking
{
    /// <summary>A block as the audit trail tells it.</summary>
    public static string Said(Block block) => $"{block.Pattern}{(block.Until is { } until ? $", {Sanctioning.Day(until)}" : "")}";
}

/// <summary>Reads who is kept out; for managers.</summary>
public sealed class BlockQueries(IDbContextFactory<ForumDbContext> contexts)
{
    /// <summary>The newest first, with who set them.</summary>
    public async Task<Result<IReadOnlyList<Block>>> AllAsync(Rights rights, CancellationToken cancellation)
    {
        if (rights.CannotBlock() is { } refusal)
            return refusal;
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        return Result<IReadOnlyList<Block>>.Of(await db.Blocks.AsNoTracking().Include(b => b.By).OrderByDescending(b => b.At).ThenByDescending(b => b.Id).Take(Block.Max).ToListAsync(cancellation));
    }
}
