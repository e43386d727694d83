using System.Text;
using Markdig;
using Markdig.Helpers;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Renderers.Html.Inlines;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Forum.Rendering.Extensions;

/// <summary>HTML inside Markdown: allowed tags are tags, comments go, and anything else is shown as it was typed.</summary>
/// <remarks>So that <c>List&lt;String&gt;</c> outside a code block loses nothing. Safety is not made here but by the sanitizer.</remarks>
internal sealed class RawHtml : IMarkdownExtension
{
    public void Setup(MarkdownPipelineBuilder pipeline)
    {
    }

    public void Setup(MarkdownPipeline pipeline, IMarkdownRenderer renderer)
    {
        if (renderer is not HtmlRenderer html)
            return;
        html.ObjectRenderers.Replace<HtmlInlineRenderer>(new Inlines());
        html.ObjectRenderers.Replace<HtmlBlockRenderer>(new Blocks());
    }

    private static string Filter(string html)
    {
        var filtered = new StringBuilder(html.Length + 16);
        for (var i = 0; i < html.Length; i++)
        {
            if (html[i] != '<')
            {
                filtered.Append(html[i]);
                continue;
            }
            var slice = new StringSlice(html, i, html.Length - 1);
            if (HtmlHelper.TryParseHtmlTag(ref slice, out var tag) && IsKept(tag))
            {
                filtered.Append(tag.StartsWith("<!--", StringComparison.Ordinal) ? "" : tag);
                i += tag.Length - 1;
            }
            else
            {
                filtered.Append("&lt;");
            }
        }
        return filtered.ToString();
    }

    private static bool IsKept(string tag)
    {
        var name = tag.AsSpan(1).TrimStart('/');
        var end = name.IndexOfAnyExcept(letters);
        return tag.StartsWith("<!--", StringComparison.Ordinal) || Allowed.Tags.Contains(name[..end].ToString());
    }

    private static readonly System.Buffers.SearchValues<char> letters =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-");

    private sealed class Inlines : HtmlObjectRenderer<HtmlInline>
    {
        protected override void Write(HtmlRenderer renderer, HtmlInline obj)
        {
            if (renderer.EnableHtmlForInline)
                renderer.Write(Filter(obj.Tag));
            else
                renderer.WriteEscape(obj.Tag);
        }
    }

    private sealed class Blocks : HtmlObjectRenderer<HtmlBlock>
    {
        protected override void Write(HtmlRenderer renderer, HtmlBlock obj) => renderer.WriteLine(Filter(obj.Lines.ToString()));
    }
}
