using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Forum.Boards;

/// <summary>The address of a board that was taken away leads to the board that has its topics.</summary>
public sealed class MovedBoard
{
    public required string Slug { get; init; }

    public required long BoardId { get; init; }

    internal sealed class Map : IEntityTypeConfiguration<MovedBoard>
    {
        public void Configure(EntityTypeBuilder<MovedBoard> moved)
        {
            moved.HasKey(m => m.Slug);
            moved.Property(m => m.Slug).HasMaxLength(Board.MaxSlugLength);
            moved.HasOne<Board>().WithMany().HasForeignKey(m => m.BoardId);
        }
    }
}
