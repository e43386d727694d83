using Forum.Boards;
using Forum.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Forum.Topics;

/// <summary>Why a post waits.</summary>
public enum HeldReason : byte
{
    /// <summary>Nothing by its author was let stand yet, on a board that asks for it.</summary>
    FirstPost,
}

/// <summary>A post that waits until a moderator lets it stand: until then its author and moderators see it, and it counts nowhere.</summary>
public sealed class HeldPost
{
    public required long PostId { get; init; }

    public Post Post { get; init; } = null!;

    public required HeldReason Reason { get; init; }

    public required DateTime Since { get; init; }

    internal sealed class Map : IEntityTypeConfiguration<HeldPost>
    {
        public void Configure(EntityTypeBuilder<HeldPost> held)
        {
            held.HasKey(h => h.PostId);
            held.HasOne(h => h.Post).WithOne().HasForeignKey<HeldPost>(h => h.PostId);
            held.HasIndex(h => h.Since);
        }
    }
}

internal static class Holding
{
    /// <summary>
    /// Why what this member writes there has to wait; null when it need not. Newcomers wait on boards that ask for it until something of theirs stands:
    /// whoever was let in once is no stranger.
    /// </summary>
    public static async Task<HeldReason?> HeldAsync(this Deed deed, Rights rights, Board board, CancellationToken cancellation) =>
        board.ApprovesNewcomers && rights.IsNewcomer && !rights.IsStaffOf(board.Id) && !await deed.Db.Users.AnyAsync(m => m.Id == rights.MemberId && m.Posts > 0, cancellation) ? HeldReason.FirstPost : null;
}
