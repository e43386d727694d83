using System.Text.Json;
using Forum.Settings;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Forum.Members;

/// <summary>What a member says of themselves and would have the forum do; without a row all is as it is for everybody.</summary>
public sealed class Profile
{
    public const int MaxBioLength = 2000;
    public const int MaxTimeZoneLength = 60;

    /// <summary>Of an answer to a field that the site defines.</summary>
    public const int MaxAnswerLength = 200;

    /// <summary>All answers, as they are stored.</summary>
    public const int MaxAnswersLength = 4000;

    public required long MemberId { get; init; }

    /// <summary>In Markdown; made into HTML when it is read, since few read it.</summary>
    public string Bio { get; set; } = "";

    /// <summary>An IANA id such as Europe/Berlin: the member's night; null for that of the site.</summary>
    public string? TimeZone { get; set; }

    /// <summary>Nobody is told when they were last here.</summary>
    public bool HidesVisits { get; set; }

    /// <summary>Topics that they ask are watched.</summary>
    public bool WatchesAsked { get; set; } = true;

    /// <summary>Topics that they reply to are tracked.</summary>
    public bool TracksAnswered { get; set; } = true;

    /// <summary>What they answered to the fields that the site defines, by label; as JSON. Fields that were taken away are kept and not shown.</summary>
    public string Answers { get; set; } = "{}";

    public IReadOnlyDictionary<string, string> Answered => JsonSerializer.Deserialize<Dictionary<string, string>>(Answers)!;

    /// <summary>The labels of the fields that the site defines: one a line.</summary>
    public static IReadOnlyList<string> FieldsOf(SiteOptions site) => [.. site.ProfileFields.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct()];

    internal sealed class Map : IEntityTypeConfiguration<Profile>
    {
        public void Configure(EntityTypeBuilder<Profile> profile)
        {
            profile.HasKey(p => p.MemberId);
            profile.Property(p => p.MemberId).ValueGeneratedNever();
            profile.Property(p => p.Bio).HasMaxLength(MaxBioLength);
            profile.Property(p => p.TimeZone).HasMaxLength(MaxTimeZoneLength);
            profile.Property(p => p.Answers).HasMaxLength(MaxAnswersLength);
            profile.Ignore(p => p.Answered);
            profile.HasOne<Member>().WithOne().HasForeignKey<Profile>(p => p.MemberId);
        }
    }
}

/// <summary>A member would rather not read another one.</summary>
public sealed class Ignoring
{
    /// <summary>Most that one member ignores.</summary>
    public const int Max = 200;

    public required long MemberId { get; init; }

    public required long IgnoredId { get; init; }

    public required DateTime Since { get; init; }

    internal sealed class Map : IEntityTypeConfiguration<Ignoring>
    {
        public void Configure(EntityTypeBuilder<Ignoring> ignoring)
        {
            ignoring.HasKey(i => new { i.MemberId, i.IgnoredId });
            ignoring.HasIndex(i => i.IgnoredId);
            ignoring.HasOne<Member>().WithMany().HasForeignKey(i => i.MemberId);
            ignoring.HasOne<Member>().WithMany().HasForeignKey(i => i.IgnoredId);
        }
    }
}
