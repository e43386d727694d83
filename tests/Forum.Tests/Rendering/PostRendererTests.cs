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
    [InlineData("![a cat](/uploads/1/cat.png)", "<p><img alt=\"a cat\" src=\"/uploads/1/cat.png\" loading=\"lazy\"></p>")]
    [InlineData("![x](/uploads/../search?q=a)", "<p><a href=\"/uploads/../search?q=a\">x</a></p>")]
    [InlineData("```c#\nvar a = 1 < 2;\n```", "<pre><code class=\"language-c#\">var a = 1 &lt; 2;\n</code></pre>")]
    [InlineData("```\"><script>\nx\n```", "<pre><code>x\n</code></pre>")]
    [InlineData("- [x] done\n- [ ] open", "<ul class=\"contains-task-list\">\n<li class=\"task-list-item\">☑ done</li>\n<li class=\"task-list-item\">☐ open</li>\n</ul>")]
    [InlineData("|a|b|\n|:-|-:|\n|1|2|", "<table>\n<thead>\n<tr>\n<th class=\"align-left\">a</th>\n<th class=\"align-right\">b</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td class=\"align-left\">1</td>\n<td class=\"align-right\">2</td>\n</tr>\n</tbody>\n</table>")]
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
}
