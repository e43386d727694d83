using System.IO.Compression;
using System.Runtime.InteropServices;

namespace Forum.Uploads;

/// <summary>Tells archives, and files that are an archive besides what they seem to be. Nothing is unpacked.</summary>
internal static class Archives
{
    /// <summary>Bytes of the record that ends an archive, without its comment of up to 65,535 more.</summary>
    private const int EndLength = 22;

    /// <summary>Whether the table of contents can be read.</summary>
    public static bool IsZip(ReadOnlyMemory<byte> content)
    {
        if (!MemoryMarshal.TryGetArray(content, out var array))
            return false;
        try
        {
            using var archive = new ZipArchive(new MemoryStream(array.Array!, array.Offset, array.Count, writable: false), ZipArchiveMode.Read);
            return archive.Entries is not null;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    /// <summary>Whether the file ends as an archive does: readers of archives look at the end alone, so that anything may stand before it.</summary>
    public static bool EndsAsZip(ReadOnlySpan<byte> bytes) =>
        bytes[Math.Max(0, bytes.Length - EndLength - ushort.MaxValue)..].LastIndexOf("PK\x05\x06"u8) is >= 0;
}
