using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Forum.Settings;

/// <summary>A value of a <see cref="Setting"/> that was given in the browser. Where there is no row, the default holds.</summary>
public sealed class SiteSetting
{
    public const int MaxKeyLength = 60;
    public const int MaxValueLength = 4000;

    /// <summary>The setting's key, such as "Site:Name".</summary>
    public required string Key { get; init; }

    /// <summary>As <see cref="Setting.Of"/> writes it.</summary>
    public required string Value { get; set; }

    /// <summary>Null for the operator at the command line.</summary>
    public long? ChangedById { get; set; }

    public required DateTime Changed { get; set; }

    internal sealed class Map : IEntityTypeConfiguration<SiteSetting>
    {
        public void Configure(EntityTypeBuilder<SiteSetting> setting)
        {
            setting.HasKey(s => s.Key);
            setting.Property(s => s.Key).HasMaxLength(MaxKeyLength);
            setting.Property(s => s.Value).HasMaxLength(MaxValueLength);
        }
    }
}
