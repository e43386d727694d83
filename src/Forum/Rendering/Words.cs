using System.Text;
using AngleSharp.Dom;

namespace Forum.Rendering;

/// <summary>The words of a rendered post, as a reader would read them out.</summary>
internal static class Words
{
    public static string Of(IElement body)
    {
        var words = new StringBuilder();
        Append(body, words, code: false);
        return CleanText.Of(words.ToString()).Trim();
    }

    private static void Append(INode parent, StringBuilder words, bool code)
    {
        foreach (var node in parent.ChildNodes)
        {
            if (node is IText text)
            {
                AppendText(text.Data, words, code);
            }
            else if (node is IElement element && !element.HasAttribute("role"))
            {
                // Only the links between a text and its footnotes have a role: their numbers and arrows are no words.
                if (IsLine(element.LocalName))
                    EndLine(words);
                else if (element.LocalName is "td" or "th")
                    AppendText(" ", words, code);
                else if (element.LocalName is "img")
                    AppendText(element.GetAttribute("alt") ?? "", words, code);
                Append(element, words, code || element.LocalName == "pre");
                if (IsLine(element.LocalName))
                    EndLine(words);
            }
        }
    }

    private static void AppendText(string text, StringBuilder words, bool code)
    {
        if (code)
        {
            words.Append(text);
            return;
        }
        foreach (var c in text)
        {
            if (c is not (' ' or '\n' or '\t' or '\r' or '\f'))
                words.Append(c);
            else if (words.Length > 0 && words[^1] is not (' ' or '\n'))
                words.Append(' ');
        }
    }

    private static void EndLine(StringBuilder words)
    {
        while (words.Length > 0 && words[^1] is ' ' or '\n')
            words.Length--;
        if (words.Length > 0)
            words.Append('\n');
    }

    private static bool IsLine(string name) =>
        name is "p" or "br" or "li" or "ul" or "ol" or "pre" or "blockquote" or "tr" or "table" or "details" or "summary" or "dl" or "dt"
            or "dd" or "hr" or "figure" or "figcaption" or ['h', >= '1' and <= '6'];
}
