using NetVips;

namespace Forum.Uploads;

/// <summary>An image as it is stored, made anew.</summary>
/// <param name="Smaller">The same in the widths of <see cref="Pictures.Widths"/> that are smaller, as WebP.</param>
internal sealed record Picture(FileKind Kind, byte[] Content, int Width, int Height, IReadOnlyDictionary<int, byte[]> Smaller);

/// <summary>Makes images anew: upright, in the colours of the web, and with nothing in them but the picture.</summary>
internal static class Pictures
{
    /// <summary>Widths of the smaller pictures beside an image: a phone's column, and the page's at twice the density.</summary>
    public static readonly int[] Widths = [480, 960];

    /// <summary>Most pixels, all frames together (rules of writing).</summary>
    public const int MaxPixels = 40_000_000;

    /// <summary>Longest side in pixels; WebP ends at 16,383.</summary>
    public const int MaxSide = 16_000;

    public const int MaxFrames = 500;

    /// <summary>Pixels of a side of the picture beside a name: the largest that is shown, at twice the density.</summary>
    private const int FaceSide = 128;

    private const int JpegQuality = 85;
    private const int WebpQuality = 80;

    static Pictures()
    {
        // Of all that the library can read, only what is asked for here: what it looks like is the sender's choice.
        Operation.Block("VipsForeignLoad", true);
        foreach (var loader in new[] { "Jpeg", "Png", "Nsgif", "Webp", "Heif" })
            Operation.Block($"VipsForeignLoad{loader}", false);
        // Requests share the processor already, and no two of them bring the same picture.
        NetVips.NetVips.Concurrency = 1;
        Cache.Max = 0;
        // What is wrong with a file is told to its sender, not to the operator.
        Log.SetLogHandler("VIPS", Enums.LogLevelFlags.Warning, (_, _, _) => { });
    }

    /// <summary>The image made anew, or why it is not taken. Its size is read from its header before anything is decoded.</summary>
    public static Result<Picture> Make(FileKind kind, byte[] content)
    {
        try
        {
            if (!FramesOf(kind, content).Is(out var frames, out var refusal))
                return refusal;
            var animated = frames > 1 && kind != FileKind.Avif;
            using var whole = Render(content, MaxSide, animated);
            var smaller = new Dictionary<int, byte[]>();
            foreach (var width in Widths.Where(w => w < whole.Width))
            {
                using var small = Render(content, width, animated);
                smaller[width] = Webp(small);
            }
            var stored = kind == FileKind.Avif ? FileKind.Webp : kind;
            return new Picture(stored, Save(stored, whole), whole.Width, whole.PageHeight, smaller);
        }
        catch (VipsException)
        {
            return FileRules.Damaged;
        }
    }

    /// <summary>A square of its middle, to stand beside a name.</summary>
    public static Result<Picture> MakeFace(FileKind kind, byte[] content)
    {
        try
        {
            if (!FramesOf(kind, content).Is(out _, out var refusal))
                return refusal;
            using var face = Image.ThumbnailBuffer(content, FaceSide, optionString: "[fail_on=truncated]", height: FaceSide, crop: Enums.Interesting.Centre, outputProfile: "srgb");
            return new Picture(FileKind.Webp, Webp(face), face.Width, face.Height, new Dictionary<int, byte[]>());
        }
        catch (VipsException)
        {
            return FileRules.Damaged;
        }
    }

    /// <summary>How many there are, or why it is not taken.</summary>
    private static Result<int> FramesOf(FileKind kind, byte[] content)
    {
        using var header = Load(kind, content);
        var frames = header.Contains("n-pages") ? (int)header.Get("n-pages") : 1;
        return frames > MaxFrames ? FileRules.TooManyFrames
            : header.Width > MaxSide || header.PageHeight > MaxSide || (long)header.Width * header.PageHeight * frames > MaxPixels ? FileRules.TooManyPixels
            : frames;
    }

    private static Image Load(FileKind kind, byte[] content) =>
        kind == FileKind.Jpeg ? Image.JpegloadBuffer(content)
        : kind == FileKind.Png ? Image.PngloadBuffer(content)
        : kind == FileKind.Gif ? Image.GifloadBuffer(content)
        : kind == FileKind.Webp ? Image.WebploadBuffer(content)
        : Image.HeifloadBuffer(content);

    /// <summary>At most that wide; turned as its EXIF says and converted to sRGB before both are thrown away. A file that ends too early is an error (the parameter of the same name is not heard).</summary>
    private static Image Render(byte[] content, int width, bool animated) => Image.ThumbnailBuffer(
        content, width, optionString: animated ? "[fail_on=truncated,n=-1]" : "[fail_on=truncated]", height: MaxSide, size: Enums.Size.Down, outputProfile: "srgb");

    private static byte[] Save(FileKind kind, Image image) =>
        kind == FileKind.Jpeg ? image.JpegsaveBuffer(q: JpegQuality, optimizeCoding: true, keep: Enums.ForeignKeep.None)
        : kind == FileKind.Png ? image.PngsaveBuffer(keep: Enums.ForeignKeep.None)
        : kind == FileKind.Gif ? image.GifsaveBuffer(keep: Enums.ForeignKeep.None)
        : Webp(image);

    private static byte[] Webp(Image image) => image.WebpsaveBuffer(q: WebpQuality, smartSubsample: true, keep: Enums.ForeignKeep.None);
}
