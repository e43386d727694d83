using Forum.Boards;
using Forum.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Forum.Topics;

/// <summary>The number of a post that was moved to another topic leads to where the post is now, for ever.</summary>
public sealed class MovedPost
{
    public required long TopicId { get; init; }

    /// <summary>What the post was numbered in that topic.</summary>
    public required int Number { get; init; }

    public required long PostId { get; init; }

    public Post Post { get; init; } = null!;

    internal sealed class Map : IEntityTypeConfiguration<MovedPost>
    {
        public void Configure(EntityTypeBuilder<MovedPost> moved)
        {
            moved.HasKey(m => new { m.TopicId, m.Number });
            moved.HasOne<Topic>().WithMany().HasForeignKey(m => m.TopicId);
            moved.HasOne(m => m.Post).WithMany().HasForeignKey(m => m.PostId);
        }
    }
}

/// <summary>A topic that was merged into another one leads there, for ever.</summary>
public sealed class MergedTopic
{
    public required long TopicId { get; init; }

    public required long IntoId { get; init; }

    internal sealed class Map : IEntityTypeConfiguration<MergedTopic>
    {
        public void Configure(EntityTypeBuilder<MergedTopic> merged)
        {
            merged.HasKey(m => m.TopicId);
            merged.HasOne<Topic>().WithMany().HasForeignKey(m => m.TopicId);
            merged.HasOne<Topic>().WithMany().HasForeignKey(m => m.IntoId);
            merged.HasIndex(m => m.IntoId);
        }
    }
}

/// <summary>Posts that stood one after the other and are in another topic now.</summary>
/// <param name="Number">What the first of them was numbered.</param>
/// <param name="Now">What it is numbered there.</param>
public sealed record MovedRun(int Number, int Count, TopicLink Topic, int Now);

internal static class MovedPosts
{
    /// <summary>What stood between two numbers of a topic and is in topics now that the reader may read.</summary>
    public static async Task<IReadOnlyList<MovedRun>> MovedAsync(this ForumDbContext db, Rights rights, long topicId, int from, int to, CancellationToken cancellation)
    {
        var rows = await db.MovedPosts.AsNoTracking().Where(m => m.TopicId == topicId && m.Number >= from && m.Number <= to).Join(db.Posts.ReadableBy(rights), m => m.PostId, p => p.Id, (m, p) => new { Was = m.Number, Now = p.Number, p.TopicId, p.Topic.Slug, p.Topic.Title })
            .OrderBy(m => m.Was).ToListAsync(cancellation);
        var runs = new List<MovedRun>();
        foreach (var row in rows)
            if (runs.Count > 0 && runs[^1] is var last && last.Topic.Id == row.TopicId && last.Number + last.Count == row.Was)
                runs[^1] = last with { Count = last.Count + 1 };
            else
                runs.Add(new(row.Was, 1, new(row.TopicId, row.Slug, row.Title), row.Now));
        return runs;
    }
}
