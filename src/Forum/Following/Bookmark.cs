using Forum.Members;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Forum.Following;

/// <summary>A post that a member keeps at hand; that of a whole topic is its first post. Nobody else sees it.</summary>
public sealed class Bookmark
{
    public required long MemberId { get; init; }

    public required long PostId { get; init; }

    public Post Post { get; init; } = null!;

    public required DateTime Created { get; init; }

    internal sealed class Map : IEntityTypeConfiguration<Bookmark>
    {
        public void Configure(EntityTypeBuilder<Bookmark> bookmark)
        {
            bookmark.HasKey(b => new { b.MemberId, b.PostId });
            bookmark.HasOne<Member>().WithMany().HasForeignKey(b => b.MemberId);
            bookmark.HasOne(b => b.Post).WithMany().HasForeignKey(b => b.PostId);
            bookmark.HasIndex(b => new { b.MemberId, b.Created, b.PostId });
        }
    }
}
