namespace Forum.Tests;

public sealed class SlugTests
{
    [Theory]
    [InlineData("How do I hand over a project?", "how-do-i-hand-over-a-project")]
    [InlineData("  C# & .NET -- what's new?  ", "c-net-what-s-new")]
    [InlineData("Crème brûlée à l’œuf", "creme-brulee-a-l-œuf")]
    [InlineData("Größe und Straße", "große-und-straße")]
    [InlineData("Ελληνικά ΑΛΦΑ", "ελληνικα-αλφα")]
    [InlineData("Как передать проект? Ещё", "как-передать-проект-ещё")]
    [InlineData("プロジェクトの引き継ぎ", "プロジェクトの引き継ぎ")]
    [InlineData("한국어 질문", "한국어-질문")]
    [InlineData("हिन्दी में प्रश्न", "हिन्दी-में-प्रश्न")]
    [InlineData("ภาษาไทย", "ภาษาไทย")]
    [InlineData("كيف أنقل المشروع", "كيف-أنقل-المشروع")]
    [InlineData("ｆｕｌｌ ｗｉｄｔｈ ①", "full-width-1")]
    [InlineData("😀😀😀", "topic")]
    [InlineData("-- / .. // ??", "topic")]
    [InlineData("\u0301\u0301a", "a")]
    public void A_slug_keeps_the_words_of_any_script(string title, string slug) => Assert.Equal(slug, Slug.Of(title));

    [Fact]
    public void A_slug_is_never_longer_than_its_column()
    {
        foreach (var title in new[] { new string('a', 300), string.Concat(Enumerable.Repeat("한", 150)), string.Concat(Enumerable.Repeat("𝕏", 150)), string.Concat(Enumerable.Repeat("ﷺ", 150)), string.Concat(Enumerable.Repeat("क्षि ", 60)) })
            Assert.InRange(Slug.Of(title).Length, 1, Slug.MaxLength);
    }
}
