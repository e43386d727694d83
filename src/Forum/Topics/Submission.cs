using Forum.Members;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Forum.Topics;

/// <summary>A form or API call that made a post. The key is the client's, so that a double click, a resend or a retry finds the post it already made.</summary>
public sealed class Submission
{
    public const int MaxKeyLength = 100;

    public required long MemberId { get; init; }

    public required string Key { get; init; }

    public required long PostId { get; init; }

    public required DateTime Created { get; init; }

    internal sealed class Map : IEntityTypeConfiguration<Submission>
    {
        public void Configure(EntityTypeBuilder<Submission> submission)
        {
            submission.HasKey(s => new { s.MemberId, s.Key });
            submission.Property(s => s.Key).HasMaxLength(MaxKeyLength);
            submission.HasOne<Member>().WithMany().HasForeignKey(s => s.MemberId);
            submission.HasOne<Post>().WithMany().HasForeignKey(s => s.PostId);
        }
    }
}
