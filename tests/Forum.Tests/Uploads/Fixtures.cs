using System.IO.Compression;
using System.Text;
using NetVips;

namespace Forum.Tests.Uploads;

/// <summary>Small files of every kind, made on the spot.</summary>
internal static class Fixtures
{
    /// <summary>A picture whose left half is red and whose right half is blue.</summary>
    public static Image Halves(int width, int height) =>
        Plain(width, height, 255, 0, 0).Insert(Plain(width - width / 2, height, 0, 0, 255), width / 2, 0).Copy(interpretation: Enums.Interpretation.Srgb);

    public static byte[] Jpeg(int width = 40, int height = 30) => Halves(width, height).JpegsaveBuffer();

    public static byte[] Png(int width = 40, int height = 30) => Halves(width, height).PngsaveBuffer();

    public static byte[] Webp(int width = 40, int height = 30) => Halves(width, height).WebpsaveBuffer();

    public static byte[] Avif(int width = 64, int height = 48) => Halves(width, height).HeifsaveBuffer(compression: Enums.ForeignHeifCompression.Av1);

    public static byte[] Gif(int width = 40, int height = 30) => Halves(width, height).GifsaveBuffer();

    /// <summary>Frames that are red and blue in turn, as a GIF or as a WebP.</summary>
    public static byte[] Animation(string suffix, int width, int height, int frames)
    {
        using var strip = Image.Arrayjoin([.. Enumerable.Range(0, frames).Select(f => f % 2 == 0 ? Plain(width, height, 255, 0, 0) : Plain(width, height, 0, 0, 255))], across: 1)
            .Copy(interpretation: Enums.Interpretation.Srgb);
        using var animated = strip.Mutate(m =>
        {
            m.Set(GValue.GIntType, "page-height", height);
            m.Set(GValue.ArrayIntType, "delay", Enumerable.Repeat(120, frames).ToArray());
        });
        return animated.WriteToBuffer(suffix);
    }

    /// <summary>A photo as a phone makes it: lying on its side, with the camera's name and the place in it.</summary>
    public static byte[] Photo(int width, int height) => Halves(width, height).Mutate(m =>
    {
        m.Set(GValue.GStrType, "exif-ifd0-Make", "Zanzicam");
        m.Set(GValue.GStrType, "exif-ifd3-GPSLatitudeRef", "S");
        m.Set(GValue.GStrType, "exif-ifd3-GPSLatitude", "6/1 9/1 0/1");
        m.Set(GValue.GStrType, "exif-ifd0-ImageDescription", "Stone town");
        m.Set(GValue.GIntType, "orientation", 6);
    }).JpegsaveBuffer();

    /// <summary>A PNG of a hundred bytes that says it is enormous.</summary>
    public static byte[] Bomb(int width, int height)
    {
        var png = Png(1, 1);
        BitConverter.GetBytes(width).Reverse().ToArray().CopyTo(png, 16);
        BitConverter.GetBytes(height).Reverse().ToArray().CopyTo(png, 20);
        BitConverter.GetBytes(Crc(png.AsSpan(12, 17))).Reverse().ToArray().CopyTo(png, 29);
        return png;
    }

    public static byte[] Zip(params string[] names)
    {
        using var buffer = new MemoryStream();
        using (var archive = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var name in names)
            {
                using var entry = new StreamWriter(archive.CreateEntry(name).Open());
                entry.Write("What was packed.");
            }
        return buffer.ToArray();
    }

    public static byte[] Pdf() => Text("%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n");

    public static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>The checksum of PNG's chunks.</summary>
    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) == 1 ? crc >> 1 ^ 0xEDB88320 : crc >> 1;
        }
        return ~crc;
    }

    private static Image Plain(int width, int height, params int[] colour) => Image.Black(width, height).NewFromImage(colour).Cast(Enums.BandFormat.Uchar);
}
