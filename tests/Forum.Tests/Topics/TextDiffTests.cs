using System.Diagnostics;
using Forum.Topics;

namespace Forum.Tests.Topics;

public sealed class TextDiffTests
{
    [Fact]
    public void Equal_texts_are_one_run() => Assert.Equal(["= One.\nTwo."], Shown("One.\nTwo.", "One.\nTwo."));

    [Fact]
    public void Lines_that_came_and_went_stand_for_themselves() => Assert.Equal(
        ["= One.", "- [Two.] + ", "= Three.", "-  + [Four.\nFive.]"],
        Shown("One.\nTwo.\nThree.", "One.\nThree.\nFour.\nFive."));

    [Fact]
    public void In_a_line_that_changed_the_words_are_marked() => Assert.Equal(
        ["- Choose [Transfer] now[.] + Choose [Move] now[!]", "= Thanks."],
        Shown("Choose Transfer now.\nThanks.", "Choose Move now!\nThanks."));

    [Fact]
    public void A_letter_with_its_accent_and_an_emoji_stay_whole() => Assert.Equal(
        ["- [cafe\u0301] [😀] + [cafe] [😁]"],
        Shown("cafe\u0301 😀", "cafe 😁"));

    [Fact]
    public void Scripts_without_blanks_are_compared_sign_by_sign() => Assert.Equal(["- 我[喜]欢啤酒 + 我[不]欢啤酒"], Shown("我喜欢啤酒", "我不欢啤酒"));

    public static TheoryData<string, string, string> Bombs
    {
        get
        {
            var random = new Random(7);
            string Random(string letters) => string.Concat(Enumerable.Range(0, Post.MaxBodyLength).Select(_ => letters[random.Next(letters.Length)]));
            string Of(string part) => string.Concat(Enumerable.Repeat(part, Post.MaxBodyLength / part.Length));
            return new()
            {
                { "other lines", Of("a\n"), Of("b\n") },
                { "every second line another", Of("a\nb\n"), Of("a\nc\n") },
                { "lines shifted", Of("a\nb\nc\n"), Of("b\na\nc\n") },
                { "random lines", Random("ab\n"), Random("ab\n") },
                { "random words", Random("ab "), Random("ab ") },
                { "random letters", Random("abcdefgh \n"), Random("abcdefgh \n") },
                { "one line of signs", Of("我"), Of("你") },
                { "one word", Of("x"), Of("y") },
                { "nothing against much", "", Of("a b\n") },
                { "words turned round", string.Join(' ', Enumerable.Range(0, 5000)), string.Join(' ', Enumerable.Range(0, 5000).Reverse()) },
                { "many short lines of words", string.Join('\n', Enumerable.Range(0, 3000).Select(i => $"a {i} c")), string.Join('\n', Enumerable.Range(0, 3000).Select(i => $"b {i} d")) },
            };
        }
    }

    [Theory]
    [MemberData(nameof(Bombs))]
    public void The_longest_posts_are_compared_within_a_second_whatever_is_in_them(string what, string before, string after)
    {
        var watch = Stopwatch.StartNew();
        var diff = TextDiff.Of(before, after);

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(1), $"{what}: {watch.Elapsed}");
        Assert.Equal(before, Joined(diff, b => b.Before));
        Assert.Equal(after, Joined(diff, b => b.After));
        Assert.InRange(diff.Count, 1, 1001);
        Assert.InRange(diff.Sum(b => b.Before.Count + b.After.Count), 1, 8000);
    }

    private static string Joined(IReadOnlyList<DiffBlock> diff, Func<DiffBlock, IReadOnlyList<DiffPart>> side) =>
        string.Join('\n', diff.Select(side).Where(parts => parts.Count > 0).Select(parts => string.Concat(parts.Select(p => p.Text))));

    private static IEnumerable<string> Shown(string before, string after) => TextDiff.Of(before, after)
        .Select(b => b.Same ? $"= {Side(b.Before)}" : $"- {Side(b.Before)} + {Side(b.After)}");

    private static string Side(IReadOnlyList<DiffPart> parts) => string.Concat(parts.Select(p => p.Marked ? $"[{p.Text}]" : p.Text));
}
