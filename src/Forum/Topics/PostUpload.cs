using Forum.Uploads;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Forum.Topics;

/// <summary>That a post shows or offers a file: whoever may read the post may read the file.</summary>
public sealed class PostUpload
{
    public required long UploadId { get; init; }

    public required long PostId { get; init; }

    internal sealed class Map : IEntityTypeConfiguration<PostUpload>
    {
        public void Configure(EntityTypeBuilder<PostUpload> use)
        {
            use.HasKey(u => new { u.UploadId, u.PostId });
            use.HasOne<Upload>().WithMany().HasForeignKey(u => u.UploadId);
            use.HasOne<Post>().WithMany().HasForeignKey(u => u.PostId);
        }
    }
}
