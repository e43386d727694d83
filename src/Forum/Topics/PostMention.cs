using Forum.Data;
using Forum.Members;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Forum.Topics;

/// <summary>That a post mentions a member, so that it is found when their handle changes.</summary>
public sealed class PostMention
{
    public required long MemberId { get; init; }

    public required long PostId { get; init; }

    internal sealed class Map : IEntityTypeConfiguration<PostMention>
    {
        public void Configure(EntityTypeBuilder<PostMention> mention)
        {
            mention.HasKey(m => new { m.MemberId, m.PostId });
            mention.HasOne<Member>().WithMany().HasForeignKey(m => m.MemberId);
            mention.HasOne<Post>().WithMany().HasForeignKey(m => m.PostId);
        }
    }
}

internal static class PostMentions
{
    /// <summary>Notes whom posts mention: these members, and no others.</summary>
    public static async Task MentionAsync(this Deed deed, IReadOnlyDictionary<long, IReadOnlyList<long>> mentioned, CancellationToken cancellation)
    {
        var ids = mentioned.Keys.ToList();
        var noted = await deed.Db.PostMentions.Where(m => ids.Contains(m.PostId)).ToListAsync(cancellation);
        deed.Db.PostMentions.RemoveRange(noted.Where(m => !mentioned[m.PostId].Contains(m.MemberId)));
        deed.Db.PostMentions.AddRange(mentioned.SelectMany(p => p.Value.Select(id => new PostMention { PostId = p.Key, MemberId = id })).ExceptBy(noted.Select(m => (m.PostId, m.MemberId)), m => (m.PostId, m.MemberId)));
    }
}
