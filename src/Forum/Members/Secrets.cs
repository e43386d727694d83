using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Forum.Members;

/// <summary>Secrets that are handed out once and stored as hashes: 256 random bits need no salt and no slow hash.</summary>
public static class Secrets
{
    /// <summary>Characters of a <see cref="Hash"/>.</summary>
    public const int HashLength = 43;

    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>SHA-256 in base64url: <see cref="HashLength"/> characters.</summary>
    public static string Hash(string secret) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
