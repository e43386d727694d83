using System.Globalization;
using System.Text;
using System.Xml;
using Forum.Boards;
using Forum.Settings;
using Forum.Topics;
using Forum.Web.Topics;
using Microsoft.Extensions.Localization;
using Forum.Web.Shell;

namespace Forum.Web.Feeds;

/// <summary>What feed readers and crawlers read: with the rights of a visitor, whoever asks.</summary>
public static class FeedEndpoints
{
    private const string Atom = "http://www.w3.org/2005/Atom";
    private const string Sitemaps = "http://www.sitemaps.org/schemas/sitemap/0.9";

    public static void MapFeeds(this WebApplication app)
    {
        var read = app.MapGroup("").AllowAnonymous();
        read.MapGet("/feeds/latest.atom", async (TopicListQueries topics, ForumOptions options, IStringLocalizer<Wording> words, CancellationToken cancellation) =>
            Feed(options, "/", "/feeds/latest.atom", words["Latest topics"], EntriesOf(await topics.ListAsync(Rights.OfVisitor, new(), cancellation))));
        read.MapGet("/feeds/forums/{slug}.atom", async (string slug, BoardQueries boards, TopicListQueries topics, ForumOptions options, CancellationToken cancellation) =>
            (await boards.FindAsync(Rights.OfVisitor, slug, cancellation)).Is(out var view, out _)
                ? Feed(options, Addresses.Board(slug), $"/feeds/forums/{slug}.atom", view.Board.Name, EntriesOf(await topics.ListAsync(Rights.OfVisitor, new(BoardId: view.Board.Id), cancellation)))
                : Results.NotFound());
        read.MapGet("/feeds/t/{id:long}.atom", async (long id, TopicQueries topics, ForumOptions options, IStringLocalizer<Wording> words, CancellationToken cancellation) =>
            (await topics.PageAsync(Rights.OfVisitor, id, PostSort.Newest, 1, null, withMarkdown: false, cancellation)).Is(out var topic, out var refusal)
                ? Feed(options, topic.Url(), $"/feeds/t/{topic.Id}.atom", topic.Title, EntriesOf(topic, words))
                : Results.StatusCode(Refusals.StatusOf(refusal.Kind)));
        read.MapGet("/robots.txt", (ForumOptions options) => Results.Text(
            $"User-agent: *\nDisallow: /account/\nDisallow: /ask\nDisallow: /posts/\nDisallow: /search\nSitemap: {new Uri(options.Site.Url, "/sitemap.xml")}\n"));
        read.MapGet("/sitemap.xml", async (string? part, SitemapQueries sitemap, ForumOptions options, CancellationToken cancellation) =>
            int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? Xml("application/xml", await PartAsync(sitemap, options, number, cancellation))
                : Xml("application/xml", Index(options, await sitemap.PartsAsync(cancellation))));
    }

    /// <param name="Id">An address that stays the same whatever becomes of the title.</param>
    private sealed record Entry(string Id, string Title, DateTime Published, DateTime Updated, string Author, string Address, IReadOnlyList<string> Tags, string Summary);

    private static IReadOnlyList<Entry> EntriesOf(Page<TopicRow> topics) => [.. topics.Items.Select(t => new Entry(
        string.Create(CultureInfo.InvariantCulture, $"/t/{t.Id}"), t.Title, t.Created, t.LastActivity, t.Author.DisplayName, t.Of(), t.Tags, t.Excerpt))];

    /// <summary>The newest replies first, and at the end of a short topic the question.</summary>
    private static IReadOnlyList<Entry> EntriesOf(TopicView topic, IStringLocalizer<Wording> words) => [
        .. topic.Posts.Append(topic.Question).OfType<PostView>().Where(p => p.Visibility == Visibility.Visible).DistinctBy(p => p.Number).Select(p => new Entry(
            Addresses.Post(topic.Id, p.Number), p.Number == 1 ? topic.Title : words["{0} replied", p.Author.DisplayName], p.Created, p.Edited ?? p.Created, p.Author.DisplayName,
            Addresses.Post(topic.Id, topic.Slug, p.Number), [], p.Text))];

    private static IResult Feed(ForumOptions options, string home, string self, string title, IReadOnlyList<Entry> entries) => Xml("application/atom+xml", xml =>
    {
        var site = options.Site.Url;
        xml.WriteStartElement("feed", Atom);
        xml.WriteElementString("id", new Uri(site, self).AbsoluteUri);
        xml.WriteElementString("title", $"{title} · {options.Site.Name}");
        xml.WriteElementString("updated", Stamp(entries.Count > 0 ? entries.Max(e => e.Updated) : DateTime.UnixEpoch));
        Link(xml, new Uri(site, self), "self");
        Link(xml, new Uri(site, home), "alternate");
        foreach (var entry in entries)
        {
            xml.WriteStartElement("entry");
            xml.WriteElementString("id", new Uri(site, entry.Id).AbsoluteUri);
            xml.WriteElementString("title", entry.Title);
            xml.WriteElementString("published", Stamp(entry.Published));
            xml.WriteElementString("updated", Stamp(entry.Updated));
            xml.WriteStartElement("author");
            xml.WriteElementString("name", entry.Author);
            xml.WriteEndElement();
            Link(xml, new Uri(site, entry.Address), "alternate");
            foreach (var tag in entry.Tags)
            {
                xml.WriteStartElement("category");
                xml.WriteAttributeString("term", tag);
                xml.WriteEndElement();
            }
            xml.WriteElementString("summary", entry.Summary);
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
    });

    private static Action<XmlWriter> Index(ForumOptions options, IReadOnlyList<int> parts) => xml =>
    {
        xml.WriteStartElement("sitemapindex", Sitemaps);
        foreach (var part in parts)
        {
            xml.WriteStartElement("sitemap");
            xml.WriteElementString("loc", new Uri(options.Site.Url, string.Create(CultureInfo.InvariantCulture, $"/sitemap.xml?part={part}")).AbsoluteUri);
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
    };

    private static async Task<Action<XmlWriter>> PartAsync(SitemapQueries sitemap, ForumOptions options, int part, CancellationToken cancellation)
    {
        var entries = await sitemap.PartAsync(part, cancellation);
        return xml =>
        {
            xml.WriteStartElement("urlset", Sitemaps);
            foreach (var entry in entries)
            {
                xml.WriteStartElement("url");
                xml.WriteElementString("loc", new Uri(options.Site.Url, Addresses.Topic(entry.Id, entry.Slug)).AbsoluteUri);
                xml.WriteElementString("lastmod", Stamp(entry.LastActivity));
                xml.WriteEndElement();
            }
            xml.WriteEndElement();
        };
    }

    private static IResult Xml(string type, Action<XmlWriter> write)
    {
        using var stream = new MemoryStream();
        using (var xml = XmlWriter.Create(stream, new XmlWriterSettings { Encoding = new UTF8Encoding(false), CheckCharacters = false }))
            write(xml);
        return Results.Bytes(stream.ToArray(), $"{type}; charset=utf-8");
    }

    private static void Link(XmlWriter xml, Uri address, string relation)
    {
        xml.WriteStartElement("link");
        xml.WriteAttributeString("rel", relation);
        xml.WriteAttributeString("href", address.AbsoluteUri);
        xml.WriteEndElement();
    }

    private static string Stamp(DateTime at) => at.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
