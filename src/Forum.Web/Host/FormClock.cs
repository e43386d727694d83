using System.Globalization;
using Microsoft.AspNetCore.DataProtection;

namespace Forum.Web.Host;

/// <summary>Tells how long a form was open. The time travels in the form, sealed, so that any node reads it and nobody else writes it.</summary>
public sealed class FormClock(IDataProtectionProvider protection, TimeProvider clock)
{
    private readonly IDataProtector seal = protection.CreateProtector("Forum.FormClock");

    /// <summary>For a form that is shown now; one that begins with what was written before is open since ever.</summary>
    public string Begin(bool written) => seal.Protect((written ? 0 : clock.GetUtcNow().UtcTicks).ToString(CultureInfo.InvariantCulture));

    /// <summary>How long a form was open; not at all, where this forum did not show it.</summary>
    public TimeSpan Took(string? began) =>
        seal.Open(began) is { } ticks ? TimeSpan.FromTicks(clock.GetUtcNow().UtcTicks - long.Parse(ticks, CultureInfo.InvariantCulture)) : TimeSpan.Zero;
}
