namespace Forum.Transfer.StackExchange;

/// <summary>Shortens text to its column without tearing a character of two halves apart.</summary>
internal static class Cut
{
    public static string To(string text, int length) =>
        text.Length <= length ? text : char.IsHighSurrogate(text[length - 1]) ? text[..(length - 1)] : text[..length];
}
