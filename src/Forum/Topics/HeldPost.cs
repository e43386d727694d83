using Forum.Boards;
using Forum.Data;
using Forum.Settings;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Forum.Topics;

/// <summary>Why a post waits.</summary>
public enum HeldReason : byte
{
    /// <summary>Nothing by its author was let stand yet, on a board that asks for it.</summary>
    FirstPost,

    /// <summary>It holds a watched word, or links to a watched host.</summary>
    WatchedWord,

    /// <summary>A moderator said so of its author.</summary>
    Author,

    /// <summary>A new member links to one host again and again.</summary>
    OneHost,

    /// <summary>A new member sent it sooner than it could be written.</summary>
    TooFast,

    /// <summary>A new member sent it faster than anybody types, and it links elsewhere.</summary>
    Pasted,

    /// <summary>Nothing by its author was let stand yet, and they signed up as programs do.</summary>
    Suspect,
}

/// <summary>A post that waits until a moderator lets it stand: until then its author and moderators see it, and it counts nowhere.</summary>
public sealed class HeldPost
{
    public required long PostId { get; init; }

    public Post Post { get; init; } = null!;

    public required HeldReason Reason { get; init; }

    public required DateTime Since { get; init; }

    internal sealed class Map : IEntityTypeConfiguration<HeldPost>
    {
        public void Configure(EntityTypeBuilder<HeldPost> held)
        {
            held.HasKey(h => h.PostId);
            held.HasOne(h => h.Post).WithOne().HasForeignKey<HeldPost>(h => h.PostId);
            held.HasIndex(h => h.Since);
        }
    }
}

internal static class Holding
{
    /// <summary>Posts of a new member that link to the same host, this one counted, from which on it waits.</summary>
    private const int ManyToOneHost = 3;

    /// <summary>Hosts of one post that are looked for in others: links of new members are few.</summary>
    private const int MaxHosts = 10;

    /// <summary>
    /// Why what this member writes there has to wait; null when it need not. Newcomers wait on boards that ask for it until something of theirs stands:
    /// whoever was let in once is no stranger. Staff never wait.
    /// </summary>
    /// <param name="took">How long the form was open; null where there was none.</param>
    public static async Task<HeldReason?> HeldAsync(this Deed deed, Rights rights, Writing writing, TimeSpan? took, Board board, LimitOptions limits, CancellationToken cancellation) =>
        rights.IsStaffOf(board.Id) ? null
        : writing.Watched ? HeldReason.WatchedWord
        : rights.PostsWait ? HeldReason.Author
        : !rights.IsNewcomer ? null
        : Haste.Of(writing, took, limits) is { } hasty ? hasty
        : await deed.IsToOneHostAsync(rights, writing, cancellation) ? HeldReason.OneHost
        : await deed.Db.Users.Where(m => m.Id == rights.MemberId).Select(m => new { m.Posts, m.Suspect }).SingleAsync(cancellation) is not { Posts: 0 } author ? null
        : author.Suspect ? HeldReason.Suspect
        : board.ApprovesNewcomers ? HeldReason.FirstPost : null;

    /// <summary>A new member has few posts, so that all of them are looked at.</summary>
    private static async Task<bool> IsToOneHostAsync(this Deed deed, Rights rights, Writing writing, CancellationToken cancellation)
    {
        foreach (var host in writing.Hosts.Take(MaxHosts))
        {
            var link = $"://{host}";
            if (await deed.Db.Posts.Where(p => p.AuthorId == rights.MemberId && p.Html!.Contains(link)).Take(ManyToOneHost).CountAsync(cancellation) >= ManyToOneHost - 1)
                return true;
        }
        return false;
    }
}
