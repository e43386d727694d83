namespace Forum.Tests.Storms;

/// <summary>What a member of the storm does.</summary>
public enum Blow
{
    Ask,
    Reply,
    Note,
    Edit,
    RollBack,
    Retag,
    Delete,
    Hide,
    Restore,
    Upvote,
    TakeBack,
    Accept,
    Unmark,
    Doubt,
    TakeBackDoubt,
    Judge,
    MeToo,
    NotMeToo,
    Close,
    Reopen,
    Move,
    Split,
    Merge,
    Flag,
    Decide,
    MakeWiki,
    UnmakeWiki,
    MergeTag,
    FreeSynonym,
    RenameTag,
    Grant,
    Revoke,
    SetTrust,
    Read,
    Tend,
}

/// <summary>One step of a storm.</summary>
/// <param name="At">Its place in the plan, by which later steps name the post that it makes.</param>
/// <param name="Who">The member, counted from 0.</param>
/// <param name="Post">The step that made the post it is about, below 0 for those that were there before; where that step is missing or was refused, there is no such post.</param>
/// <param name="Pick">Chooses among reasons, tags, levels and the like.</param>
public sealed record Gust(int At, Blow Blow, int Who, int Post, int Pick)
{
    /// <summary>How often each blows, in all some hundred, and how many of the first members do half of it: those who may.</summary>
    private static readonly IReadOnlyList<(Blow Blow, int Weight, int Able)> odds =
    [
        (Blow.Ask, 5, Storm.Members), (Blow.Reply, 16, Storm.Members), (Blow.Note, 2, 6), (Blow.Edit, 6, Storm.Powerful), (Blow.RollBack, 3, 4), (Blow.Retag, 3, Storm.Powerful),
        (Blow.Delete, 3, 4), (Blow.Hide, 2, 4), (Blow.Restore, 8, 4), (Blow.Upvote, 24, Storm.Powerful), (Blow.TakeBack, 4, Storm.Powerful), (Blow.Accept, 8, 6), (Blow.Unmark, 4, 6),
        (Blow.Doubt, 5, Storm.Members), (Blow.TakeBackDoubt, 3, Storm.Members), (Blow.Judge, 4, 4), (Blow.MeToo, 3, Storm.Members), (Blow.NotMeToo, 2, Storm.Members), (Blow.Close, 2, 4), (Blow.Reopen, 4, 4), (Blow.Move, 4, Storm.Powerful), (Blow.Split, 2, 4), (Blow.Merge, 1, 4), (Blow.Flag, 5, Storm.Members), (Blow.Decide, 3, 4), (Blow.MakeWiki, 2, 4), (Blow.UnmakeWiki, 2, 4),
        (Blow.MergeTag, 2, 2), (Blow.FreeSynonym, 3, 2), (Blow.RenameTag, 2, 2), (Blow.Grant, 2, 1), (Blow.Revoke, 2, 1), (Blow.SetTrust, 2, 2), (Blow.Read, 2, Storm.Members), (Blow.Tend, 1, Storm.Members),
    ];

    private static readonly (Blow Blow, int Able)[] dice = [.. odds.SelectMany(o => Enumerable.Repeat((o.Blow, o.Able), o.Weight))];

    /// <summary>The plan that comes of a seed. Half of it is about the posts that were there before, the other half about what is new.</summary>
    public static IReadOnlyList<Gust> Plan(int seed, int count)
    {
        var random = new Random(seed);
        var (plan, made, replies) = (new List<Gust>(count), Storm.Before.ToList(), Storm.RepliesBefore.ToList());
        for (var at = 0; at < count; at++)
        {
            var (blow, able) = dice[random.Next(dice.Length)];
            // With a topic goes all that is in it: seldom, or there is soon nothing left.
            var among = blow is Blow.Delete or Blow.Hide or Blow.Accept or Blow.Flag && random.Next(5) > 0 ? replies : made;
            var post = random.Next(2) == 0 ? among[random.Next(Storm.RepliesBefore.Count)] : among[^(1 + random.Next(Math.Min(among.Count, Recent)))];
            plan.Add(new(at, blow, random.Next(random.Next(2) == 0 ? able : Storm.Members), post, random.Next(1 << 20)));
            if (blow is Blow.Ask or Blow.Reply or Blow.Note)
                made.Add(at);
            if (blow == Blow.Reply)
                replies.Add(at);
        }
        return plan;
    }

    private const int Recent = 100;
}
