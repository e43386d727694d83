namespace Forum.Topics;

/// <summary>Counts how much of a text was changed.</summary>
internal static class Changes
{
    /// <summary>
    /// Fewest characters that must be taken away and added to make one text of the other; null when they are more than <paramref name="most"/>.
    /// Takes time in proportion to length times <paramref name="most"/>, whatever the texts are.
    /// </summary>
    public static int? Count(string before, string after, int most)
    {
        if (Math.Abs(before.Length - after.Length) > most)
            return null;
        // By Myers: after d changes, how far into the text before one gets on each diagonal (place before minus place after).
        var furthest = new int[2 * most + 3];
        for (var d = 0; d <= most; d++)
            for (var k = -d; k <= d; k += 2)
            {
                var down = k == -d || k != d && furthest[most + k] < furthest[most + k + 2];
                var x = d == 0 ? 0 : down ? furthest[most + k + 2] : furthest[most + k] + 1;
                while (x < before.Length && x - k < after.Length && before[x] == after[x - k])
                    x++;
                if (x >= before.Length && x - k >= after.Length)
                    return d;
                furthest[most + k + 1] = x;
            }
        return null;
    }
}
