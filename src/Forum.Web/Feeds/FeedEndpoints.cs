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
            Feed(options, "/", "/feeds/latest.atom", words["Latest topics"], await topics.ListAsync(Rights.OfVisitor, new(), cancellation)));
        read.MapGet("/feeds/forums/{slug}.atom", async (string slug, BoardQueries boards, TopicListQueries topics, ForumOptions options, CancellationToken cancellation) =>
            (await boards.FindAsync(Rights.OfVisitor, slug, cancellation)).Is(out var view, out _)
                ? Feed(options, Addresses.Board(slug), $"/feeds/forums/{slug}.atom", view.Board.Name, await topics.ListAsync(Rights.OfVisitor, new(BoardId: view.Board.Id), cancellation))
                : Results.NotFound());
        read.MapGet("/robots.txt", (ForumOptions options) => Results.Text(
            $"User-agent: *\nDisallow: /account/\nDisallow: /ask\nDisallow: /posts/\nDisallow: /search\nSitemap: {new Uri(options.Site.Url, "/sitemap.xml")}\n"));
        read.MapGet("/sitemap.xml", async (string? part, SitemapQueries sitemap, ForumOptions options, CancellationToken cancellation) =>
            int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? Xml("application/xml", await PartAsync(sitemap, options, number, cancellation))
                : Xml("application/xml", Index(options, await sitemap.PartsAsync(cancellation))));
    }

    private static IResult Feed(ForumOptions options, string home, string self, string title, Page<TopicRow> topics) => Xml("application/atom+xml", xml =>
    {
        var site = options.Site.Url;
        xml.WriteStartElement("feed", Atom);
        xml.WriteElementString("id", new Uri(site, self).AbsoluteUri);
        xml.WriteElementString("title", $"{title} · {options.Site.Name}");
        xml.WriteElementString("updated", Stamp(topics.Items.Count > 0 ? topics.Items.Max(t => t.LastActivity) : DateTime.UnixEpoch));
        Link(xml, new Uri(site, self), "self");
        Link(xml, new Uri(site, home), "alternate");
        foreach (var topic in topics.Items)
        {
            var address = new Uri(site, topic.Of());
            xml.WriteStartElement("entry");
            // Without the slug: a title may change, and the topic stays the same.
            xml.WriteElementString("id", new Uri(site, string.Create(CultureInfo.InvariantCulture, $"/t/{topic.Id}")).AbsoluteUri);
            xml.WriteElementString("title", topic.Title);
            xml.WriteElementString("published", Stamp(topic.Created));
            xml.WriteElementString("updated", Stamp(topic.LastActivity));
            xml.WriteStartElement("author");
            xml.WriteElementString("name", topic.Author.DisplayName);
            xml.WriteEndElement();
            Link(xml, address, "alternate");
            foreach (var tag in topic.Tags)
            {
                xml.WriteStartElement("category");
                xml.WriteAttributeString("term", tag);
                xml.WriteEndElement();
            }
            xml.WriteElementString("summary", topic.Excerpt);
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
