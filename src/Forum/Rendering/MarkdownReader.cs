using Forum.Rendering.Extensions;
using Markdig;
using Markdig.Extensions.AutoLinks;
using Markdig.Extensions.EmphasisExtras;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Forum.Rendering;

/// <summary>Markdown as this forum reads it: CommonMark with tables, strikethrough, task lists, footnotes and bare links.</summary>
internal static class MarkdownReader
{
    /// <summary>Deepest nesting of quotes, lists and emphasis.</summary>
    public const int MaxNesting = 40;

    private static readonly Refusal tooDeep =
        Refusal.Invalid("Quotes, lists or brackets are nested too deeply here. Please flatten them, or put the text into a code block.", "Markdown");

    private static readonly Refusal tooHeavy =
        Refusal.Invalid("One paragraph or table here has too many signs or cells. Please split it, or put it into a code block.", "Markdown");

    public static MarkdownPipeline Pipeline()
    {
        var pipeline = new MarkdownPipelineBuilder { MaximumNestingDepth = MaxNesting }
            .UsePipeTables(new PipeTableOptions { UseGfmRules = true })
            .UseEmphasisExtras(EmphasisExtraOptions.Strikethrough)
            .UseTaskLists()
            .UseFootnotes()
            .UseAutoLinks(new AutoLinkOptions { UseHttpsForWWWLinks = true, AllowDomainWithoutPeriod = true });
        pipeline.Extensions.Add(new Weights());
        pipeline.Extensions.Add(new RawHtml());
        pipeline.Extensions.Add(new TaskMarks());
        pipeline.Extensions.Add(new Footnotes());
        pipeline.Extensions.Add(new EscapedMentions());
        return pipeline.Build();
    }

    /// <summary>Where a text is code, a tag or the address of a link, in order; nothing for a text that is refused anyway.</summary>
    public static IReadOnlyList<(int Start, int End)> Verbatim(string markdown)
    {
        if (LineScan.FindsTooManyMarks(markdown) || LineScan.FindsTooManyCells(markdown))
            return [];
        try
        {
            return [.. Markdown.Parse(markdown, located).Descendants().Select(part => part switch
            {
                CodeBlock or CodeInline or HtmlInline or AutolinkInline => part.Span,
                LinkInline { IsAutoLink: true } => part.Span,
                LinkInline link => link.UrlSpan,
                LinkReferenceDefinition reference => reference.UrlSpan,
                _ => SourceSpan.Empty,
            }).Where(span => !span.IsEmpty).Select(span => (span.Start, span.End + 1)).Order()];
        }
        catch (ArgumentException)
        {
            return [];
        }
    }

    private static readonly MarkdownPipeline located = new MarkdownPipelineBuilder { MaximumNestingDepth = MaxNesting }.UsePipeTables(new PipeTableOptions { UseGfmRules = true })
        .UseAutoLinks(new AutoLinkOptions { UseHttpsForWWWLinks = true, AllowDomainWithoutPeriod = true }).UsePreciseSourceLocation().Build();

    /// <summary>The HTML of a text, not sanitized yet, and what the ids of its footnotes start with, if it has any.</summary>
    public static Result<(string Html, string? Notes)> Html(MarkdownPipeline pipeline, string markdown)
    {
        if (LineScan.FindsTooManyMarks(markdown))
            return tooDeep;
        if (LineScan.FindsTooManyCells(markdown))
            return tooHeavy;
        try
        {
            var document = Markdown.Parse(markdown, pipeline);
            if (Weights.AreTooHeavy(document))
                return tooHeavy;
            var notes = Footnotes.Name(document, markdown);
            return (document.ToHtml(pipeline), notes);
        }
        catch (ArgumentException)
        {
            // The parser's only way to say that the nesting went past its limit.
            return tooDeep;
        }
    }
}
