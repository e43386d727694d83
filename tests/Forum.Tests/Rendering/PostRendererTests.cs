using Forum.Rendering;

namespace Forum.Tests.Rendering;

public sealed class PostRendererTests
{
    private static readonly PostRenderer renderer = new();

    [Theory]
    [InlineData("Hello *there*", "<p>Hello <em>there</em></p>")]
    [InlineData("# One\n## Two\n###### Six", "<h3>One</h3>\n<h4>Two</h4>\n<h6>Six</h6>")]
    [InlineData("~~gone~~", "<p><del>gone</del></p>")]
    [InlineData("see www.example.org.", "<p>see <a href=\"https://www.example.org\" rel=\"nofollow ugc noopener\">www.example.org</a>.</p>")]
    [InlineData("[own](/t/1/x) [far](https://example.org \"T\")", "<p><a href=\"/t/1/x\">own</a> <a title=\"T\" href=\"https://example.org\" rel=\"nofollow ugc noopener\">far</a></p>")]
    [InlineData("[a](javascript:alert(1)) [b](//evil.example) [c](/\\evil.example) [d](data:text/html,x) [e](\\\\\\\\evil.example)", "<p>a b c d e</p>")]
    [InlineData("![a cat](https://example.org/cat.png)", "<p><a href=\"https://example.org/cat.png\" rel=\"nofollow ugc noopener\">a cat</a></p>")]
    [InlineData("[![a cat](https://example.org/cat.png)](https://example.org/)", "<p><a href=\"https://example.org/\" rel=\"nofollow ugc noopener\">a cat</a></p>")]
    [InlineData("![a cat](/uploads/1/cat.png)", "<p><img alt=\"a cat\" src=\"/uploads/1/cat.png\" loading=\"lazy\" decoding=\"async\"></p>")]
    [InlineData("![x](/uploads/../search?q=a)", "<p><a href=\"/uploads/../search?q=a\">x</a></p>")]
    [InlineData("```c#\nvar a = 1 < 2;\n```", "<pre tabindex=\"0\"><code class=\"language-c#\"><span class=\"hl-k\">var</span> a = <span class=\"hl-n\">1</span> &lt; <span class=\"hl-n\">2</span>;\n</code></pre>")]
    [InlineData("```\"><script>\nx\n```", "<pre tabindex=\"0\"><code>x\n</code></pre>")]
    [InlineData("- [x] done\n- [ ] open", "<ul class=\"contains-task-list\">\n<li class=\"task-list-item\">☑ done</li>\n<li class=\"task-list-item\">☐ open</li>\n</ul>")]
    [InlineData("|a|b|\n|:-|-:|\n|1|2|", "<div class=\"scroll\" tabindex=\"0\"><table>\n<thead>\n<tr>\n<th class=\"align-left\">a</th>\n<th class=\"align-right\">b</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td class=\"align-left\">1</td>\n<td class=\"align-right\">2</td>\n</tr>\n</tbody>\n</table></div>")]
    [InlineData("Press <kbd class=x onclick=y()>F1</kbd><br>now", "<p>Press <kbd>F1</kbd><br>now</p>")]
    [InlineData("a List<String> and <script>alert(1)</script>", "<p>a List&lt;String&gt; and &lt;script&gt;alert(1)&lt;/script&gt;</p>")]
    [InlineData("a <!-- note --> b", "<p>a  b</p>")]
    [InlineData("<details open id=x>\n<summary>More</summary>\n\n**inside**\n\n</details>", "<details open=\"\">\n<summary>More</summary>\n<p><strong>inside</strong></p>\n</details>")]
    public void Markdown_becomes_the_html_of_the_house(string markdown, string html) =>
        Assert.Equal(html, renderer.Render(markdown).Required.Html);

    [Fact]
    public void The_words_are_kept_without_the_markup()
    {
        var text = renderer.Render("# Title\n\nSome *words* and `code`.\nSame paragraph.\n\n- one\n- two\n\n```\nline 1\n  line 2\n```\n\n|a|b|\n|-|-|\n|1|2|").Required.Text;

        Assert.Equal("Title\nSome words and code. Same paragraph.\none\ntwo\nline 1\n  line 2\na b\n1 2", text);
    }

    [Fact]
    public void A_text_longer_than_the_limit_is_refused()
    {
        Assert.Equal(RefusalKind.Invalid, renderer.Render(new string('a', PostRenderer.MaxLength + 1)).Refusal?.Kind);
        Assert.Null(renderer.Render(new string('a', PostRenderer.MaxLength)).Refusal);
    }

    [Fact]
    public void Nesting_past_the_limit_is_refused_and_not_thrown() =>
        Assert.Equal(RefusalKind.Invalid, renderer.Render(new string('[', 10_000)).Refusal?.Kind);

    [Fact]
    public void Html_of_an_import_takes_the_form_of_the_house()
    {
        var rendered = renderer.RenderHtml(
            "<h1 class=\"x\">Why?</h1>\r\n<div><p>See <a href=\"http://example.org/\" target=\"_blank\">this</a>.</p></div><p><img src=\"https://example.org/a.png\" alt=\"a chart\"></p><pre class=\"lang-sql\"><code>SELECT 1\n</code></pre>").Required;

        Assert.Equal(
            "<h3>Why?</h3>\n<p>See <a href=\"http://example.org/\" rel=\"nofollow ugc noopener\">this</a>.</p>\n<p><a href=\"https://example.org/a.png\" rel=\"nofollow ugc noopener\">a chart</a></p><pre tabindex=\"0\"><code>SELECT 1\n</code></pre>",
            rendered.Html);
        Assert.Equal("Why?\nSee this.\na chart\nSELECT 1", rendered.Text);
    }

    [Fact]
    public void Its_own_html_comes_back_unchanged_but_for_the_headings()
    {
        var html = renderer.Render("# A\n\n- [x] b ~~c~~ <kbd>d</kbd>\n\n```js\ne\n```\n\n|f|\n|:-:|\n|g|\n\n1. [h](https://example.org)\n2. ![i](/uploads/i.png)").Required.Html;

        Assert.Equal(html.Replace("h3>", "h5>", StringComparison.Ordinal), renderer.RenderHtml(html).Required.Html);
    }

    [Fact]
    public void Html_that_was_not_stored_is_made_when_it_is_read()
    {
        Assert.Equal("<p>stored</p>", renderer.HtmlOf("<p>stored</p>", "*typed*").ToString());
        Assert.Equal("<p><em>typed</em></p>", renderer.HtmlOf(null, "*typed*").ToString());
    }

    [Fact]
    public void A_text_that_is_refused_today_is_still_shown_as_it_was_typed()
    {
        var markdown = "<b>&" + new string('[', 10_000);

        Assert.Equal($"<pre><code>&lt;b&gt;&amp;{new string('[', 10_000)}</code></pre>", renderer.HtmlOf(null, markdown).ToString());
    }

    [Fact]
    public async Task One_renderer_serves_many_threads()
    {
        var expected = renderer.Render("*a* <kbd>b</kbd> [c](https://example.org)").Required;

        var all = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(() => renderer.Render("*a* <kbd>b</kbd> [c](https://example.org)").Required)));

        Assert.All(all, rendered => Assert.Equal((expected.Html, expected.Text), (rendered.Html, rendered.Text)));
    }

    [Theory]
    [InlineData("plain\ttext\n", "plain\ttext\n")]
    [InlineData("a\r\nb\rc", "a\nb\nc")]
    [InlineData("a\0b\u0001c\uFFFEd", "a\uFFFDb\uFFFDc\uFFFDd")]
    [InlineData("😀 é", "😀 é")]
    public void Text_is_cleaned_of_what_xml_does_not_know(string text, string clean) => Assert.Equal(clean, CleanText.Of(text));

    [Fact]
    public void Half_a_surrogate_pair_is_replaced() =>
        Assert.Equal("a\uFFFDb\uFFFD", CleanText.Of("a" + (char)0xD83D + "b" + (char)0xDE00));
}
