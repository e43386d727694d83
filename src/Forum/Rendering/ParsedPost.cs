using AngleSharp.Html.Dom;
using Forum.Rendering.Highlighting;

namespace Forum.Rendering;

/// <summary>A text that was read and may be rendered once, as soon as what it refers to was looked up.</summary>
public sealed class ParsedPost : IDisposable
{
    private static readonly Refusal tooManyMentions =
        Refusal.Invalid("A post mentions at most {0} members. Please leave some out.", "Markdown", Mentions.Max);

    private readonly IHtmlDocument document;
    private readonly HouseForm form;

    internal ParsedPost(IHtmlDocument document, HouseForm form)
    {
        this.document = document;
        this.form = form;
    }

    /// <summary>Handles, in any case, of members whom the text may mention.</summary>
    public IReadOnlyCollection<string> Handles => form.Mentions.Handles;

    /// <summary>Topics of this forum that the text leads to.</summary>
    public IReadOnlyCollection<long> Topics => form.Links.Topics;

    /// <summary>Posts that the text quotes with attribution.</summary>
    public IReadOnlyCollection<TopicAddress> Posts => form.Quotes.Posts;

    /// <summary>Addresses of the uploaded images that the text shows.</summary>
    public IReadOnlyCollection<string> Images => [.. form.Images.Select(i => i.GetAttribute("src")!).Distinct()];

    /// <summary>The HTML and the words; refused where it is too large or mentions too many members.</summary>
    public Result<RenderedPost> Render(References references)
    {
        var quotes = form.Quotes.Name(references);
        var topics = form.Links.Show(references);
        var mentions = form.Mentions.Link(references);
        if (mentions.Count > Mentions.Max)
            return tooManyMentions;
        foreach (var image in form.Images)
        {
            if (references.Image(image.GetAttribute("src")!) is { } known)
                HouseForm.Size(image, known);
        }
        var colors = new CodeColors(form.Code);
        colors.Apply();
        Allowed.Sanitize(document);
        var html = HtmlPage.Write(document);
        if (html.Length > Forum.Topics.Post.MaxStoredLength && colors.TakeOff())
            html = HtmlPage.Write(document);
        if (html.Length > PostRenderer.MaxHtmlLength)
            return PostRenderer.TooLarge;
        var words = Words.Of(document.Body!);
        var others = document.QuerySelectorAll("pre, blockquote").Where(e => e.ParentElement?.Closest("pre, blockquote") is null).Sum(e => e.TextContent.Length);
        return new RenderedPost(html, words) { Prose = Math.Max(0, words.Length - others), LinksElsewhere = form.LinksElsewhere, Images = form.Images.Count, Mentions = mentions, Quotes = quotes, Topics = topics, Leads = [.. Topics.Union(Posts.Select(p => p.TopicId))] };
    }

    public void Dispose() => document.Dispose();
}
