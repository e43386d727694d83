using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Forum.Web.Host;

public static class Seals
{
    /// <summary>What was sealed; null where this forum did not seal it, or its time is over.</summary>
    public static string? Open(this IDataProtector seal, string? text)
    {
        try
        {
            return string.IsNullOrEmpty(text) ? null : seal.Unprotect(text);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
