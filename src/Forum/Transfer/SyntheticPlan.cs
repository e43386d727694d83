using Forum.Votes;

namespace Forum.Transfer;

/// <summary>Who writes how much and when in a made-up community: each topic is drawn from its own number, so that any of them can be made alone.</summary>
internal sealed class SyntheticPlan
{
    public const int Boards = 6;

    /// <summary>Share of topics with replies that are solved.</summary>
    public const double Solved = 0.6;

    /// <summary>How far back the first topic lies.</summary>
    private static readonly TimeSpan Age = TimeSpan.FromDays(730);

    private const double ZipfExponent = 0.8;

    private readonly int[] postsOf;
    private readonly DateTime now;

    public SyntheticPlan(int topics, int posts, int members, DateTime now)
    {
        Posts = posts;
        Members = members;
        this.now = now;
        postsOf = new int[topics];
        Array.Fill(postsOf, 1);
        var random = new Random(topics);
        var ranks = Enumerable.Range(1, topics).ToArray();
        random.Shuffle(ranks);
        var sum = ranks.Sum(rank => Math.Pow(rank, -ZipfExponent));
        var left = posts - topics;
        for (var i = 0; i < topics; i++)
            postsOf[i] += (int)(Math.Pow(ranks[i], -ZipfExponent) / sum * left);
        left = posts - postsOf.Sum();
        for (var i = 0; left > 0; i = (i + 1) % topics, left--)
            postsOf[i]++;
    }

    public int Topics => postsOf.Length;

    public int Posts { get; }

    public int Members { get; }

    /// <summary>When the first topic was begun.</summary>
    public DateTime Start => now - Age;

    /// <summary>When the members joined: long enough before that all their upvotes count.</summary>
    public DateTime Joined => Start - TimeSpan.FromDays(CountedVotes.MinDays);

    public int PostsOf(int topic) => postsOf[topic];

    public Random RandomOf(int topic) => new(unchecked(topic * 486187739 + 17));

    /// <summary>Topics follow each other evenly; the newest is an hour old.</summary>
    public DateTime StartOf(int topic) => Start + (Age - TimeSpan.FromHours(1)) * ((topic + 1.0) / Topics);

    /// <summary>A time after that one and not in the future: usually minutes, sometimes days later.</summary>
    public DateTime After(DateTime earlier, Random random)
    {
        var later = earlier + TimeSpan.FromMinutes(1 + Math.Pow(random.NextDouble(), 6) * 4000);
        return later < now ? later : now;
    }

    /// <summary>Few members write most.</summary>
    public int Member(Random random) => (int)(Members * Math.Pow(random.NextDouble(), 2.5));

    /// <summary>Most posts get no vote, a few get many.</summary>
    public int Votes(Random random) => Math.Min((int)(Math.Pow(random.NextDouble(), 5) * 9), Members - 1);
}
