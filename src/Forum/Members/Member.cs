using Forum.Settings;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Forum.Members;

/// <summary>A person with an account. <see cref="IdentityUser{TKey}.UserName"/> is the handle.</summary>
public sealed class Member : IdentityUser<long>
{
    public const int MaxNameLength = 100;
    public const int MinHandleLength = 3;
    public const int MaxHandleLength = 20;
    public const int MaxEmailLength = 254;
    public const int MaxReturnUrlLength = 500;
    public const int MaxSignatureLength = 200;
    public const int MaxStaffTitleLength = 60;

    /// <summary>Room for every badge that there may be.</summary>
    public const int MaxBadgesLength = 500;

    /// <summary>The full name as given; shown only through <see cref="DisplayNames"/>.</summary>
    public required string Name
    {
        get;
        set => (field, NameNormalized, MaskedNormalized) = (value, DisplayNames.Normalize(value), DisplayNames.Normalize(NamePolicy.FirstNameInitial.Show(value, "")));
    }

    /// <summary>The full name as it is looked for and sorted by; null for a member of before until <see cref="NoteNames"/> has come by.</summary>
    public string? NameNormalized { get; private set; }

    /// <summary>The same of what is shown where the last name is not, so that nobody finds out the rest by looking for it letter by letter.</summary>
    public string? MaskedNormalized { get; private set; }

    /// <summary>The handle that they chose: it is theirs, if it is free then, when they confirm their address. Until then the account has one that nobody knows, so that nobody finds out by names whether there is one.</summary>
    public string? WishedHandle { get; set; }

    public DateTime Created { get; init; }

    /// <summary>Where the account was made from, as sessions keep it and for as long; null where that is not known.</summary>
    public string? JoinedFrom { get; set; }

    /// <summary>Signed up as programs do: what they write first waits for a moderator.</summary>
    public bool Suspect { get; init; }

    /// <summary>Sum of the member's ledger (<see cref="Standing.PointEntry"/>).</summary>
    public int Points { get; set; }

    /// <summary>Accepted solutions by this member on topics of others.</summary>
    public int Solutions { get; set; }

    /// <summary>Visible posts, questions included.</summary>
    public int Posts { get; set; }

    /// <summary>Trust 0–4 (rules of rights): 4 may mark solutions on the topics of others.</summary>
    public byte Trust { get; set; }

    /// <summary>Set by a manager: neither what the member does nor what they leave undone changes it.</summary>
    public bool TrustByHand { get; set; }

    /// <summary>Days on which the member came; the last ones stand in <see cref="Following.VisitDay"/>, those before only here.</summary>
    public int DaysVisited { get; set; }

    /// <summary>Topics that the member has opened.</summary>
    public int TopicsRead { get; set; }

    /// <summary>Posts that the member has read, counted as they came into sight: going to the end of a long topic reads one page of it.</summary>
    public int PostsRead { get; set; }

    /// <summary>The member's Identity roles, kept beside them by the one deed that grants and revokes, so that a page need not join.</summary>
    public SiteRole Roles { get; set; }

    /// <summary>The role's name as shown beside the Staff badge, such as "Product Specialist"; null takes the role's own name.</summary>
    public string? StaffTitle { get; set; }

    /// <summary>The key of an upload: the picture beside the name; null shows an initial.</summary>
    public string? Avatar { get; set; }

    /// <summary>Only members see their page.</summary>
    public bool HidesProfile { get; set; }

    /// <summary>One line shown under each post.</summary>
    public string? Signature { get; set; }

    /// <summary>Ids of the badges that the member holds, ascending, set apart by commas: noted here so that what stands beside a name needs no query.</summary>
    public string Badges { get; set; } = "";

    /// <summary>Until when the member may read but not write; null when not suspended.</summary>
    public DateTime? SuspendedUntil { get; set; }

    /// <summary>Until when the member may read and vote but not write; null when not silenced.</summary>
    public DateTime? SilencedUntil { get; set; }

    /// <summary>Until then what they write waits for a moderator.</summary>
    public DateTime? PostsWaitUntil { get; set; }

    /// <summary>Topics that were quiet since then count as read; null when the member never said so.</summary>
    public DateTime? AllRead { get; set; }

    /// <summary>The version of the terms of use that they accepted last; 0 for none.</summary>
    public int TermsAccepted { get; set; }

    /// <summary>Has seen enough of the first steps.</summary>
    public bool NeedsNoAdvice { get; init; }

    /// <summary>When the account is erased, as its member wishes; null when it stays.</summary>
    public DateTime? ErasureDue { get; set; }

    /// <summary>Their posts go with it.</summary>
    public bool ErasesPosts { get; set; }

    /// <summary>When it was erased: what is left is a row that posts stand by.</summary>
    public DateTime? Erased { get; set; }

    /// <summary>An account whose address nobody confirmed for so long is nobody's.</summary>
    public static readonly TimeSpan KeptUnconfirmed = TimeSpan.FromDays(7);

    /// <summary>So long a member may call it off.</summary>
    public static readonly TimeSpan ErasureGrace = TimeSpan.FromDays(7);

    /// <summary>The handle, never null once stored.</summary>
    public string Handle => UserName!;

    internal sealed class Map : IEntityTypeConfiguration<Member>
    {
        public void Configure(EntityTypeBuilder<Member> member)
        {
            member.Property(m => m.Name).HasMaxLength(MaxNameLength);
            member.Property(m => m.NameNormalized).HasMaxLength(MaxNameLength);
            member.Property(m => m.MaskedNormalized).HasMaxLength(MaxNameLength);
            member.HasIndex(m => new { m.NameNormalized, m.Id });
            member.HasIndex(m => new { m.MaskedNormalized, m.Id });
            member.HasIndex(m => new { m.Points, m.Id }).IsDescending(true, false);
            member.HasIndex(m => m.Roles);
            member.Property(m => m.WishedHandle).HasMaxLength(MaxHandleLength);
            member.Property(m => m.StaffTitle).HasMaxLength(MaxStaffTitleLength);
            member.Property(m => m.Badges).HasMaxLength(MaxBadgesLength);
            member.Property(m => m.Avatar).HasMaxLength(Uploads.Upload.KeyLength);
            member.Property(m => m.Signature).HasMaxLength(MaxSignatureLength);
            member.Property(m => m.PasswordHash).HasMaxLength(512);
            member.Property(m => m.PhoneNumber).HasMaxLength(32);
            member.Property(m => m.SecurityStamp).HasMaxLength(64);
            member.Property(m => m.ConcurrencyStamp).HasMaxLength(64);
            member.Property(m => m.JoinedFrom).HasMaxLength(Session.MaxNetworkLength);
            member.HasIndex(m => new { m.JoinedFrom, m.Created });
            member.HasIndex(m => m.Trust);
            member.HasIndex(m => m.ErasureDue);
            member.HasIndex(m => new { m.Created, m.Id });
            member.HasIndex(m => m.NormalizedEmail).HasDatabaseName("EmailIndex").IsUnique();
            member.Ignore(m => m.Handle);
        }
    }
}
