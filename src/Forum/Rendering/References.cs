using System.Collections.Frozen;

namespace Forum.Rendering;

/// <summary>A member whom a text may mention.</summary>
/// <param name="Typed">By which handle: one that they had; null for the one that they have.</param>
public sealed record KnownMember(long Id, string Handle, string? Typed = null);

/// <summary>A topic that everybody who may read the text may read too.</summary>
public sealed record KnownTopic(long Id, string Slug, string Title, bool Solved);

/// <summary>A post that everybody who may read the text may read too.</summary>
/// <param name="AuthorName">The name as the forum's policy shows it.</param>
public sealed record KnownPost(long Id, TopicAddress Address, string Slug, long AuthorId, string AuthorName);

/// <summary>An uploaded image: its address as the text has it, and its size in pixels.</summary>
/// <param name="Smaller">The widths in which there are smaller pictures of it, from small to large.</param>
public sealed record KnownImage(string Address, int Width, int Height, IReadOnlyList<int>? Smaller = null);

/// <summary>What a text refers to, looked up before it is rendered. What is not here stays as it was typed.</summary>
public sealed class References(
    IEnumerable<KnownMember>? members = null, IEnumerable<KnownTopic>? topics = null, IEnumerable<KnownPost>? posts = null, IEnumerable<KnownImage>? images = null)
{
    public static readonly References None = new();

    private readonly FrozenDictionary<string, KnownMember> members = (members ?? []).ToFrozenDictionary(m => m.Typed ?? m.Handle, StringComparer.OrdinalIgnoreCase);
    private readonly FrozenDictionary<long, KnownTopic> topics = (topics ?? []).ToFrozenDictionary(t => t.Id);
    private readonly FrozenDictionary<TopicAddress, KnownPost> posts = (posts ?? []).ToFrozenDictionary(p => p.Address);
    private readonly FrozenDictionary<string, KnownImage> images = (images ?? []).ToFrozenDictionary(i => i.Address, StringComparer.Ordinal);

    internal KnownMember? Member(string handle) => members.GetValueOrDefault(handle);

    internal KnownTopic? Topic(long id) => topics.GetValueOrDefault(id);

    internal KnownPost? Post(TopicAddress address) => posts.GetValueOrDefault(address);

    internal KnownImage? Image(string address) => images.GetValueOrDefault(address);
}
