using System.Diagnostics;
using Forum.Topics;

namespace Forum.Tests.Topics;

public sealed class ChangesTests
{
    [Theory]
    [InlineData("", "", 0)]
    [InlineData("Choose Transfer.", "Choose Transfer.", 0)]
    [InlineData("Chose Transfer.", "Choose Transfer.", 1)]
    [InlineData("Choose Transfer!", "Choose Transfer.", 2)]
    [InlineData("abcde", "edcba", 8)]
    [InlineData("", "abc", 3)]
    [InlineData("abc", "", 3)]
    public void What_is_taken_away_and_added_counts(string before, string after, int changed) => Assert.Equal(changed, Changes.Count(before, after, 100));

    [Fact]
    public void More_than_was_asked_for_is_not_counted()
    {
        Assert.Equal(100, Changes.Count("", new string('a', 100), 100));
        Assert.Null(Changes.Count("", new string('a', 101), 100));
        Assert.Equal(100, Changes.Count(new string('a', 50), new string('b', 50), 100));
        Assert.Null(Changes.Count(new string('a', 51), new string('b', 51), 100));
    }

    [Fact]
    public void A_text_turned_round_or_shuffled_is_another_text_though_it_is_as_long()
    {
        var text = string.Concat(Enumerable.Range(0, 60).Select(i => $"Step {i}: choose it. "));

        Assert.Null(Changes.Count(text, string.Concat(text.Reverse()), 100));
    }

    [Theory]
    [InlineData("a", "b")]
    [InlineData("ab", "ba")]
    [InlineData("a ", "a\n")]
    public void The_longest_posts_are_counted_quickly(string one, string other)
    {
        var (before, after) = (Of(one), Of(other));
        var watch = Stopwatch.StartNew();
        Changes.Count(before, after, EditRules.GraceCharacters);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(1), $"{watch.Elapsed}");

        static string Of(string part) => string.Concat(Enumerable.Repeat(part, Post.MaxBodyLength / part.Length));
    }
}
