using System.Text;
using Forum.Rendering;
using Forum.Rendering.Highlighting;
using Forum.Topics;

namespace Forum.Tests.Rendering;

public sealed class CodeColorsTests
{
    private static readonly PostRenderer renderer = new();

    /// <summary>Each language once, coloured pieces written as <c>k(…)</c> and so on, by the letter of their class.</summary>
    [Theory]
    [InlineData("c", "#include <a.h>\nint main(void) { return 'x' + 0x1F; } // end", "m(#include) <a.h>\nk(int) f(main)(k(void)) { k(return) s('x') + n(0x1F); } c(// end)")]
    [InlineData("cpp", "template<class T> auto f(T* p) -> int { return *p; }", "k(template)<k(class) t(T)> k(auto) f(f)(t(T)* p) -> k(int) { k(return) *p; }")]
    [InlineData("c#", "var s = $\"{a}\\\"\" + @\"c:\\\" + new List<int>(3); /* x */", "k(var) s = s($\"{a}\\\"\") + s(@\"c:\\\") + k(new) t(List)<k(int)>(n(3)); c(/* x */)")]
    [InlineData("java", "@Override public String name() { return null; }", "m(@Override) k(public) t(String) f(name)() { k(return) n(null); }")]
    [InlineData("kotlin", "fun add(a: Int) = a + 1", "k(fun) f(add)(a: t(Int)) = a + n(1)")]
    [InlineData("swift", "let x = \"a\" // b", "k(let) x = s(\"a\") c(// b)")]
    [InlineData("javascript", "const re = /\"[/]'/g, n = a / b / 2; // x", "k(const) re = s(/\"[/]'/g), n = a / b / n(2); c(// x)")]
    [InlineData("ts", "type A = `x${1}`;", "k(type) t(A) = s(`x${1}`);")]
    [InlineData("dart", "final x = 'a';", "k(final) x = s('a');")]
    [InlineData("python", "@app.get\ndef f(x): # c\n    return f\"{x}\" + \"\"\"a\nb\"\"\"", "m(@app.get)\nk(def) f(f)(x): c(# c)\n    k(return) s(f\"{x}\") + s(\"\"\"a\nb\"\"\")")]
    [InlineData("go", "func main() { var r rune = 'x'; s := `a\nb` }", "k(func) f(main)() { k(var) r k(rune) = s('x'); s := s(`a\nb`) }")]
    [InlineData("rust", "fn a<'b>(x: &'b str) -> char { 'c' }", "k(fn) a<'b>(x: &'b k(str)) -> k(char) { s('c') }")]
    [InlineData("php", "echo $this->name . 'a'; # c", "k(echo) f($this)->name . s('a'); c(# c)")]
    [InlineData("ruby", "def name? # c\n  @a = \"#{b}\"", "k(def) name? c(# c)\n  f(@a) = s(\"#{b}\")")]
    [InlineData("perl", "my $x = 'a'; # c", "k(my) f($x) = s('a'); c(# c)")]
    [InlineData("lua", "local x = [[a\nb]] -- c", "k(local) x = s([[a\nb]]) c(-- c)")]
    [InlineData("r", "x <- c(1, TRUE) # c", "x <- f(c)(n(1), n(TRUE)) c(# c)")]
    [InlineData("julia", "function f(x) x' end", "k(function) f(f)(x) x' k(end)")]
    [InlineData("matlab", "x = y' * 'a'; % c", "x = y' * s('a'); c(% c)")]
    [InlineData("scala", "case class A(b: Int)", "k(case class) t(A)(b: t(Int))")]
    [InlineData("haskell", "f :: Int -> Int -- c", "f :: t(Int) -> t(Int) c(-- c)")]
    [InlineData("elixir", "def f(x), do: x # c", "k(def) f(f)(x), k(do): x c(# c)")]
    [InlineData("clojure", "(defn f [x] nil) ; c", "(k(defn) f [x] n(nil)) c(; c)")]
    [InlineData("fsharp", "let f x = x + 1 (* c *)", "k(let) f x = x + n(1) c((* c *))")]
    [InlineData("vb", "Dim s As String = \"it\" ' c", "k(Dim) s k(As String) = s(\"it\") c(' c)")]
    [InlineData("pascal", "Begin x := 'a'; { c } end.", "k(Begin) x := s('a'); c({ c }) k(end).")]
    [InlineData("sql", "SELECT a FROM #b WHERE c = 'it''s' -- d", "k(SELECT) a k(FROM) #b k(WHERE) c = s('it''s') c(-- d)")]
    [InlineData("bash", "for f in $HOME/*; do echo \"$f\" ${#x}; done # c", "k(for) f k(in) f($HOME)/*; k(do echo) s(\"$f\") ${#x}; k(done) c(# c)")]
    [InlineData("powershell", "if ($a -eq 1) { Get-Item 'x' } <# c #>", "k(if) (f($a) k(-eq) n(1)) { Get-Item s('x') } c(<# c #>)")]
    [InlineData("bat", "rem c\nset A=1", "c(rem c)\nk(set) A=n(1)")]
    [InlineData("dockerfile", "FROM a AS b # c", "k(FROM) a k(AS) b c(# c)")]
    [InlineData("makefile", "all: $(X) # c", "f(all): $(X) c(# c)")]
    [InlineData("json", "{\"a\": \"b\", \"c\": [1, true]}", "{f(\"a\"): s(\"b\"), f(\"c\"): [n(1), n(true)]}")]
    [InlineData("yaml", "- a b: 1.5 # c\n  url: http://x\n  d: 'e'", "- f(a b): n(1.5) c(# c)\n  f(url): http://x\n  f(d): s('e')")]
    [InlineData("toml", "[a.b]\nc = true", "t([a.b])\nf(c) = n(true)")]
    [InlineData("ini", "; c\na=b", "c(; c)\nf(a)=b")]
    [InlineData("html", "<!-- c --><a href=\"x\">&amp;</a><script>let a</script>", "c(<!-- c -->)t(<a) f(href)=s(\"x\")t(>)n(&amp;)t(</a><script>)k(let) at(</script>)")]
    [InlineData("xml", "<?xml version='1.0'?><a:b c=\"d\"/>", "m(<?xml version='1.0'?>)t(<a:b) f(c)=s(\"d\")/t(>)")]
    [InlineData("css", "a:hover, .b { color: #fff; width: 50%; } /* c */", "a:hover, t(.b) { f(color): n(#fff); f(width): n(50%); } c(/* c */)")]
    [InlineData("scss", "$a: 1px; // c", "f($a): n(1px); c(// c)")]
    [InlineData("diff", "--- a\n@@ -1 +1 @@\n-b\n+c\n d", "m(--- a\n@@ -1 +1 @@)\nd(-b)\ni(+c)\n d")]
    [InlineData("graphql", "query A($b: Int) { c } # d", "k(query) f(A)(f($b): t(Int)) { c } c(# d)")]
    [InlineData("protobuf", "message A { int32 b = 1; }", "k(message) t(A) { k(int32) b = n(1); }")]
    [InlineData("hcl", "resource \"a\" \"b\" { c = 1 } # d", "k(resource) s(\"a\" \"b\") { c = n(1) } c(# d)")]
    public void Code_is_coloured_by_its_language(string language, string code, string colored)
    {
        var scan = new Scan(code);
        Grammars.Of(language)!.Read(scan, code.Length);

        Assert.Equal(colored, Show(code, scan.Tokens));
    }

    [Theory]
    [InlineData("text")]
    [InlineData("mermaid")]
    [InlineData("no-such-language")]
    public void Other_languages_stay_plain(string language) =>
        Assert.Equal($"<pre tabindex=\"0\"><code class=\"language-{language}\">var a = 1;\n</code></pre>", renderer.Render($"```{language}\nvar a = 1;\n```").Required.Html);

    public static TheoryData<string> Names => [.. Languages.All.Select(l => l.Names.Split(' ')[0])];

    [Theory]
    [MemberData(nameof(Names))]
    public void Whatever_the_code_is_nothing_of_it_is_lost(string language)
    {
        foreach (var part in (string[])["\"", "'", "`", "/*", "*/", "//", "#", "<", "<a ", "<!", "<script>", "</", "&", "(/", "\"\\", "'\\", "$", "@", "#[", "-", "--", "[", "{", "}", ":", "=", "a:", "a ", "0", "0e", ".", "\\", "%", "\n", " ", "é😀", "\"\"\"", "R\"(", "--[["])
        {
            var code = string.Concat(Enumerable.Repeat(part, 300)) + "\nif x = 'a' \"b\" 1;" + part;
            var scan = new Scan(code);
            Grammars.Of(language)!.Read(scan, code.Length);

            var at = 0;
            Assert.All(scan.Tokens, token =>
            {
                Assert.True(token.Start >= at && token.End > token.Start && token.End <= code.Length);
                at = token.End;
            });
        }
    }

    [Fact]
    public void Names_of_languages_are_names_that_a_fence_can_give()
    {
        var names = Languages.All.SelectMany(l => l.Names.Split(' ')).ToList();

        Assert.Equal(names.Count, names.Distinct().Count());
        Assert.True(Languages.All.Count >= 30);
        Assert.All(names, name => Assert.Matches("^[a-z0-9+#-]{1,20}$", name));
    }

    [Fact]
    public void Very_long_code_stays_plain_and_is_taken()
    {
        var code = string.Concat(Enumerable.Repeat("var a = 1;\n", 2_000));

        Assert.DoesNotContain("hl-", renderer.Render($"```js\n{code}```").Required.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void Code_is_not_coloured_where_the_colours_would_make_it_too_long_to_store()
    {
        var code = string.Concat(Enumerable.Repeat("a = 1\n", 1_400));
        var words = string.Concat(Enumerable.Repeat("word ", 3_600));

        var alone = renderer.Render($"```python\n{code}```").Required.Html;
        var together = renderer.Render($"{words}\n```python\n{code}```").Required.Html;

        Assert.Contains("hl-n", alone, StringComparison.Ordinal);
        Assert.DoesNotContain("hl-n", together, StringComparison.Ordinal);
        Assert.True(alone.Length <= Post.MaxStoredLength && together.Length <= Post.MaxStoredLength);
    }

    private static string Show(string code, IReadOnlyList<Token> tokens)
    {
        var shown = new StringBuilder();
        var at = 0;
        foreach (var token in tokens)
        {
            shown.Append(code, at, token.Start - at).Append(token.CssClass[^1]).Append('(').Append(code, token.Start, token.End - token.Start).Append(')');
            at = token.End;
        }
        return shown.Append(code, at, code.Length - at).ToString();
    }
}
