using Markdig;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Renderers.Html.Inlines;
using Markdig.Syntax.Inlines;

namespace Forum.Rendering.Extensions;

/// <summary><c>\@handle</c> calls nobody: an empty element, gone before the post is stored, parts the sign from the name.</summary>
internal sealed class EscapedMentions : IMarkdownExtension
{
    public void Setup(MarkdownPipelineBuilder pipeline)
    {
    }

    public void Setup(MarkdownPipeline pipeline, IMarkdownRenderer renderer)
    {
        if (renderer is HtmlRenderer html)
            html.ObjectRenderers.Replace<LiteralInlineRenderer>(new Literals());
    }

    private sealed class Literals : HtmlObjectRenderer<LiteralInline>
    {
        protected override void Write(HtmlRenderer renderer, LiteralInline literal)
        {
            var content = literal.Content;
            if (literal.IsFirstCharacterEscaped && content.CurrentChar == '@' && renderer.EnableHtmlForInline)
            {
                renderer.Write("@<span></span>");
                content.SkipChar();
            }
            if (renderer.EnableHtmlEscape)
                renderer.WriteEscape(ref content);
            else
                renderer.Write(ref content);
        }
    }
}
