using System.Globalization;
using Microsoft.Extensions.Localization;

namespace Forum.Web.Shell;

/// <summary>All words that a person sees: the English text is the key of its translation.</summary>
public sealed class Wording;

public static class WordingExtensions
{
    /// <summary>One form for one, another for any other number; <c>{0}</c> is the number with its group separators.</summary>
    public static string Count(this IStringLocalizer<Wording> words, long number, string one, string many) =>
        words[number == 1 ? one : many, number.ToString("N0", CultureInfo.CurrentCulture)];

    /// <summary>A refusal in the reader's language.</summary>
    public static string Say(this IStringLocalizer<Wording> words, Refusal refusal) => words[refusal.Message, refusal.Args];
}
