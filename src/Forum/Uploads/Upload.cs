using Forum.Members;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Forum.Uploads;

/// <summary>A file that a member brought. Who may read it follows from the posts that use it; without any, it is its owner's alone.</summary>
public sealed class Upload
{
    public const int KeyLength = 22;
    public const int MaxNameLength = 150;
    public const int MaxTypeLength = 80;

    /// <summary>Largest file, in bytes (rules of writing).</summary>
    public const int MaxBytes = 10 * 1024 * 1024;

    public long Id { get; init; }

    /// <summary>Random, in the file's address and its name in the store; base64url.</summary>
    public required string Key { get; init; }

    public required long MemberId { get; init; }

    /// <summary>The name it came with, cleaned; shown, and offered when it is saved.</summary>
    public required string Name { get; init; }

    /// <summary>What it is by its content, and what it is served as.</summary>
    public required string ContentType { get; init; }

    /// <summary>Bytes in the store, smaller pictures included: what counts against the member's quota.</summary>
    public required long Bytes { get; init; }

    /// <summary>In pixels; null for what is not an image.</summary>
    public int? Width { get; init; }

    public int? Height { get; init; }

    public required DateTime Created { get; init; }

    internal sealed class Map : IEntityTypeConfiguration<Upload>
    {
        public void Configure(EntityTypeBuilder<Upload> upload)
        {
            upload.Property(u => u.Key).HasMaxLength(KeyLength);
            upload.HasIndex(u => u.Key).IsUnique();
            upload.Property(u => u.Name).HasMaxLength(MaxNameLength);
            upload.Property(u => u.ContentType).HasMaxLength(MaxTypeLength);
            upload.HasOne<Member>().WithMany().HasForeignKey(u => u.MemberId);
            upload.HasIndex(u => u.Created);
        }
    }
}
