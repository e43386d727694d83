using Forum.Settings;

namespace Forum.Topics;

/// <summary>
/// Whether what a new member sends was written by a hand (rules of moderation). Only what is sent by a form is measured: a program that writes through
/// the API is known by its token.
/// </summary>
internal static class Haste
{
    /// <summary>Characters in a second, faster than which nobody types: records are near 18.</summary>
    private const int MostPerSecond = 20;

    /// <summary>Least characters beside code and quotes that count as pasted: a sentence or two are at hand for anybody.</summary>
    private const int LeastPasted = 300;

    /// <summary>Why it has to wait; null when it need not. Text that came as a whole waits where it leads elsewhere: many write a question in another window, and few of them sell something.</summary>
    /// <param name="took">How long the form was open; null where there was none.</param>
    public static HeldReason? Of(Writing writing, TimeSpan? took, LimitOptions limits) =>
        took is not { } time || !limits.Enabled ? null
        : time < TimeSpan.FromSeconds(limits.SecondsToWriteOfNewcomers) ? HeldReason.TooFast
        : writing.LinksElsewhere && writing.Prose >= LeastPasted && writing.Prose > time.TotalSeconds * MostPerSecond ? HeldReason.Pasted : null;
}
