using Forum.Members;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Forum.Boards;

/// <summary>A member who keeps order on one board, and nowhere else.</summary>
public sealed class BoardModerator
{
    public required long BoardId { get; init; }

    public required long MemberId { get; init; }

    internal sealed class Map : IEntityTypeConfiguration<BoardModerator>
    {
        public void Configure(EntityTypeBuilder<BoardModerator> moderator)
        {
            moderator.HasKey(m => new { m.BoardId, m.MemberId });
            moderator.HasOne<Board>().WithMany().HasForeignKey(m => m.BoardId);
            moderator.HasOne<Member>().WithMany().HasForeignKey(m => m.MemberId);
        }
    }
}

/// <summary>That a member moderates a board, however they came to it.</summary>
public sealed class BoardModeration
{
    public required long BoardId { get; init; }

    public required long MemberId { get; init; }
}
