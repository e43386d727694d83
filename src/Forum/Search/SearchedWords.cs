using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Forum.Search;

/// <summary>
/// Words that were searched for. Who searched for them is not kept: of each searcher there is one of 64 marks, which tells only whether several did.
/// It is made with a key that no database holds.
/// </summary>
public sealed class SearchedWords
{
    /// <summary>Characters; longer texts are pasted, and may hold what is nobody's business.</summary>
    public const int MaxLength = 100;

    /// <summary>Words of fewer searchers are shown to nobody: they may tell who it was.</summary>
    public const int MinSearchers = 3;

    /// <summary>More digits in a row are a telephone number, a card or an account; the codes of errors and dates have no more.</summary>
    private const int MostDigits = 8;

    /// <summary>A hash of the words, so that databases that compare letters in their own ways agree.</summary>
    public required long Id { get; init; }

    /// <summary>In lower case, with single blanks, without operators.</summary>
    public required string Words { get; init; }

    /// <summary>A bit for each searcher; different ones may share it.</summary>
    public long Marks { get; private set; }

    /// <summary>How many marks there are: about as many as searchers, since two may share one, and one has a new one after a restart and on another node.</summary>
    public int Searchers { get; private set; }

    /// <summary>The last day on which they were searched for, UTC.</summary>
    public DateOnly LastDay { get; private set; }

    public void Add(long marks, DateOnly day)
    {
        Marks |= marks;
        Searchers = BitOperations.PopCount((ulong)Marks);
        LastDay = day > LastDay ? day : LastDay;
    }

    /// <summary>What of a query is counted; null where there are no words, or such that may belong to a person: addresses and long numbers.</summary>
    public static string? Of(string? query)
    {
        var words = ParsedQuery.Of(query, [Language.English]).Said;
        return words.Length is < 2 or > MaxLength || words.Contains('@') || LongestNumber(words) > MostDigits ? null : words;
    }

    internal static long IdOf(string words) => BitConverter.ToInt64(SHA256.HashData(Encoding.UTF8.GetBytes(words)));

    /// <summary>Digits in a row; what people set numbers apart by does not end one.</summary>
    private static int LongestNumber(string words)
    {
        var (longest, digits) = (0, 0);
        foreach (var c in words)
            if (char.IsDigit(c))
                longest = Math.Max(longest, ++digits);
            else if (c is not (' ' or '-' or '/' or '.' or '(' or ')' or '+'))
                digits = 0;
        return longest;
    }

    internal sealed class Map : IEntityTypeConfiguration<SearchedWords>
    {
        public void Configure(EntityTypeBuilder<SearchedWords> words)
        {
            words.Property(w => w.Id).ValueGeneratedNever();
            words.Property(w => w.Words).HasMaxLength(MaxLength);
            words.HasIndex(w => new { w.Searchers, w.LastDay });
        }
    }
}

/// <summary>How often words were searched for on one UTC day.</summary>
public sealed class SearchedDay
{
    public required long WordsId { get; init; }

    public SearchedWords Of { get; init; } = null!;

    public required DateOnly Day { get; init; }

    public int Searches { get; init; }

    /// <summary>Searches that found nothing.</summary>
    public int Empty { get; init; }

    /// <summary>Results that were followed.</summary>
    public int Clicks { get; init; }

    internal sealed class Map : IEntityTypeConfiguration<SearchedDay>
    {
        public void Configure(EntityTypeBuilder<SearchedDay> day)
        {
            day.HasKey(d => new { d.Day, d.WordsId });
            day.HasOne(d => d.Of).WithMany().HasForeignKey(d => d.WordsId);
        }
    }
}
