namespace Forum.Moderation;

/// <summary>
/// How much a report counts, in hundredths: past accuracy times trust (rules of moderation). A newcomer's first counts 100, one of a member of
/// trust 2 with a clean record 300; each report that was right or wrong moves it towards the share of those that were right.
/// </summary>
public static class FlagWeight
{
    /// <summary>So much together hides a post until a moderator decides: three reports of members of trust 2, or eight of newcomers.</summary>
    public const int Hides = 800;

    private const int OfNewcomer = 100;

    /// <summary>Reports that are taken to have been right before there are any, so that one mistake does not silence a member.</summary>
    private const int Credit = 2;

    /// <param name="upheld">Reports of the member that were right.</param>
    /// <param name="dismissed">Reports of the member that were not.</param>
    public static int Of(byte trust, int upheld, int dismissed) => OfNewcomer * (1 + trust) * (upheld + Credit) / (upheld + dismissed + Credit);
}
