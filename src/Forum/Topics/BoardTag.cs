using Forum.Boards;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Forum.Topics;

/// <summary>What a tag is to one board.</summary>
public enum BoardTagUse : byte
{
    /// <summary>One of those of which every new topic carries at least one.</summary>
    OneOf,

    /// <summary>Only staff put it on and take it off.</summary>
    StaffOnly,
}

/// <summary>That a tag means something special on a board.</summary>
public sealed class BoardTag
{
    public required long BoardId { get; init; }

    public required long TagId { get; init; }

    public required BoardTagUse Use { get; init; }

    public Tag Tag { get; init; } = null!;

    internal sealed class Map : IEntityTypeConfiguration<BoardTag>
    {
        public void Configure(EntityTypeBuilder<BoardTag> boardTag)
        {
            boardTag.HasKey(b => new { b.BoardId, b.TagId, b.Use });
            boardTag.HasOne<Board>().WithMany().HasForeignKey(b => b.BoardId);
            boardTag.HasOne(b => b.Tag).WithMany().HasForeignKey(b => b.TagId);
        }
    }
}
