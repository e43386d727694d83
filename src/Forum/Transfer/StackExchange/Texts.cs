using System.Net;
using Forum.Rendering;
using Forum.Topics;

namespace Forum.Transfer.StackExchange;

/// <summary>A post or comment ready to be stored.</summary>
internal sealed record ReadyEntry(DumpEntry Entry, DumpPost? Parent, Writing Writing)
{
    /// <summary>When it takes its place in the topic: a comment never before its post, whatever its own date says.</summary>
    public DateTime Place => Parent is not null && Parent.Created > Entry.Created ? Parent.Created : Entry.Created;
}

/// <summary>A question with all of its entries that are not here yet, in the order of their numbers.</summary>
internal sealed record ReadyTopic(DumpQuestion Question, string Title, IReadOnlyList<string> Tags, IReadOnlyList<ReadyEntry> Entries);

/// <summary>Fetches texts from the files and renders them, whatever their state: no row is lost because it breaks one of our limits.</summary>
internal sealed class Texts(Dump dump, PostRenderer renderer)
{
    private const string Untitled = "(untitled)";

    public ReadyTopic Prepare(DumpQuestion question)
    {
        var row = dump.Posts.Read(question.Row);
        var title = Typed.Line(row.Text("Title"));
        var entries = new List<ReadyEntry>();
        Add(question);
        foreach (var answer in question.Answers)
            Add(answer);
        var ordered = entries.OrderBy(e => e.Entry == question ? 0 : 1).ThenBy(e => e.Place).ThenBy(e => e.Parent is null ? 0 : 1).ThenBy(e => e.Entry.Id);
        return new(question, Cut.To(title.Length > 0 ? title : Untitled, Topic.MaxTitleLength * 2), TagsOf(row.Text("Tags")), [.. ordered]);

        void Add(DumpPost post)
        {
            if (post.PostId == 0)
                entries.Add(new(post, null, Read(post)));
            foreach (var comment in post.Comments)
                if (comment.PostId == 0)
                    entries.Add(new(comment, post, ReadComment(comment)));
        }
    }

    /// <summary>Both forms that dumps have used: <c>&lt;hops&gt;&lt;ale&gt;</c> and <c>|hops|ale|</c>.</summary>
    internal static IReadOnlyList<string> TagsOf(string? tags) =>
        [.. (tags ?? "").Split(['<', '>', '|', ' '], StringSplitOptions.RemoveEmptyEntries)
            .Select(t => Cut.To(Typed.Line(t).ToLowerInvariant(), Tag.MaxNameLength)).Where(t => t.Length > 0).Distinct()];

    private Writing Read(DumpPost post)
    {
        var markdown = post.Source is { } at ? Typed.Text(dump.History!.Read(at).Text("Text")) : "";
        if (markdown.Length == 0)
            return FromHtml(Typed.Text(dump.Posts.Read(post.Row).Text("Body")), post.Row.Line);
        if (renderer.Render(markdown).Is(out var rendered, out var refusal))
            return Writing.Of(markdown, rendered);
        dump.Posts.Report(post.Row.Line, $"The Markdown of post {post.Id} was refused, its HTML was taken instead. ({refusal})");
        return FromHtml(Typed.Text(dump.Posts.Read(post.Row).Text("Body")), post.Row.Line);
    }

    private Writing FromHtml(string html, int line)
    {
        if (renderer.RenderHtml(html).Is(out var rendered, out var refusal))
            return Writing.Of(html, rendered);
        dump.Posts.Report(line, $"The HTML of the post was refused, it was taken as plain text. ({refusal})");
        return Plain(html);
    }

    private Writing ReadComment(DumpEntry comment)
    {
        var markdown = Typed.Text(dump.CommentsFile!.Read(comment.Row).Text("Text"));
        if (renderer.Render(markdown).Is(out var rendered, out var refusal))
            return Writing.Of(markdown, rendered);
        dump.CommentsFile.Report(comment.Row.Line, $"The Markdown of comment {comment.Id} was refused, it was taken as plain text. ({refusal})");
        return Plain(markdown);
    }

    private static Writing Plain(string text) => Writing.Of(text, new($"<pre><code>{WebUtility.HtmlEncode(text)}</code></pre>", text));
}
