using System.Security.Cryptography;
using System.Text;

namespace Forum.Web.Topics;

/// <summary>The key of what a form sends. A form sent twice is one post; the same form with another text, after going back, is another.</summary>
public static class FormKey
{
    public static string? Of(string? key, string? text) =>
        string.IsNullOrEmpty(key) ? null : $"{key[..Math.Min(key.Length, 32)]}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text ?? "")))[..32]}";
}
