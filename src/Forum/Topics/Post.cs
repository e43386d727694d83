using Forum.Members;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Forum.Topics;

/// <summary>One contribution to a topic: the question or a reply.</summary>
public sealed class Post
{
    public const int MinBodyLength = 20;
    public const int MinReplyLength = 2;

    /// <summary>Longest text in characters (rules of topics).</summary>
    public const int MaxBodyLength = 30_000;

    /// <summary>Longest HTML that is stored, in characters: some servers take no longer value. Longer HTML is made when it is read.</summary>
    public const int MaxStoredLength = 50_000;

    public long Id { get; init; }

    public required long TopicId { get; init; }

    public Topic Topic { get; init; } = null!;

    /// <summary>
    /// Place in the topic, from 1; given once and never reused. Notes of staff count from -1 downwards and stand behind the post they reply to, so that
    /// they leave no gap.
    /// </summary>
    public required int Number { get; init; }

    /// <summary>A word among staff: once a note, always a note.</summary>
    public bool IsNote => Number < 0;

    public required long AuthorId { get; init; }

    public Member Author { get; init; } = null!;

    /// <summary>The post this one replies to, of the same topic; the thread itself stays flat.</summary>
    public long? ReplyToId { get; init; }

    public Post? ReplyTo { get; init; }

    /// <summary>What the author typed: the source of truth.</summary>
    public required string Markdown { get; set; }

    /// <summary>The sanitized HTML of <see cref="Markdown"/>; null when longer than <see cref="MaxStoredLength"/>.</summary>
    public string? Html { get; set; }

    /// <summary>The words alone, for search and excerpts.</summary>
    public required string Text { get; set; }

    /// <summary>Which renderer made <see cref="Html"/> and <see cref="Text"/>.</summary>
    public required int RendererVersion { get; set; }

    public required DateTime Created { get; init; }

    public DateTime? Edited { get; set; }

    public long? EditedById { get; set; }

    /// <summary>Every member of trust 1 may edit it.</summary>
    public bool Wiki { get; set; }

    /// <summary>Stays as it is: its author neither edits nor deletes it, until a moderator unlocks it.</summary>
    public bool Locked { get; set; }

    /// <summary>Raised by each edit; an edit names the version it started from.</summary>
    public int Version { get; set; } = 1;

    public Visibility Visibility { get; set; }

    /// <summary>Upvotes, plus what an import brought along.</summary>
    public int Score { get; set; }

    /// <summary>The score the post had where it was imported from; 0 for posts written here.</summary>
    public int ImportedScore { get; init; }

    /// <summary>Visible posts that reply to this one.</summary>
    public int Replies { get; set; }

    internal sealed class Map : IEntityTypeConfiguration<Post>
    {
        public void Configure(EntityTypeBuilder<Post> post)
        {
            post.Property(p => p.Markdown).HasMaxLength(-1);
            post.Property(p => p.Html).HasMaxLength(-1);
            post.Property(p => p.Text).HasMaxLength(-1);
            post.Ignore(p => p.IsNote);
            post.HasOne(p => p.Topic).WithMany().HasForeignKey(p => p.TopicId);
            post.HasOne(p => p.Author).WithMany().HasForeignKey(p => p.AuthorId);
            post.HasOne(p => p.ReplyTo).WithMany().HasForeignKey(p => p.ReplyToId);
            post.HasIndex(p => new { p.TopicId, p.Number }).IsUnique();
            post.HasIndex(p => new { p.TopicId, p.Score, p.Number });
            post.HasIndex(p => new { p.AuthorId, p.Id });
            post.HasIndex(p => new { p.AuthorId, p.TopicId, p.Number });
            post.HasIndex(p => new { p.AuthorId, p.Visibility, p.Score });
            post.HasIndex(p => new { p.RendererVersion, p.Id });
        }
    }
}
