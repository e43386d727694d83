using System.Text;
using Forum.Uploads;
using Microsoft.EntityFrameworkCore;
using NetVips;

namespace Forum.Tests.Uploads;

public sealed class UploadFileTests(UploadFileTests.Shared shared) : IClassFixture<UploadFileTests.Shared>
{
    /// <summary>One forum for all tests, which look at their own files alone.</summary>
    public sealed class Shared : IAsyncLifetime
    {
        public TestForum Forum { get; private set; } = null!;

        public Actor Member { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            Forum = await TestForum.StartAsync();
            Member = await Forum.TrustedAsync(1);
        }

        public async Task DisposeAsync() => await Forum.DisposeAsync();
    }

    private readonly TestForum forum = shared.Forum;
    private readonly Actor member = shared.Member;

    [Fact]
    public async Task A_photo_stands_upright_and_says_neither_where_nor_with_what_it_was_taken()
    {
        var photo = Fixtures.Photo(60, 40);
        Assert.Contains("Zanzicam", Encoding.Latin1.GetString(photo), StringComparison.Ordinal);

        var file = await TakenAsync(photo, "IMG 2041.JPG");

        Assert.Equal(("IMG 2041.jpg", 40, 60), (file.Name, file.Width, file.Height));
        var stored = await StoredAsync(file.Key);
        using var image = Image.NewFromBuffer(stored!);
        Assert.Equal((40, 60), (image.Width, image.Height));
        Assert.DoesNotContain(image.GetFields(), f => f.StartsWith("exif", StringComparison.Ordinal) || f is "orientation" or "icc-profile-data" or "xmp-data");
        Assert.DoesNotContain("Zanzicam", Encoding.Latin1.GetString(stored!), StringComparison.Ordinal);
        // What was left is on top now.
        Assert.True(image.Getpoint(20, 10)[0] > 200 && image.Getpoint(20, 50)[2] > 200);
    }

    [Fact]
    public async Task What_comes_after_the_end_of_an_image_is_left_out()
    {
        var file = await TakenAsync([.. Fixtures.Png(), .. Fixtures.Text("<script>alert(1)</script>")], "a.png");
        Assert.DoesNotContain("script", Encoding.Latin1.GetString((await StoredAsync(file.Key))!), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("jpg")]
    [InlineData("png")]
    [InlineData("gif")]
    [InlineData("webp")]
    public async Task Every_kind_of_image_is_taken_and_none_that_is_cut_short(string extension)
    {
        var whole = extension switch { "jpg" => Noise().JpegsaveBuffer(), "png" => Noise().PngsaveBuffer(), "gif" => Noise().GifsaveBuffer(), _ => Noise().WebpsaveBuffer() };
        var file = await TakenAsync(whole, $"noise.{extension}");
        Assert.Equal((200, 200), (file.Width, file.Height));

        foreach (var part in new[] { 0.9, 0.5, 0.1 })
            await RefusedAsync(RefusalKind.Unsupported, whole[..(int)(whole.Length * part)], $"noise.{extension}");
        await RefusedAsync(RefusalKind.Unsupported, whole[..20], $"noise.{extension}");
    }

    [Fact]
    public async Task An_AVIF_becomes_a_WebP()
    {
        var file = await TakenAsync(Fixtures.Avif(), "shot.avif");
        Assert.Equal("shot.webp", file.Name);
        Assert.Equal("image/webp", (await RowAsync(file.Key)).ContentType);
        using var image = Image.WebploadBuffer((await StoredAsync(file.Key))!);
        Assert.Equal((64, 48), (image.Width, image.Height));
    }

    [Fact]
    public async Task An_image_named_as_another_image_gets_its_right_name()
    {
        var file = await TakenAsync(Fixtures.Jpeg(), "screenshot.png");
        Assert.Equal("screenshot.jpg", file.Name);
        Assert.EndsWith("/screenshot.jpg", file.Url, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(400, 0)]
    [InlineData(481, 1)]
    [InlineData(1200, 2)]
    public async Task A_wide_image_has_smaller_ones_beside_it(int width, int smaller)
    {
        var file = await TakenAsync(Fixtures.Png(width, 100), "wide.png");
        var widths = new List<int>();
        foreach (var name in new[] { $"{file.Key}-480", $"{file.Key}-960" })
            if (await StoredAsync(name) is { } stored)
            {
                using var image = Image.WebploadBuffer(stored);
                widths.Add(image.Width);
            }
        Assert.Equal(new[] { 480, 960 }[..smaller], widths);
        var sum = (await StoredAsync(file.Key))!.Length;
        foreach (var w in widths)
            sum += (await StoredAsync($"{file.Key}-{w}"))!.Length;
        Assert.Equal(sum, (await RowAsync(file.Key)).Bytes);
    }

    [Theory]
    [InlineData(".gif")]
    [InlineData(".webp")]
    public async Task What_moves_still_moves_small_or_large(string suffix)
    {
        var file = await TakenAsync(Fixtures.Animation(suffix, 500, 20, 4), "turn" + suffix);
        Assert.Equal((500, 20), (file.Width, file.Height));
        using var whole = Image.NewFromBuffer((await StoredAsync(file.Key))!, "[n=-1]");
        using var small = Image.NewFromBuffer((await StoredAsync($"{file.Key}-480"))!, "[n=-1]");
        foreach (var image in new[] { whole, small })
        {
            Assert.Equal(4, image.Get("n-pages"));
            Assert.Equal(120, ((int[])image.Get("delay"))[0]);
        }
        Assert.Equal((480, 19), (small.Width, small.PageHeight));
    }

    [Fact]
    public async Task An_image_that_says_it_is_enormous_is_refused_before_anybody_believes_it()
    {
        var bomb = Fixtures.Bomb(60_000, 60_000);
        await RefusedAsync(RefusalKind.Unsupported, [0x89, .. "PNG\r\n"u8, 0x1A], "warm.png");
        var before = GC.GetTotalAllocatedBytes(precise: true);
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        var (memory, begun) = (process.WorkingSet64, System.Diagnostics.Stopwatch.GetTimestamp());
        await RefusedAsync(RefusalKind.TooLarge, bomb, "bomb.png");
        Assert.True(System.Diagnostics.Stopwatch.GetElapsedTime(begun) < TimeSpan.FromSeconds(1));
        process.Refresh();
        Assert.True(process.WorkingSet64 - memory < 100_000_000, $"{process.WorkingSet64 - memory} bytes more are held.");
        Assert.True(GC.GetTotalAllocatedBytes(precise: true) - before < 50_000_000);
    }

    [Fact]
    public async Task Frames_count_as_pixels_and_are_counted_themselves()
    {
        await RefusedAsync(RefusalKind.TooLarge, Fixtures.Animation(".gif", 4, 4, Pictures.MaxFrames + 1), "long.gif");
        await RefusedAsync(RefusalKind.TooLarge, Fixtures.Animation(".gif", 2000, 1000, 21), "large.gif");
        await RefusedAsync(RefusalKind.TooLarge, Fixtures.Png(Pictures.MaxSide + 1, 1), "line.png");
    }

    [Fact]
    public async Task A_file_of_more_than_ten_megabytes_is_refused()
    {
        var text = new byte[Upload.MaxBytes + 1];
        Array.Fill(text, (byte)'x');
        await RefusedAsync(RefusalKind.TooLarge, text, "long.log");
        await TakenAsync(text[..^1], "long.log");
    }

    [Theory]
    [InlineData("report.pdf", "application/pdf")]
    [InlineData("pack.zip", "application/zip")]
    [InlineData("notes.txt", "text/plain")]
    [InlineData("server.LOG", "text/plain")]
    [InlineData("rows.csv", "text/csv")]
    public async Task Some_other_kinds_are_kept_as_they_are(string name, string type)
    {
        var content = name[^3..].ToLowerInvariant() switch { "pdf" => Fixtures.Pdf(), "zip" => Fixtures.Zip("a.txt"), _ => Fixtures.Text("\uFEFFWhat happened;\t\u001b[31mred\u001b[0m\r\nœuvre <b>\n") };
        var file = await TakenAsync(content, name);
        Assert.Equal(content, await StoredAsync(file.Key));
        Assert.Equal((type, (int?)null), ((await RowAsync(file.Key)).ContentType, file.Width));
        Assert.Equal($"[{name.Replace("LOG", "log", StringComparison.Ordinal)}]({file.Url})", file.Markdown);
    }

    public static TheoryData<string, byte[]> Deceivers => new()
    {
        { "page.png", Fixtures.Text("<!DOCTYPE html><script>alert(1)</script>") },
        { "page.html", Fixtures.Text("<p>Hello</p>") },
        { "page.txt", Fixtures.Text("\uFEFF \n<HTML><script>alert(1)</script>") },
        { "drawing.svg", Fixtures.Text("<svg xmlns='http://www.w3.org/2000/svg'/>") },
        { "drawing.png", Fixtures.Text("<svg xmlns='http://www.w3.org/2000/svg'/>") },
        { "drawing.csv", Fixtures.Text("<?xml version='1.0'?><svg/>") },
        { "picture.php", Fixtures.Png() },
        { "picture.svg", Fixtures.Png() },
        { "picture.pdf", Fixtures.Png() },
        { "picture", Fixtures.Png() },
        { "pack.png", Fixtures.Zip("a.txt") },
        { "pack.jar", Fixtures.Zip("a.txt") },
        { "pack.txt", Fixtures.Zip("a.txt") },
        { "pack.zip", Fixtures.Zip("a.txt")[..30] },
        { "both.gif", [.. Fixtures.Gif(), .. Fixtures.Zip("a.class")] },
        { "both.jpg", [.. Fixtures.Jpeg(), .. Fixtures.Zip("a.class"), .. Fixtures.Text("a few bytes more")] },
        { "both.pdf", [.. Fixtures.Pdf(), .. Fixtures.Zip("a.txt")] },
        { "both.txt", Fixtures.Text("%PDF-1.4 and so on") },
        { "program.txt", [0x7F, .. "ELF"u8, 1, 1, 1, 0] },
        { "program.exe", Fixtures.Text("MZ") },
        { "wide.txt", Encoding.Unicode.GetBytes("two bytes each") },
        { "photo.heic", [0, 0, 0, 24, .. "ftypheic"u8, 0, 0, 0, 0] },
    };

    [Theory]
    [MemberData(nameof(Deceivers))]
    public Task What_is_not_what_it_says_is_refused(string name, byte[] content) => RefusedAsync(RefusalKind.Unsupported, content, name);

    [Theory]
    [InlineData("../../../etc/passwd.txt", "passwd.txt", "passwd.txt")]
    [InlineData("C:\\Users\\ines\\Desktop\\log.txt", "log.txt", "log.txt")]
    [InlineData("a\0b\u202Etxt.exe\u2066.txt", "abtxt.exe.txt", "abtxt-exe.txt")]
    [InlineData("NUL.txt", "_NUL.txt", "nul.txt")]
    [InlineData("com1.tar.txt", "_com1.tar.txt", "com1-tar.txt")]
    [InlineData("....txt", "file.txt", "file.txt")]
    [InlineData(".txt", "file.txt", "file.txt")]
    [InlineData("a..b/..%2e%2e/x<y>:\"|?*.txt", "x_y.txt", "x-y.txt")]
    [InlineData("  Größe\t und\nStraße .TXT", "Größe und Straße.txt", "gro%C3%9Fe-und-stra%C3%9Fe.txt")]
    [InlineData("😀.txt", "😀.txt", "file.txt")]
    [InlineData("\"><img src=x onerror=alert(1)>.txt", "_img src=x onerror=alert(1).txt", "img-src-x-onerror-alert-1.txt")]
    public async Task A_name_is_cleaned(string typed, string shown, string address)
    {
        var file = await TakenAsync(Fixtures.Text("Hello."), typed);
        Assert.Equal(shown.TrimStart('_'), file.Name.TrimStart('_'));
        Assert.Equal($"/uploads/{file.Key}/{address}", file.Url);
        Assert.Equal(Upload.KeyLength, file.Key.Length);
    }

    [Fact]
    public async Task A_name_of_ten_thousand_letters_is_cut()
    {
        var file = await TakenAsync(Fixtures.Text("Hello."), new string('é', 10_000) + ".txt");
        Assert.Equal(Upload.MaxNameLength - 1, file.Name.Length);
        Assert.EndsWith("é.txt", file.Name, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_in_a_name_is_markup()
    {
        var file = await TakenAsync(Fixtures.Png(), "a](javascript:alert(1)) *b* `c` [d.png");
        Assert.Matches(@"^!\[[^\[]*\]\(/uploads/[a-z2-7]{22}/[a-z0-9-]+\.png\)$", file.Markdown.Replace("\\]", "", StringComparison.Ordinal).Replace("\\[", "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Only_members_bring_files_and_not_while_they_are_suspended()
    {
        await RefusedAsync(RefusalKind.SignIn, Fixtures.Png(), "a.png", Actor.Visitor);
        var suspended = await forum.TrustedAsync(4);
        await forum.SuspendAsync(suspended, TimeSpan.FromDays(1));
        await RefusedAsync(RefusalKind.Forbidden, Fixtures.Png(), "a.png", suspended);
    }

    [Fact]
    public async Task The_files_of_a_member_have_room_and_those_of_a_new_one_a_tenth_of_it()
    {
        await using var small = await TestForum.StartAsync(options => options.Uploads.QuotaPerMember = 10);
        var text = Fixtures.Text(new string('x', 600_000));
        foreach (var (owner, files) in new[] { (await small.MemberAsync(), 1), (await small.TrustedAsync(1), 17) })
        {
            for (var i = 0; i < files; i++)
                _ = (await small.Get<UploadFile>().RunAsync(owner, new MemoryStream(text), "a.txt", face: false, default)).Required;
            Assert.Equal(RefusalKind.Forbidden, (await small.Get<UploadFile>().RunAsync(owner, new MemoryStream(text), "a.txt", face: false, default)).Refusal?.Kind);
        }
    }

    [Fact]
    public async Task Where_nothing_can_be_stored_the_member_is_told_and_no_row_is_left()
    {
        await using var broken = await TestForum.StartAsync();
        await File.WriteAllTextAsync(Path.Combine(broken.Options.DataPath, "uploads"), "in the way");
        var result = await broken.Get<UploadFile>().RunAsync(await broken.MemberAsync(), new MemoryStream(Fixtures.Png()), "a.png", face: false, default);
        Assert.Equal(RefusalKind.Unavailable, result.Refusal?.Kind);
        await using var db = broken.Db();
        Assert.Equal(0, await db.Uploads.CountAsync());
    }

    [Fact]
    public async Task Many_at_once_all_come_through()
    {
        var wide = Fixtures.Jpeg(1000, 800);
        var before = await FilesAsync();
        var files = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => TakenAsync(wide, $"{i}.jpg")));
        Assert.Equal(12, files.Select(f => f.Key).Distinct().Count());
        Assert.Equal(before + 36, await FilesAsync());
    }

    /// <summary>An image that does not become small by packing.</summary>
    private static Image Noise() => Image.Gaussnoise(200, 200, sigma: 60, mean: 128, seed: 7).Cast(Enums.BandFormat.Uchar);

    private async Task<UploadedFile> TakenAsync(byte[] content, string name, Actor? by = null) =>
        (await forum.Get<UploadFile>().RunAsync(by ?? member, new MemoryStream(content), name, face: false, default)).Required;

    private async Task RefusedAsync(RefusalKind kind, byte[] content, string name, Actor? by = null)
    {
        var before = await FilesAsync();
        var result = await forum.Get<UploadFile>().RunAsync(by ?? member, new MemoryStream(content), name, face: false, default);
        Assert.Equal(kind, result.Refusal?.Kind);
        Assert.Equal(before, await FilesAsync());
    }

    private async Task<byte[]?> StoredAsync(string name)
    {
        await using var file = await forum.Get<IUploadStore>().OpenAsync(name, default);
        if (file is null)
            return null;
        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes);
        return bytes.ToArray();
    }

    private async Task<Upload> RowAsync(string key)
    {
        await using var db = forum.Db();
        return await db.Uploads.SingleAsync(u => u.Key == key);
    }

    private async Task<int> FilesAsync()
    {
        var count = 0;
        await foreach (var _ in forum.Get<IUploadStore>().ListAsync("", default))
            count++;
        return count;
    }
}
