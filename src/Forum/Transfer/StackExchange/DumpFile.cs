using Microsoft.Win32.SafeHandles;

namespace Forum.Transfer.StackExchange;

/// <summary>
/// One XML file of a dump, read as a stream of rows whatever its size; single rows can be read again by their place.
/// A damaged row ends with the next tag, so it never takes the rest of the file with it.
/// </summary>
internal sealed class DumpFile : IDisposable
{
    /// <summary>Longest row: hundred times the longest post of any site.</summary>
    private const int MaxRowBytes = 16 * 1024 * 1024;

    private const int BufferBytes = 256 * 1024;

    private readonly SafeFileHandle handle;
    private readonly TransferProblems problems;

    private DumpFile(string name, SafeFileHandle handle, TransferProblems problems)
    {
        Name = name;
        this.handle = handle;
        this.problems = problems;
        Length = RandomAccess.GetLength(handle);
    }

    public string Name { get; }

    public long Length { get; }

    /// <summary>Opens that file of the folder, whatever the case of its name; null when there is none.</summary>
    public static Result<DumpFile?> Open(string directory, string name, TransferProblems problems)
    {
        try
        {
            var path = Directory.EnumerateFiles(directory).FirstOrDefault(f => string.Equals(Path.GetFileName(f), name, StringComparison.OrdinalIgnoreCase));
            return path is null
                ? Result<DumpFile?>.Of(null)
                : new DumpFile(name, File.OpenHandle(path, options: FileOptions.RandomAccess), problems);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Refusal.Invalid("{0} cannot be read: {1}", null, name, exception.Message);
        }
    }

    /// <summary>Says that a row could not be taken.</summary>
    public void Report(int line, string what) => problems.Add(Name, line, what);

    /// <summary>The row at a place that <see cref="Rows"/> gave earlier. May be called from several threads.</summary>
    public DumpRow Read(RowAt at)
    {
        var tag = new byte[at.Length];
        var read = 0;
        while (read < tag.Length && RandomAccess.Read(handle, tag.AsSpan(read), at.Offset + read) is > 0 and var got)
            read += got;
        return new DumpRow(tag.AsMemory(0, read), at);
    }

    /// <summary>All well-formed rows in order. Each is good until the next one is asked for.</summary>
    /// <param name="reports">False when the file was read before, so that nothing is said twice.</param>
    public IEnumerable<DumpRow> Rows(bool reports = true)
    {
        var buffer = new byte[BufferBytes];
        int start = 0, end = 0, line = 1, damagedLine = 0;
        long offset = 0;
        bool root = false, closed = false;

        bool Fill()
        {
            if (start > 0)
            {
                buffer.AsSpan(start, end - start).CopyTo(buffer);
                offset += start;
                end -= start;
                start = 0;
            }
            if (end == buffer.Length)
                Array.Resize(ref buffer, buffer.Length * 2);
            var got = RandomAccess.Read(handle, buffer.AsSpan(end), offset + end);
            end += got;
            return got > 0;
        }

        void Skip(int bytes)
        {
            line += buffer.AsSpan(start, bytes).Count((byte)'\n');
            start += bytes;
        }

        void Damaged(int at, string what)
        {
            if (reports && at != damagedLine)
                Report(at, what);
            damagedLine = at;
        }

        while (true)
        {
            var gap = buffer.AsSpan(start, end - start).IndexOf((byte)'<');
            var between = gap < 0 ? end - start : gap;
            var stray = root && !closed ? buffer.AsSpan(start, between).IndexOfAnyExcept(" \t\r\n\0"u8) : -1;
            if (stray >= 0)
                Damaged(line + buffer.AsSpan(start, stray).Count((byte)'\n'), "There is text between the rows; it is skipped.");
            Skip(between);
            if (gap < 0)
            {
                if (Fill())
                    continue;
                break;
            }

            int length;
            while ((length = LengthOfTag(buffer.AsSpan(start, end - start))) == 0 && end - start < MaxRowBytes && Fill())
            {
            }
            var tag = buffer.AsSpan(start, end - start);
            if (length <= 0)
            {
                // Cut off by the next tag, by the end of the file, or endless: go on where the next tag begins.
                if (tag.Length > 1)
                    Damaged(line, "The row is cut off or holds a bare \"<\"; it is skipped.");
                Skip(length < 0 ? -length : tag.Length);
                continue;
            }
            tag = tag[..length];
            var at = new RowAt(offset + start, length, line);
            if (tag[1] is (byte)'?' or (byte)'!')
            {
            }
            else if (tag[1] == (byte)'/')
            {
                closed |= !tag.StartsWith("</row"u8);
            }
            else if (DumpRow.IsRow(tag))
            {
                root = true;
                var row = new DumpRow(buffer.AsMemory(start, length), at);
                if (row.Damage is null)
                    yield return row;
                if (row.Damage is { } what)
                    Damaged(at.Line, $"{what}; the row is skipped.");
            }
            else if (!root)
            {
                root = true;
            }
            else
            {
                Damaged(line, "This is not a row; it is skipped.");
            }
            Skip(length);
        }
        if (!reports)
            yield break;
        if (!root)
            Report(0, "This is not a file of a Stack Exchange dump: it holds no XML.");
        else if (!closed)
            Report(line, "The file ends before its end tag; it may have been cut off.");
    }

    /// <summary>Length of the tag that begins here; 0 when its end is not to be seen yet; less than 0, the way to the next tag, when it is broken: no attribute may hold a bare "&lt;".</summary>
    private static int LengthOfTag(ReadOnlySpan<byte> text)
    {
        var markup = text.Length > 1 && text[1] is (byte)'?' or (byte)'!' or (byte)'/';
        var i = 1;
        while (i < text.Length)
        {
            var next = markup ? text[i..].IndexOfAny("<>"u8) : text[i..].IndexOfAny("<>\"'"u8);
            if (next < 0)
                return 0;
            i += next;
            switch (text[i])
            {
                case (byte)'<':
                    return -i;
                case (byte)'>':
                    return i + 1;
            }
            var value = text[(i + 1)..].IndexOfAny(text[i], (byte)'<');
            if (value < 0)
                return 0;
            i += 1 + value;
            if (text[i] == (byte)'<')
                return -i;
            i++;
        }
        return 0;
    }

    public void Dispose() => handle.Dispose();
}
