using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Markdig;
using Markdig.Extensions.Footnotes;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;

namespace Forum.Rendering.Extensions;

/// <summary>Footnotes whose ids begin with a hash of the text: two posts on one page do not clash, and nobody can type an id that does.</summary>
internal sealed class Footnotes : IMarkdownExtension
{
    /// <summary>What follows the hash in the id of a reference.</summary>
    public const string Reference = "ref-";

    private const string Back = "back-";

    /// <summary>Gives the footnotes of a text their prefix; null when it has none.</summary>
    public static string? Name(MarkdownDocument document, string markdown)
    {
        if (document.LastChild is not FootnoteGroup)
            return null;
        var prefix = $"fn-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(markdown)).AsSpan(0, 6))}-";
        document.SetData(typeof(Footnotes), prefix);
        return prefix;
    }

    public void Setup(MarkdownPipelineBuilder pipeline)
    {
    }

    public void Setup(MarkdownPipeline pipeline, IMarkdownRenderer renderer)
    {
        if (renderer is not HtmlRenderer html)
            return;
        html.ObjectRenderers.Replace<HtmlFootnoteGroupRenderer>(new Notes());
        html.ObjectRenderers.Replace<HtmlFootnoteLinkRenderer>(new Links());
    }

    private static string PrefixOf(Block group) => (string)group.Parent!.GetData(typeof(Footnotes))!;

    private sealed class Notes : HtmlObjectRenderer<FootnoteGroup>
    {
        protected override void Write(HtmlRenderer renderer, FootnoteGroup group)
        {
            var prefix = PrefixOf(group);
            renderer.WriteLine($"<ol class=\"{prefix}\">");
            foreach (var note in group.OfType<Footnote>())
            {
                renderer.Write(string.Create(CultureInfo.InvariantCulture, $"<li id=\"{prefix}{note.Order}\">"));
                renderer.WriteChildren(note);
                renderer.WriteLine("</li>");
            }
            renderer.WriteLine("</ol>");
        }
    }

    private sealed class Links : HtmlObjectRenderer<FootnoteLink>
    {
        protected override void Write(HtmlRenderer renderer, FootnoteLink link)
        {
            var prefix = PrefixOf((Block)link.Footnote.Parent!);
            renderer.Write(link.IsBackLink
                ? string.Create(CultureInfo.InvariantCulture, $"<a id=\"{prefix}{Back}{link.Index}\" href=\"#{prefix}{Reference}{link.Index}\">↩</a>")
                : string.Create(CultureInfo.InvariantCulture, $"<sup><a id=\"{prefix}{Reference}{link.Index}\" href=\"#{prefix}{link.Footnote.Order}\">{link.Footnote.Order}</a></sup>"));
        }
    }
}
