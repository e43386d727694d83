using Forum.Rendering;

namespace Forum.Tests.Rendering;

public sealed class ReferencesTests
{
    private static readonly PostRenderer renderer = new(new Uri("https://forum.example"));

    private static readonly References known = new(
        [new(7, "ines"), new(8, "Muhammad-A"), new(9, "b_b")],
        [new(12, "hand-over", "How do I hand a <project> over?", true), new(13, "other", "Another topic of ours", false)],
        [new(120, new(12, 3), "hand-over", 7, "Ines R")],
        [new("/uploads/1/cat.png", 640, 480), new("/uploads/3/map.png", 2000, 1000, [480, 960])]);

    private static RenderedPost Render(string markdown)
    {
        using var parsed = renderer.Read(markdown).Required;
        return parsed.Render(known).Required;
    }

    private const string Ines = "<a class=\"mention\" href=\"/members/ines\">@ines</a>";

    [Theory]
    [InlineData("Thanks @ines.", $"<p>Thanks {Ines}.</p>")]
    [InlineData("@INES, (@ines) @ines's", $"<p>{Ines}, ({Ines}) {Ines}'s</p>")]
    [InlineData("@muhammad-a- and @b_b_", "<p><a class=\"mention\" href=\"/members/Muhammad-A\">@Muhammad-A</a>- and <a class=\"mention\" href=\"/members/b_b\">@b_b</a>_</p>")]
    [InlineData("**@ines** ~~@ines~~", $"<p><strong>{Ines}</strong> <del>{Ines}</del></p>")]
    [InlineData("谢谢@ines！", $"<p>谢谢{Ines}！</p>")]
    [InlineData("@nobody stays text", "<p>@nobody stays text</p>")]
    public void A_member_is_called_by_handle(string markdown, string html) => Assert.Equal(html, Render(markdown).Html);

    [Theory]
    [InlineData("`@ines`")]
    [InlineData("```\n@ines\n```")]
    [InlineData("    @ines")]
    [InlineData("> @ines")]
    [InlineData("<kbd>@ines</kbd> <samp>@ines</samp> <code>@ines</code>")]
    [InlineData("[@ines](https://example.org)")]
    [InlineData("write to ines@ines.example or a.b@ines")]
    [InlineData("@ines@social.example, @ines/core, @ines.example, https://social.example/@ines")]
    [InlineData("\\@ines")]
    [InlineData("*ines*@ines")]
    public void Nobody_is_called_in_code_quotes_links_and_addresses(string markdown)
    {
        var rendered = Render(markdown);

        Assert.Empty(rendered.Mentions);
        Assert.Contains("@ines", rendered.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("mention", rendered.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void Members_called_are_known_by_id_each_once_in_the_order_of_the_text() =>
        Assert.Equal([8, 7], Render("@Muhammad-A asked @ines, and @muhammad-a agreed.").Mentions);

    [Fact]
    public void What_may_be_a_member_is_known_before_anybody_is_looked_up()
    {
        using var parsed = renderer.Read("@ines and @b_b_, not `@code`, > [x](/t/12/a) ![a](/uploads/1/cat.png)").Required;

        Assert.Equal(["b_b", "b_b_", "ines"], parsed.Handles.Order());
        Assert.Equal([12], parsed.Topics);
        Assert.Equal(["/uploads/1/cat.png"], parsed.Images);
    }

    [Fact]
    public void A_post_mentions_ten_members_and_no_more()
    {
        var members = new References(Enumerable.Range(1, 11).Select(i => new KnownMember(i, $"member{i}")));
        string Call(int count) => string.Join(' ', Enumerable.Range(1, count).Select(i => $"@member{i}"));

        using var ten = renderer.Read(Call(10) + " @member1").Required;
        using var eleven = renderer.Read(Call(11)).Required;

        Assert.Equal(10, ten.Render(members).Required.Mentions.Count);
        Assert.Equal("Markdown", eleven.Render(members).Refusal?.Field);
    }

    [Fact]
    public void A_text_full_of_calls_stays_small()
    {
        var rendered = Render(string.Concat(Enumerable.Repeat("@ines ", 5_000)));

        Assert.Equal([7], rendered.Mentions);
        Assert.Equal(100, rendered.Html.Split("class=\"mention\"").Length - 1);
    }

    private const string Title = "How do I hand a &lt;project&gt; over?";

    [Theory]
    [InlineData("https://forum.example/t/12/hand-over", $"<p><a href=\"/t/12/hand-over\" class=\"topic solved\">{Title}</a></p>")]
    [InlineData("<https://forum.example/t/12>", $"<p><a href=\"/t/12\" class=\"topic solved\">{Title}</a></p>")]
    [InlineData("[](/t/12/hand-over/3)", $"<p><a href=\"/t/12/hand-over/3\" class=\"topic solved\">{Title} #3</a></p>")]
    [InlineData("see https://forum.example/t/13/other?page=2.", "<p>see <a href=\"/t/13/other?page=2\" class=\"topic\">Another topic of ours</a>.</p>")]
    [InlineData("[my words](https://forum.example/t/12/hand-over)", "<p><a href=\"/t/12/hand-over\">my words</a></p>")]
    [InlineData("https://forum.example/t/14/unknown", "<p><a href=\"/t/14/unknown\">https://forum.example/t/14/unknown</a></p>")]
    [InlineData("https://forum.example.org/t/12/hand-over", "<p><a href=\"https://forum.example.org/t/12/hand-over\" rel=\"nofollow ugc noopener\">https://forum.example.org/t/12/hand-over</a></p>")]
    public void A_bare_link_to_a_topic_shows_its_title(string markdown, string html) => Assert.Equal(html, Render(markdown).Html);

    [Theory]
    [InlineData("[x](https://forum.example)", "/")]
    [InlineData("[x](HTTPS://forum.example/search?q=a)", "/search?q=a")]
    [InlineData("[x](http://forum.example#top)", "/#top")]
    [InlineData("[x](https://forum.example//evil.example)", "https://forum.example//evil.example")]
    [InlineData("[x](https://forum.example/%5cevil.example)", "https://forum.example/%5cevil.example")]
    [InlineData("[x](https://forum.example@evil.example/)", "https://forum.example@evil.example/")]
    [InlineData("[x](https://forum.example:444/)", "https://forum.example:444/")]
    public void Own_addresses_lead_home_wherever_the_forum_lives(string markdown, string address) =>
        Assert.Contains($"href=\"{address}\"", Render(markdown).Html, StringComparison.Ordinal);

    [Fact]
    public void Topics_linked_are_known_each_once() =>
        Assert.Equal([13, 12], Render("[a](/t/13/other) https://forum.example/t/12 [b](/t/13) [c](/t/99) [*d*](/t/12/x/4)").Topics);

    private const string Line = "<p class=\"attribution\"><a href=\"/t/12/hand-over/3\">Ines R</a>";

    [Theory]
    [InlineData("> [Ines](/t/12/hand-over/3) wrote:\n>\n> Choose *Transfer*.", $"<blockquote class=\"quote\">\n{Line} wrote:</p>\n<p>Choose <em>Transfer</em>.</p>\n</blockquote>")]
    [InlineData("> [Somebody else](https://forum.example/t/12/x/3) schrieb:\n> Choose.", $"<blockquote class=\"quote\">\n{Line} schrieb:</p>\n<p>Choose.</p>\n</blockquote>")]
    [InlineData("> [Ines](/t/12/x/3):  \n> Choose.", $"<blockquote class=\"quote\">\n{Line}:</p>\n<p>Choose.</p>\n</blockquote>")]
    [InlineData("> [Ines](/t/12/x/4) wrote:\n>\n> a", "<blockquote class=\"quote\">\n<p class=\"attribution\"><a href=\"/t/12/x/4\">Ines</a> wrote:</p>\n<p>a</p>\n</blockquote>")]
    [InlineData("> [Ines](/t/12/x) wrote:\n>\n> a", "<blockquote>\n<p><a href=\"/t/12/x\">Ines</a> wrote:</p>\n<p>a</p>\n</blockquote>")]
    [InlineData("> see [this](/t/12/x/3) note: a", "<blockquote>\n<p>see <a href=\"/t/12/x/3\">this</a> note: a</p>\n</blockquote>")]
    [InlineData("> [this](/t/12/x/3) says: no", "<blockquote>\n<p><a href=\"/t/12/x/3\">this</a> says: no</p>\n</blockquote>")]
    public void A_quote_names_whom_it_quotes(string markdown, string html) => Assert.Equal(html, Render(markdown).Html.Replace("\n\n", "\n", StringComparison.Ordinal));

    [Fact]
    public void Posts_quoted_are_known_with_their_authors() =>
        Assert.Equal([new QuotedPost(120, 7)], Render("> [a](/t/12/x/3) wrote:\n> b\n\n> [a](/t/12/x/3) wrote:\n> c\n\n> [a](/t/12/x/9) wrote:\n> d").Quotes);

    [Fact]
    public void Quotes_in_quotes_are_shown_three_deep()
    {
        var rendered = Render("> one\n>> two\n>>> three\n>>>> four\n>>>>> five");

        Assert.Equal(3, rendered.Html.Split("<blockquote>").Length - 1);
        Assert.Equal("one\ntwo\nthree\nfour\nfive", rendered.Text);
    }

    [Theory]
    [InlineData("![a cat](/uploads/1/cat.png)", "<p><img alt=\"a cat\" src=\"/uploads/1/cat.png\" loading=\"lazy\" decoding=\"async\" width=\"640\" height=\"480\"></p>")]
    [InlineData("![a cat](https://forum.example/uploads/1/cat.png \"Our *cat*\")", "<figure><img alt=\"a cat\" src=\"/uploads/1/cat.png\" loading=\"lazy\" decoding=\"async\" width=\"640\" height=\"480\"><figcaption>Our *cat*</figcaption></figure>")]
    [InlineData("![](/uploads/2.png \"A chart\")", "<figure><img alt=\"A chart\" src=\"/uploads/2.png\" loading=\"lazy\" decoding=\"async\"><figcaption>A chart</figcaption></figure>")]
    [InlineData("![m](/uploads/3/map.png)", "<p><img alt=\"m\" src=\"/uploads/3/map.png\" loading=\"lazy\" decoding=\"async\" width=\"2000\" height=\"1000\" srcset=\"/uploads/3/map.png?w=480 480w, /uploads/3/map.png?w=960 960w, /uploads/3/map.png 2000w\" sizes=\"auto, (max-width: 46rem) 100vw, 44rem\"></p>")]
    [InlineData("x ![b](/uploads/2.png \"A chart\")", "<p>x <img alt=\"b\" title=\"A chart\" src=\"/uploads/2.png\" loading=\"lazy\" decoding=\"async\"></p>")]
    public void An_uploaded_image_has_its_size_and_its_caption(string markdown, string html) => Assert.Equal(html, Render(markdown).Html);

    [Fact]
    public void Footnotes_have_ids_of_their_own_text()
    {
        var (one, other) = (Render("a[^1] b[^x] c[^1]\n\n[^1]: first\n[^x]: second").Html, Render("d[^1]\n\n[^1]: first").Html);

        var prefix = System.Text.RegularExpressions.Regex.Match(one, "fn-[0-9a-f]{12}-").Value;
        Assert.Equal(
            $"<p>a<sup><a id=\"{prefix}ref-1\" href=\"#{prefix}1\" role=\"doc-noteref\">1</a></sup> b<sup><a id=\"{prefix}ref-3\" href=\"#{prefix}2\" role=\"doc-noteref\">2</a></sup> c<sup><a id=\"{prefix}ref-2\" href=\"#{prefix}1\" role=\"doc-noteref\">1</a></sup></p>\n" +
            $"<ol class=\"footnotes\">\n<li id=\"{prefix}1\"><p>first<a id=\"{prefix}back-1\" href=\"#{prefix}ref-1\" role=\"doc-backlink\">↩</a><a id=\"{prefix}back-2\" href=\"#{prefix}ref-2\" role=\"doc-backlink\">↩</a></p>\n</li>\n" +
            $"<li id=\"{prefix}2\"><p>second<a id=\"{prefix}back-3\" href=\"#{prefix}ref-3\" role=\"doc-backlink\">↩</a></p>\n</li>\n</ol>", one);
        Assert.DoesNotContain(prefix, other, StringComparison.Ordinal);
        Assert.Equal("a b c\nfirst\nsecond", Render("a[^1] b[^x] c[^1]\n\n[^1]: first\n[^x]: second").Text);
    }

    [Fact]
    public void Nobody_types_the_id_of_a_footnote()
    {
        var html = Render("<p id=\"fn-1\">a</p> <a id=\"fn-000000000000-1\" href=\"#x\">b</a>[^1]\n\n[^1]: c").Html;

        Assert.DoesNotContain("\"fn-1\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("fn-000000000000", html, StringComparison.Ordinal);
    }
}
