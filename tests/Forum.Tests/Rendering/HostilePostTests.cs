using System.Text;
using System.Text.Json;
using Forum.Rendering;
using Forum.Topics;

namespace Forum.Tests.Rendering;

public sealed class HostilePostTests
{
    private static readonly PostRenderer renderer = new();

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("<p onclick=alert(1)>x</p><p style='position:fixed'>x</p>")]
    [InlineData("<p id=content name=content class=button>x</p>")]
    [InlineData("<img src=x onerror=alert(1)><img src='data:image/svg+xml,x'><img src=//evil.example/x>")]
    [InlineData("<svg><style><img src=x onerror=alert(1)></style></svg><math><mtext><table><mglyph><style><img src=x onerror=alert(1)>")]
    [InlineData("<a href='java\tscript:alert(1)'>x</a><a href='&#1;javascript:alert(1)'>x</a><a href='JaVaScRiPt&colon;alert(1)'>x</a>")]
    [InlineData("<a href='https:evil.example'>x</a><a href='https:/\\evil.example'>x</a><a href='\\\\evil.example'>x</a><a href='/\t/evil.example'>x</a>")]
    [InlineData("</main></body><form action=/account><input name=q><button>x</button></form><iframe src=/></iframe><frameset>")]
    [InlineData("<template><script>x</script></template><noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>")]
    [InlineData("<details><summary>x</details></details></details><td>x<li>y")]
    [InlineData("a\u0000b\u0001c\uFFFEd\uFFFFe\uD800f\uDC00g\r\nh&#1;&#xFFFE;&#xD800;")]
    public void Nothing_gets_through_that_a_post_may_not_hold(string payload) => NothingGetsThrough(payload);

    [DataFact("xss_dompurify/expect.json")]
    public void Nothing_gets_through_of_the_payloads_of_DOMPurify() => NothingGetsThrough("xss_dompurify/expect.json", "payload", atLeast: 223);

    [DataFact("xss_h5sc/vectors.json")]
    public void Nothing_gets_through_of_the_payloads_of_the_HTML5_security_cheatsheet() => NothingGetsThrough("xss_h5sc/vectors.json", "payload", atLeast: 149);

    [DataFact("xss_html5lib/tests1.dat.json")]
    public void Nothing_gets_through_of_the_payloads_of_html5lib() => NothingGetsThrough("xss_html5lib/tests1.dat.json", "input", atLeast: 72);

    [DataFact("naughty_strings/blns.json")]
    public void Naughty_strings_become_clean_html_and_clean_words()
    {
        var strings = JsonSerializer.Deserialize<string[]>(File.ReadAllText(TestData.Require("naughty_strings/blns.json")))!;

        Assert.All(strings, NothingGetsThrough);
        Assert.True(strings.Length >= 515);
    }

    public static TheoryData<string, bool> Bombs => new()
    {
        { "[", false }, { "![", false }, { "[a](", false }, { "*a **a ", false }, { "a_ ", false }, { "~~a", false }, { "`a", false },
        { "> ", false }, { "- ", false }, { "*\t", false }, { "1. ", false }, { "<b>", false }, { "<pre>", false }, { "<textarea>", true },
        { "<details>", false }, { "<details>\n\n", false }, { "<?", true }, { "<!--", true }, { "<a x=\"", true }, { "www.a.bb ", false }, { "|a", false },
        { "|a|b|\n|-|-|\n", false }, { "#\n", false }, { "<br>", false }, { "[a]: b\n", true }, { "&amp;", false }, { "a ", true }, { "é😀", true },
    };

    [Theory]
    [MemberData(nameof(Bombs))]
    public void A_text_made_to_keep_the_parsers_busy_is_refused_or_becomes_a_small_page(string part, bool isTaken)
    {
        var text = Repeat(part, Post.MaxBodyLength);

        var result = renderer.Render(text);

        Assert.Equal(isTaken, result.Refusal is null);
        AnswersSafely(text);
    }

    [Theory]
    [InlineData("<pre>")]
    [InlineData("<listing>")]
    [InlineData("<textarea>")]
    [InlineData("<div>")]
    [InlineData("<b><i>")]
    [InlineData("<table><tr><td>")]
    [InlineData("<svg>")]
    [InlineData("<template>")]
    [InlineData("<select>")]
    public void Html_nested_past_all_measure_is_refused_and_overflows_no_stack(string part) =>
        Assert.Equal(RefusalKind.Invalid, renderer.RenderHtml(Repeat(part, PostRenderer.MaxImportedLength)).Refusal?.Kind);

    [Fact]
    public void Formatting_left_open_does_not_multiply()
    {
        var open = string.Concat(Enumerable.Range(0, 110).Select(i => $"<b title={i}>"));

        Assert.Equal(RefusalKind.Invalid, renderer.Render("<p>" + open + "\n" + Repeat("\n\na", 25_000)).Refusal?.Kind);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(100)]
    [InlineData(1_000)]
    public void A_table_whose_rows_would_be_filled_up_endlessly_is_refused(int columns)
    {
        var table = Repeat("|a", 2 * columns) + "|\n" + Repeat("|-", 2 * columns) + "|\n";

        Assert.Equal(RefusalKind.Invalid, renderer.Render(table + Repeat("a|\n", 25_000)).Refusal?.Kind);
    }

    [DataFact("markdown_pathological/pathological.json")]
    public void Pathological_inputs_are_refused_or_become_a_small_page()
    {
        using var inputs = JsonDocument.Parse(File.ReadAllText(TestData.Require("markdown_pathological/pathological.json")));
        var count = 0;
        foreach (var input in inputs.RootElement.EnumerateArray())
        {
            AnswersSafely(Cut(Text(input)));
            count++;
        }
        Assert.Equal(19, count);
    }

    [Fact]
    public void Long_honest_posts_are_taken()
    {
        var log = Repeat("2026-01-01 12:00:00 [info] <xml a=\"b\"> | *x* _y_ `z` [q](r)\n", 29_900);
        var row = "|" + string.Concat(Enumerable.Repeat(" some words |", 8)) + "\n";
        var table = row + "|" + string.Concat(Enumerable.Repeat("---|", 8)) + "\n" + string.Concat(Enumerable.Repeat(row, 200));
        var prose = Repeat("Some *ordinary* prose with a [link](https://example.org/a) and `code`, and so on.\n\n", 29_900);

        Assert.Equal(log.Trim(), renderer.Render("```\n" + log + "\n```").Required.Text.Trim());
        Assert.Contains("<td>", renderer.Render(table).Required.Html, StringComparison.Ordinal);
        Assert.Null(renderer.Render(prose).Refusal);
        Assert.Null(renderer.Render(Repeat("- [one link](https://example.org/a/b) of many\n", 29_900)).Refusal);
        Assert.Null(renderer.Render(Repeat("plain [info] log line without a fence, c:\\a\\b_c\n", 29_900)).Refusal);
    }

    private static void NothingGetsThrough(string file, string property, int atLeast)
    {
        using var cases = JsonDocument.Parse(File.ReadAllText(TestData.Require(file)));
        var payloads = cases.RootElement.EnumerateArray().Select(c => c.GetProperty(property).GetString()!).ToList();

        Assert.All(payloads, NothingGetsThrough);
        Assert.True(payloads.Count >= atLeast);
    }

    private static void NothingGetsThrough(string payload)
    {
        foreach (var result in new[]
        {
            renderer.Render(payload),
            renderer.Render("before " + payload + " after"),
            renderer.Render("[x](" + payload + ") ![x](<" + payload + ">)"),
            renderer.Render("```" + payload + "\n" + payload),
            renderer.RenderHtml(payload),
        })
        {
            var rendered = result.Required;
            Assert.Empty(HouseHtml.Faults(rendered.Html));
            Assert.True(HouseHtml.IsXml(rendered.Text));
        }
    }

    private static void AnswersSafely(string markdown)
    {
        if (!renderer.Render(markdown).Is(out var rendered, out var refusal))
        {
            Assert.Equal((RefusalKind.Invalid, "Markdown"), (refusal.Kind, refusal.Field));
            return;
        }
        Assert.True(rendered.Html.Length <= PostRenderer.MaxHtmlLength);
        Assert.Empty(HouseHtml.Faults(rendered.Html));
    }

    private static string Text(JsonElement input)
    {
        var text = new StringBuilder();
        if (input.TryGetProperty("parts", out var parts))
        {
            foreach (var part in parts.EnumerateArray())
                text.Insert(text.Length, part[0].GetString()!, part[1].GetInt32());
            return text.ToString();
        }
        switch (input.GetProperty("name").GetString())
        {
            case "deeply nested lists":
                for (var x = 0; x < 1000; x++)
                    text.Append(' ', 2 * x).Append("* a\n");
                break;
            case "backticks":
                for (var x = 1; x < 5000; x++)
                    text.Append('e').Append('`', x);
                break;
            case "many references":
                for (var x = 1; text.Length < 20_000; x++)
                    text.Append("[").Append(x).Append("]: u\n");
                text.Insert(text.Length, "[0] ", 5000);
                break;
            case var unknown:
                Assert.Fail($"no generator for {unknown}");
                break;
        }
        return text.ToString();
    }

    private static string Cut(string text) => text.Length <= Post.MaxBodyLength ? text : text[..Post.MaxBodyLength];

    private static string Repeat(string part, int length)
    {
        var text = new StringBuilder(length + part.Length);
        while (text.Length + part.Length <= length)
            text.Append(part);
        return text.ToString();
    }
}
