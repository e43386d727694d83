using System.Text;
using Forum.Settings;

namespace Forum.Members;

/// <summary>The rules of passwords: long enough, and not among those that are tried first. There are no others [ASVS 6.2].</summary>
public static class Passwords
{
    /// <summary>Least length [ASVS 6.2.1].</summary>
    public const int MinLength = 10;

    /// <summary>Longest password that is taken whole [ASVS 6.2.9].</summary>
    public const int MaxLength = 128;

    /// <summary>Bits of what would be found first: common passwords and names by the library's lists, with the years and signs that people add to them.</summary>
    private const double TooFewBits = 18;

    /// <summary>Characters that a password has beside words that everybody knows: a year and a sign are not enough.</summary>
    private const int LeastBesideWords = 6;

    /// <summary>The library looks at no more, or it would take its time.</summary>
    private const int Judged = 64;

    /// <summary>Why this cannot be a password; null when it can.</summary>
    /// <param name="own">What others know of whoever chooses it: name, handle, address.</param>
    public static Refusal? Refusal(string password, SiteOptions site, params string?[] own) => Refusal(password)
        ?? (IsGuessed(password, site, own) ? Forum.Refusal.Invalid("This password is among those that are tried first. A few words that do not belong together make a good one.", "Password") : null);

    /// <summary>How good a password is: 0 is refused, 1 to 4 are as the library judges it.</summary>
    public static int Strength(string password, SiteOptions site) =>
        Refusal(password, site) is not null ? 0 : Math.Max(1, new Zxcvbn.Zxcvbn().EvaluatePassword(password.Length > Judged ? password[..Judged] : password).Score);

    /// <summary>Why this cannot be a password by its form; null when it can.</summary>
    public static Refusal? Refusal(string password) =>
        password.Length < MinLength ? Forum.Refusal.Invalid("Please choose a password of at least {0} characters. A few words make a good one.", "Password", MinLength)
        : password.Length > MaxLength ? Forum.Refusal.Invalid("Please choose a password of at most {0} characters.", "Password", MaxLength)
        : password.EnumerateRunes().Contains(Rune.ReplacementChar) ? Forum.Refusal.Invalid("This password has a character that cannot be read. Please choose another.", "Password")
        : null;

    private static bool IsGuessed(string password, SiteOptions site, string?[] own)
    {
        var words = own.OfType<string>().Append(site.Name).Append(site.Url.Host).SelectMany(w => w.Split([' ', '.', '@', '-', '_'], StringSplitOptions.RemoveEmptyEntries).Append(w)).Concat(["forum", "community"])
            .Where(w => w.Length > 2).Select(w => w.ToLowerInvariant()).Distinct().ToList();
        var beside = Enumerable.Range(0, password.Length).Except(words.SelectMany(w => Places(password, w))).Count();
        return beside < LeastBesideWords || new Zxcvbn.Zxcvbn().EvaluatePassword(password.Length > Judged ? password[..Judged] : password, words).Entropy < TooFewBits;
    }

    /// <summary>The places of a text that a word covers.</summary>
    private static IEnumerable<int> Places(string text, string word)
    {
        for (var at = text.IndexOf(word, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(word, at + 1, StringComparison.OrdinalIgnoreCase))
            foreach (var place in Enumerable.Range(at, word.Length))
                yield return place;
    }
}
