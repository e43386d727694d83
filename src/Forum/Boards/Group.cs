using Forum.Members;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Forum.Boards;

/// <summary>How one becomes a member of a group.</summary>
public enum GroupJoining : byte
{
    /// <summary>Whoever wants to joins.</summary>
    Open,

    /// <summary>One asks, and a manager says yes or no.</summary>
    Request,

    /// <summary>Managers choose; one may leave.</summary>
    Assigned,
}

/// <summary>Members who may do something on a board that others may not, or who simply belong together.</summary>
public sealed class Group
{
    public const int MaxSlugLength = 60;
    public const int MaxNameLength = 80;
    public const int MaxDescriptionLength = 300;

    /// <summary>Most groups of a forum: they are read together, and a person must be able to see through them.</summary>
    public const int MaxGroups = 200;

    public long Id { get; init; }

    /// <summary>Lower-case letters, digits and hyphens; unique.</summary>
    public required string Slug { get; init; }

    public required string Name { get; set; }

    public string Description { get; set; } = "";

    public required GroupJoining Joining { get; set; }

    /// <summary>Only those who are in it and managers know of it.</summary>
    public bool Hidden { get; set; }

    /// <summary>How many are in it.</summary>
    public int Members { get; set; }

    internal sealed class Map : IEntityTypeConfiguration<Group>
    {
        public void Configure(EntityTypeBuilder<Group> group)
        {
            group.Property(g => g.Slug).HasMaxLength(MaxSlugLength);
            group.HasIndex(g => g.Slug).IsUnique();
            group.Property(g => g.Name).HasMaxLength(MaxNameLength);
            group.Property(g => g.Description).HasMaxLength(MaxDescriptionLength);
        }
    }
}

/// <summary>A member belongs to a group.</summary>
public sealed class GroupMember
{
    public required long GroupId { get; init; }

    public Group Group { get; init; } = null!;

    public required long MemberId { get; init; }

    public Member Member { get; init; } = null!;

    public required DateTime Since { get; init; }

    internal sealed class Map : IEntityTypeConfiguration<GroupMember>
    {
        public void Configure(EntityTypeBuilder<GroupMember> member)
        {
            member.HasKey(m => new { m.GroupId, m.MemberId });
            member.HasIndex(m => m.MemberId);
            member.HasOne(m => m.Group).WithMany().HasForeignKey(m => m.GroupId);
            member.HasOne(m => m.Member).WithMany().HasForeignKey(m => m.MemberId);
        }
    }
}

/// <summary>A member would like to belong to a group, and waits for a manager's word.</summary>
public sealed class GroupRequest
{
    public const int MaxNoteLength = 300;

    public required long GroupId { get; init; }

    public Group Group { get; init; } = null!;

    public required long MemberId { get; init; }

    public Member Member { get; init; } = null!;

    public required DateTime Asked { get; init; }

    /// <summary>Why, in one line; null when they did not say.</summary>
    public string? Note { get; init; }

    internal sealed class Map : IEntityTypeConfiguration<GroupRequest>
    {
        public void Configure(EntityTypeBuilder<GroupRequest> request)
        {
            request.HasKey(r => new { r.GroupId, r.MemberId });
            request.Property(r => r.Note).HasMaxLength(MaxNoteLength);
            request.HasOne(r => r.Group).WithMany().HasForeignKey(r => r.GroupId);
            request.HasOne(r => r.Member).WithMany().HasForeignKey(r => r.MemberId);
        }
    }
}

/// <summary>What the members of a group may do on one board, beside what their trust and roles let them.</summary>
public sealed class GroupRight
{
    public required long GroupId { get; init; }

    public Group Group { get; init; } = null!;

    public required long BoardId { get; init; }

    public Board Board { get; init; } = null!;

    public required Right Rights { get; set; }

    internal sealed class Map : IEntityTypeConfiguration<GroupRight>
    {
        public void Configure(EntityTypeBuilder<GroupRight> right)
        {
            right.HasKey(r => new { r.GroupId, r.BoardId });
            right.HasOne(r => r.Group).WithMany().HasForeignKey(r => r.GroupId);
            right.HasOne(r => r.Board).WithMany().HasForeignKey(r => r.BoardId);
        }
    }
}
