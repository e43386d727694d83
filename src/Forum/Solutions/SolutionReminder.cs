using Forum.Topics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Forum.Solutions;

/// <summary>That the asker of a topic was asked whether an answer solved it: once for ever.</summary>
public sealed class SolutionReminder
{
    /// <summary>After the last answer by somebody else: time to try it [Vanilla].</summary>
    public static readonly TimeSpan After = TimeSpan.FromDays(3);

    /// <summary>By then the asker knows no more, or does not come back; a forum that is brought along is not asked about years.</summary>
    public static readonly TimeSpan Lapses = TimeSpan.FromDays(30);

    /// <summary>The hours of the day between which nobody is disturbed.</summary>
    public const int NightBegins = 21, NightEnds = 8;

    public required long TopicId { get; init; }

    public required DateTime Given { get; init; }

    /// <summary>Nobody is disturbed at this instant in UTC.</summary>
    public static bool IsNight(DateTime instant, TimeZoneInfo zone) => TimeZoneInfo.ConvertTimeFromUtc(instant, zone).Hour is >= NightBegins or < NightEnds;

    internal sealed class Map : IEntityTypeConfiguration<SolutionReminder>
    {
        public void Configure(EntityTypeBuilder<SolutionReminder> reminder)
        {
            reminder.HasKey(r => r.TopicId);
            reminder.Property(r => r.TopicId).ValueGeneratedNever();
            reminder.HasOne<Topic>().WithOne().HasForeignKey<SolutionReminder>(r => r.TopicId);
        }
    }
}
