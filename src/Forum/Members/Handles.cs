using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Forum.Data;
using Microsoft.EntityFrameworkCore;

namespace Forum.Members;

/// <summary>The rules of handles, and the one a member gets who chose none.</summary>
public static class Handles
{
    /// <summary>Names that would pass for staff or for a part of the site.</summary>
    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        "admin", "administrator", "moderator", "mod", "staff", "manager", "system", "root", "support", "help", "forum", "community", "official", "everyone", "all", "here", "me", "null", "undefined", "anonymous",
    };

    /// <summary>What handles of erased accounts begin with.</summary>
    public const string Former = "former-";

    /// <summary>What an account is called until its address is confirmed: nobody guesses it.</summary>
    public static string Waiting() => $"new-{RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz0123456789", Member.MaxHandleLength - 4)}";

    /// <summary>Digits that a stem leaves room for, and the numbers they make.</summary>
    private const int RoomForNumber = 6, MostNumbers = 1_000_000;

    private const int GuessesPerTry = 10;

    /// <summary>NFKC of what was typed, without blanks around it.</summary>
    public static string Clean(string? typed) => Typed.Line(typed).Normalize(NormalizationForm.FormKC).TrimStart('@');

    public static string Normalize(string handle) => handle.ToUpperInvariant();

    /// <summary>Why this cannot be a handle; null when it can.</summary>
    public static Refusal? Refusal(string handle) =>
        handle.Length is < Member.MinHandleLength or > Member.MaxHandleLength
            ? Forum.Refusal.Invalid("A handle has {0} to {1} characters.", "Handle", Member.MinHandleLength, Member.MaxHandleLength)
        : !handle.All(IsOfAHandle) || !char.IsAsciiLetterOrDigit(handle[0])
            ? Forum.Refusal.Invalid("A handle is made of the letters a–z, digits, _ and -, and begins with a letter or digit.", "Handle")
        : Reserved.Contains(handle) || handle.StartsWith(Former, StringComparison.OrdinalIgnoreCase) ? Forum.Refusal.Invalid("This handle is reserved. Please choose another.", "Handle")
        : null;

    /// <summary>A free handle for that name: first name, initial of the last and, where taken, a number, so that it shows no more than the name policy does.</summary>
    public static async Task<string> ForAsync(ForumDbContext db, string name, CancellationToken cancellation)
    {
        var stem = Stem(name);
        IEnumerable<string> candidates = [stem, .. Enumerable.Range(2, 8).Select(n => $"{stem}{n}")];
        for (var below = 100; ; below = Math.Min(below * 10, MostNumbers))
        {
            var free = candidates.Where(h => Refusal(h) is null).ToList();
            var normalized = free.ConvertAll(Normalize);
            var taken = await db.TakenHandles(normalized).ToListAsync(cancellation);
            if (free.Find(h => !taken.Contains(Normalize(h))) is { } handle)
                return handle;
            // Taken by chance among ten times as many each time: however many share a name, a few questions find a free one.
            candidates = Enumerable.Range(0, GuessesPerTry).Select(_ => $"{stem}{Random.Shared.Next(below / 10, below)}").ToList();
        }
    }

    /// <summary>What may be the beginning of a handle as it is; else in plain letters without blanks, as handles are made of names.</summary>
    public static string Beginning(string typed) => Clean(typed) is var handle && handle.All(IsOfAHandle) ? handle
        : string.Concat(handle.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(Plain));

    private static bool IsOfAHandle(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '-';

    /// <summary>First name and initial in plain letters; "member" when the name has none.</summary>
    public static string Stem(string name)
    {
        var words = name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(Plain).Where(w => w.Length > 0).ToList();
        var stem = words.Count switch { 0 => "", 1 => words[0], _ => words[0] + words[^1][0] };
        stem = stem.Length > Member.MaxHandleLength - RoomForNumber ? stem[..(Member.MaxHandleLength - RoomForNumber)] : stem;
        return stem.Length >= Member.MinHandleLength ? stem : $"member{stem}";
    }

    private static string Plain(string word) => new([.. word.Normalize(NormalizationForm.FormKD)
        .Where(c => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark && char.IsAsciiLetterOrDigit(c)).Select(char.ToLowerInvariant)]);
}
