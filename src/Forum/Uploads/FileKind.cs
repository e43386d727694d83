namespace Forum.Uploads;

/// <summary>A kind of file that the forum takes, told by what is in the file; the name has to agree.</summary>
/// <param name="ContentType">What it is served as.</param>
/// <param name="Names">Extensions it may come with; the first is the one it gets.</param>
internal sealed record FileKind(string ContentType, params string[] Names)
{
    public static readonly FileKind Jpeg = new("image/jpeg", ".jpg", ".jpeg", ".jpe", ".jfif");
    public static readonly FileKind Png = new("image/png", ".png");
    public static readonly FileKind Gif = new("image/gif", ".gif");
    public static readonly FileKind Webp = new("image/webp", ".webp");

    /// <summary>Taken, and stored as WebP: encoding it takes too long.</summary>
    public static readonly FileKind Avif = new("image/avif", ".avif");

    public static readonly FileKind Pdf = new("application/pdf", ".pdf");
    public static readonly FileKind Zip = new("application/zip", ".zip");
    public static readonly FileKind Text = new("text/plain", ".txt", ".log");
    public static readonly FileKind Csv = new("text/csv", ".csv");

    private static readonly FileKind[] images = [Jpeg, Png, Gif, Webp, Avif];

    public bool IsImage => images.Contains(this);

    /// <summary>Whether a file with this extension may hold this kind. Images may be named as other images: they are made anew and get the right name.</summary>
    public bool MayBeNamed(string extension) => Names.Contains(extension) || IsImage && images.Any(i => i.Names.Contains(extension));

    /// <summary>The kind of a file, or why it is not taken.</summary>
    /// <param name="extension">Of the file's name, in lower case, with its dot.</param>
    public static Result<FileKind> Of(ReadOnlyMemory<byte> content, string extension)
    {
        var bytes = content.Span;
        var kind = Signed(bytes) ?? (Csv.MayBeNamed(extension) ? Csv : Text);
        if (!kind.MayBeNamed(extension))
            return images.Append(Pdf).Append(Zip).Append(Text).Append(Csv).Any(k => k.MayBeNamed(extension)) ? FileRules.NotWhatItSays : FileRules.NotTaken;
        if (kind == Zip ? !Archives.IsZip(content) : Archives.EndsAsZip(bytes) || kind.IsImage && bytes[..Math.Min(bytes.Length, Head)].IndexOf("%PDF-"u8) >= 0)
            return kind == Zip ? FileRules.Damaged : FileRules.TwoInOne;
        if (kind == Text || kind == Csv)
            return PlainText.Refusal(bytes) is { } refusal ? refusal : kind;
        return kind;
    }

    /// <summary>As far into a file as readers of PDF look for its signature, in bytes.</summary>
    private const int Head = 1024;

    private static FileKind? Signed(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? Jpeg
        : bytes.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]) ? Png
        : bytes.StartsWith("GIF87a"u8) || bytes.StartsWith("GIF89a"u8) ? Gif
        : bytes.Length > 12 && bytes.StartsWith("RIFF"u8) && bytes[8..].StartsWith("WEBP"u8) ? Webp
        : bytes.Length > 12 && (bytes[4..].StartsWith("ftypavif"u8) || bytes[4..].StartsWith("ftypavis"u8)) ? Avif
        : bytes.StartsWith("%PDF-"u8) ? Pdf
        : bytes.StartsWith("PK\x03\x04"u8) || bytes.StartsWith("PK\x05\x06"u8) ? Zip
        : null;
}
