using Forum.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Forum.Mail;

/// <summary>How many letters left on a day of UTC.</summary>
public sealed class MailDay
{
    public required DateOnly Day { get; init; }

    public int Sent { get; init; }

    internal sealed class Map : IEntityTypeConfiguration<MailDay>
    {
        public void Configure(EntityTypeBuilder<MailDay> day) => day.HasKey(d => d.Day);
    }
}

internal static class MailDays
{
    public static async Task CountSentAsync(this Deed deed, CancellationToken cancellation)
    {
        var today = DateOnly.FromDateTime(deed.Now);
        if (await deed.Db.MailDays.Where(d => d.Day == today).ExecuteUpdateAsync(set => set.SetProperty(d => d.Sent, d => d.Sent + 1), cancellation) == 0)
            deed.Db.MailDays.Add(new MailDay { Day = today, Sent = 1 });
    }
}
