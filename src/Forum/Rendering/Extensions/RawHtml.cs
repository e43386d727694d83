using System.Buffers;
using System.Collections.Frozen;
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
    private static readonly SearchValues<char> letters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> allowed =
        Allowed.Tags.GetAlternateLookup<ReadOnlySpan<char>>();

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
        var comments = true;
        for (var i = 0; i < html.Length; i++)
        {
            if (html[i] != '<')
            {
                filtered.Append(html[i]);
                continue;
            }
            if (comments && html.AsSpan(i).StartsWith("<!--"))
            {
                var end = html.IndexOf("-->", i + 2, StringComparison.Ordinal);
                comments = end >= 0;
                if (comments)
                {
                    i = end + 2;
                    continue;
                }
            }
            if (TagAt(html, i) is { } tag)
            {
                filtered.Append(tag);
                i += tag.Length - 1;
            }
            else
            {
                filtered.Append("&lt;");
            }
        }
        return filtered.ToString();
    }

    private static string? TagAt(string html, int start)
    {
        var name = html.AsSpan(start + 1);
        if (name is ['/', ..])
            name = name[1..];
        var end = name.IndexOfAnyExcept(letters);
        if (end <= 0 || !allowed.Contains(name[..end]))
            return null;
        var slice = new StringSlice(html, start, html.Length - 1);
        return HtmlHelper.TryParseHtmlTag(ref slice, out var tag) ? tag : null;
    }

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
