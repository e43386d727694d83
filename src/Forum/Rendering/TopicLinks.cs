using System.Globalization;
using AngleSharp.Dom;

namespace Forum.Rendering;

/// <summary>Links to topics of this forum; a bare one is shown with the topic's title and whether it is solved.</summary>
internal sealed class TopicLinks
{
    /// <summary>Most topics that are looked up for one post.</summary>
    private const int Max = 50;

    private readonly List<(IElement Link, TopicAddress Address, bool Bare)> links = [];
    private readonly HashSet<long> topics = [];

    public IReadOnlyCollection<long> Topics => topics;

    /// <summary>Takes in a link of this forum; a bare one shows nothing but its address.</summary>
    public void Add(IElement link, bool bare)
    {
        if (OwnLinks.TopicOf(link.GetAttribute("href")) is not { } address || topics.Count >= Max && !topics.Contains(address.TopicId))
            return;
        topics.Add(address.TopicId);
        links.Add((link, address, bare));
    }

    /// <summary>Shows titles where they are known; gives the ids of the known topics, each once.</summary>
    public IReadOnlyList<long> Show(References references)
    {
        var known = new List<long>();
        foreach (var (link, address, bare) in links)
        {
            if (references.Topic(address.TopicId) is not { } topic)
                continue;
            if (!known.Contains(topic.Id))
                known.Add(topic.Id);
            if (!bare)
                continue;
            link.ClassName = topic.Solved ? "topic solved" : "topic";
            link.TextContent = address.Number is { } number ? string.Create(CultureInfo.InvariantCulture, $"{topic.Title} #{number}") : topic.Title;
        }
        return known;
    }
}
