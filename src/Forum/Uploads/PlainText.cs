namespace Forum.Uploads;

/// <summary>Tells text that a person can read from everything else that has no signature.</summary>
internal static class PlainText
{
    /// <summary>Why these bytes are not taken as text; null when they are. Letters beyond ASCII may be of any encoding that leaves ASCII alone.</summary>
    public static Refusal? Refusal(ReadOnlySpan<byte> bytes)
    {
        foreach (var b in bytes)
            if (b < ' ' && b is not ((byte)'\t' or (byte)'\n' or (byte)'\r' or (byte)'\f' or Escape) || b == Delete)
                return FileRules.Binary;
        return IsMarkup(bytes) ? FileRules.Markup : null;
    }

    /// <summary>Colours in logs.</summary>
    private const byte Escape = 0x1B;

    private const byte Delete = 0x7F;

    /// <summary>What browsers that guess would take for HTML or XML: a bracket with a name, before anything else.</summary>
    private static bool IsMarkup(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
            bytes = bytes[3..];
        bytes = bytes.TrimStart(" \t\r\n\f"u8);
        return bytes.Length > 1 && bytes[0] == '<' && (char.IsAsciiLetter((char)bytes[1]) || bytes[1] is (byte)'!' or (byte)'?');
    }
}
