using System.Text.RegularExpressions;
using AngleSharp.Dom;

namespace Forum.Rendering;

/// <summary>Members called by <c>@handle</c> in running text: not in code, links or quotes, and no part of an address.</summary>
internal sealed partial class Mentions
{
    /// <summary>Most members that one post calls [rules of writing].</summary>
    public const int Max = 10;

    /// <summary>Most different words after an @ that are looked up; what comes later stays text.</summary>
    private const int MaxCandidates = 200;

    /// <summary>Most links made of mentions; the same member may be called again and again.</summary>
    private const int MaxLinks = 100;

    private readonly List<IText> places = [];
    private readonly HashSet<string> handles = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whom the text may call.</summary>
    public IReadOnlyCollection<string> Handles => handles;

    /// <summary>Takes in a piece of text that stands in no code, link or quote.</summary>
    public void Add(IText text)
    {
        if (!text.Data.Contains('@'))
            return;
        var found = false;
        foreach (Match match in Mention().Matches(text.Data))
        {
            if (match.Index == 0 && !MayFollow(text))
                continue;
            found = true;
            foreach (var handle in Readings(match.Groups[1].Value))
                if (handles.Count < MaxCandidates)
                    handles.Add(handle);
        }
        if (found)
            places.Add(text);
    }

    /// <summary>Makes links of the members that are known; gives their ids, each once.</summary>
    public IReadOnlyList<long> Link(References references)
    {
        var called = new List<long>();
        var links = 0;
        foreach (var place in places)
        {
            var (data, at) = (place.Data, 0);
            foreach (Match match in Mention().Matches(data))
            {
                if (links == MaxLinks)
                    break;
                if (match.Index == 0 && !MayFollow(place) || Known(match.Groups[1].Value, references) is not { } known)
                    continue;
                var (member, length) = known;
                links++;
                var link = place.Owner!.CreateElement("a");
                link.ClassName = "mention";
                link.SetAttribute("href", "/members/" + member.Handle);
                link.TextContent = "@" + member.Handle;
                place.Before(place.Owner!.CreateTextNode(data[at..match.Index]), link);
                at = match.Index + 1 + length;
                if (!called.Contains(member.Id))
                    called.Add(member.Id);
            }
            if (at > 0)
                place.Data = data[at..];
        }
        return called;
    }

    private static (KnownMember Member, int Length)? Known(string word, References references)
    {
        foreach (var handle in Readings(word))
            if (references.Member(handle) is { } member)
                return (member, handle.Length);
        return null;
    }

    /// <summary>The words of a text that may call somebody by one of these handles, each with where the handle begins behind its @.</summary>
    public static IEnumerable<(int At, int Length)> In(string text, IReadOnlySet<string> handles) =>
        Word().Matches(text).Select(m => (m.Groups[1].Index, Readings(m.Groups[1].Value).FirstOrDefault(handles.Contains)?.Length ?? 0)).Where(place => place.Item2 > 0);

    /// <summary>The word as it stands, and without the signs at its end that a handle may have but a sentence too.</summary>
    private static IEnumerable<string> Readings(string word)
    {
        if (word.Length <= Members.Member.MaxHandleLength)
            yield return word;
        var shorter = word.TrimEnd('-', '_');
        if (shorter.Length < word.Length && shorter.Length <= Members.Member.MaxHandleLength)
            yield return shorter;
    }

    /// <summary>Whether what stands before a piece of text lets a mention begin with it.</summary>
    private static bool MayFollow(IText text) =>
        text.PreviousSibling is not { } before || before.TextContent is not [.., var last] || !(char.IsAsciiLetterOrDigit(last) || "_./@+-".Contains(last));

    [GeneratedRegex("@((?>[A-Za-z0-9][A-Za-z0-9_-]*))")]
    private static partial Regex Word();

    /// <summary>No address of mail (<c>a@b.c</c>), package (<c>@a/b</c>) or other network (<c>@a@b.c</c>).</summary>
    [GeneratedRegex("(?<![A-Za-z0-9_./@+-])@((?>[A-Za-z0-9][A-Za-z0-9_-]*))(?![/@]|\\.[A-Za-z0-9])")]
    private static partial Regex Mention();
}
