using Forum.Members;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Forum.Uploads;

/// <summary>A file that a member brought. Who may read it follows from the posts that use it; without any, it is its owner's alone.</summary>
public sealed class Upload
{
    public const int KeyLength = 22;
    public const int MaxNameLength = 150;
    public const int MaxTypeLength = 80;

    /// <summary>Largest file, in bytes (rules of writing).</summary>
    public const int MaxBytes = 10 * 1024 * 1024;

    public long Id { get; init; }

    /// <summary>Random, in the file's address and its name in the store: 110 bits in lower case, since some disks and databases do not tell cases apart.</summary>
    public required string Key { get; init; }

    public required long MemberId { get; init; }

    /// <summary>The name it came with, cleaned; shown, and offered when it is saved.</summary>
    public required string Name { get; init; }

    /// <summary>What it is by its content, and what it is served as.</summary>
    public required string ContentType { get; init; }

    /// <summary>Bytes in the store, smaller pictures included: what counts against the member's quota.</summary>
    public required long Bytes { get; init; }

    /// <summary>In pixels; null for what is not an image.</summary>
    public int? Width { get; init; }

    public int? Height { get; init; }

    public required DateTime Created { get; init; }

    /// <summary>The address from the root. Only the key counts; the words are for people.</summary>
    internal string Url
    {
        get
        {
            var extension = FileNames.Extension(Name);
            return $"/uploads/{Key}/{Uri.EscapeDataString(Slug.Of(Name[..^extension.Length], "file"))}{extension}";
        }
    }

    /// <summary>What shows it in a post: an image by its name without the extension, another file as a link.</summary>
    internal string Markdown =>
        Width is null ? $"[{Escaped(Name)}]({Url})" : $"![{Escaped(Name[..^FileNames.Extension(Name).Length])}]({Url})";

    /// <summary>The names of its files in the store: its own, and those of the smaller pictures.</summary>
    internal IEnumerable<string> Files => FilesOf(Key, Width);

    /// <summary>The widths of the smaller pictures beside an image of that width.</summary>
    public static IEnumerable<int> SmallerThan(int? width) => Pictures.Widths.Where(w => w < width);

    /// <summary>The name in the store of the picture of that width.</summary>
    internal static string FileOf(string key, int width) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{key}-{width}");

    internal static IEnumerable<string> FilesOf(string key, int? width) => SmallerThan(width).Select(w => FileOf(key, w)).Prepend(key);

    private static string Escaped(string text) => string.Concat(text.Select(c => char.IsAsciiLetterOrDigit(c) || c is ' ' or '.' or '-' || c > '~' ? c.ToString() : $"\\{c}"));

    internal sealed class Map : IEntityTypeConfiguration<Upload>
    {
        public void Configure(EntityTypeBuilder<Upload> upload)
        {
            upload.Ignore(u => u.Url);
            upload.Ignore(u => u.Markdown);
            upload.Ignore(u => u.Files);
            upload.Property(u => u.Key).HasMaxLength(KeyLength);
            upload.HasIndex(u => u.Key).IsUnique();
            upload.Property(u => u.Name).HasMaxLength(MaxNameLength);
            upload.Property(u => u.ContentType).HasMaxLength(MaxTypeLength);
            upload.HasOne<Member>().WithMany().HasForeignKey(u => u.MemberId);
            upload.HasIndex(u => u.Created);
        }
    }
}
