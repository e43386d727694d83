using System.Diagnostics.CodeAnalysis;

namespace Forum.Rendering;

/// <summary>Sanitized HTML: the only text that a page may write as markup.</summary>
/// <remarks>Only the engine makes one, from what <see cref="PostRenderer"/> rendered now or stored earlier in <c>Post.Html</c>.</remarks>
public readonly struct SafeHtml : IEquatable<SafeHtml>
{
    private readonly string? html;

    internal SafeHtml(string html) => this.html = html;

    public override string ToString() => html ?? "";

    public bool Equals(SafeHtml other) => ToString() == other.ToString();

    public override bool Equals([NotNullWhen(true)] object? obj) => obj is SafeHtml other && Equals(other);

    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    public static bool operator ==(SafeHtml left, SafeHtml right) => left.Equals(right);

    public static bool operator !=(SafeHtml left, SafeHtml right) => !left.Equals(right);
}
