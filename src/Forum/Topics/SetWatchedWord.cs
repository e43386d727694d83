using System.Globalization;
using Forum.Boards;
using Forum.Data;
using Forum.Members;
using Microsoft.EntityFrameworkCore;

namespace Forum.Topics;

/// <param name="Pattern">Words, with a * before or after them for any letters; or a host such as example.com.</param>
/// <param name="Replacement">What stands in its place, where it is replaced.</param>
/// <param name="Note">Why, for staff alone.</param>
/// <param name="Days">One of <see cref="Block.Days"/>; null for good.</param>
public sealed record WatchedInput(string? Pattern, bool Host, WatchedAction Action, string? Replacement = null, string? Note = null, int? Days = null);

/// <summary>Watches for a word, an expression or a host of links; said again, what happens to it is changed.</summary>
public sealed class SetWatchedWord(ForumWriter writer)
{
    public Task<Result<Done>> RunAsync(Actor actor, WatchedInput input, CancellationToken cancellation)
    {
        if (!Read(input).Is(out var read, out var wrong))
            return Task.FromResult<Result<Done>>(wrong);
        return writer.RunAsync<Done>(actor, async (deed, cancellation) =>
        {
            var db = deed.Db;
            if ((await db.RightsOfAsync(actor, deed.Now, cancellation)).CannotWatchWords() is { } mayNot)
                return mayNot;
            var (normalized, host) = (read.PatternNormalized, input.Host);
            var word = await db.WatchedWords.SingleOrDefaultAsync(w => w.Host == host && w.PatternNormalized == normalized, cancellation);
            var before = word is null ? null : WatchedRules.Said(word);
            if (word is null && await db.WatchedWords.CountAsync(cancellation) >= WatchedWord.Max)
                return Refusal.Invalid("There are {0} watched words, which is all there may be. Take one away first.", "Pattern", WatchedWord.Max);
            if (word is null)
                db.WatchedWords.Add(word = new() { Pattern = read.Pattern, PatternNormalized = normalized, Host = host, Action = input.Action, At = deed.Now });
            (word.Action, word.Replacement, word.Note, word.ById, word.At) = (read.Action, read.Replacement, read.Note, actor.MemberId, deed.Now);
            word.Until = input.Days is { } days ? deed.Now.AddDays(days) : null;
            deed.Audit("word.watched", note: word.Pattern, before: before, after: WatchedRules.Said(word));
            return new Done();
        }, cancellation);
    }

    private static Result<WatchedWord> Read(WatchedInput input)
    {
        var (pattern, replacement, note) = (Typed.Line(input.Pattern), Typed.Line(input.Replacement), Typed.Line(input.Note));
        if (!Enum.IsDefined(input.Action))
            return Refusal.Invalid("Please choose what happens.", "Action");
        if (pattern.Length is 0 or > WatchedWord.MaxPatternLength)
            return Refusal.Invalid("Please name what to watch for, in at most {0} characters.", "Pattern", WatchedWord.MaxPatternLength);
        if (input.Days is { } days && !Block.Days.Contains(days))
            return Refusal.Invalid("Please choose for how long.", "Days");
        if (note.Length > WatchedWord.MaxNoteLength)
            return Refusal.Invalid("Please say it in at most {0} characters.", "Note", WatchedWord.MaxNoteLength);
        var normalized = input.Host ? WatchedRules.HostOf(pattern) : WatchedRules.WordsOf(pattern);
        if (normalized is null)
            return input.Host ? Refusal.Invalid("Please name a host, such as example.com.", "Pattern") : Refusal.Invalid("Please type words of letters and digits, with a * before or after them for any letters.", "Pattern");
        if (input.Action == WatchedAction.Replace && (input.Host || replacement.Length is 0 or > WatchedWord.MaxPatternLength))
            return input.Host ? Refusal.Invalid("Links are held or refused.", "Action") : Refusal.Invalid("Please say what stands in its place, in at most {0} characters.", "Replacement", WatchedWord.MaxPatternLength);
        var read = new WatchedWord { Pattern = input.Host ? normalized : pattern, PatternNormalized = normalized, Host = input.Host, Action = input.Action, Replacement = input.Action == WatchedAction.Replace ? replacement : null, Note = note.Length > 0 ? note : null, At = default };
        // Or each edit would replace it again.
        return read.Replacement is { } other && new Screen([read]).Look(other, []).Count > 0 ? Refusal.Invalid("What stands in its place must not hold the word itself.", "Replacement") : read;
    }
}

/// <summary>No longer watches for it. Doing it twice is doing it once.</summary>
public sealed class RemoveWatchedWord(ForumWriter writer)
{
    public Task<Result<Done>> RunAsync(Actor actor, long id, CancellationToken cancellation) => writer.RunAsync<Done>(actor, async (deed, cancellation) =>
    {
        if ((await deed.Db.RightsOfAsync(actor, deed.Now, cancellation)).CannotWatchWords() is { } mayNot)
            return mayNot;
        if (await deed.Db.WatchedWords.SingleOrDefaultAsync(w => w.Id == id, cancellation) is not { } word)
            return new Done();
        deed.Db.WatchedWords.Remove(word);
        deed.Audit("word.unwatched", note: word.Pattern, before: WatchedRules.Said(word));
        return new Done();
    }, cancellation);
}

internal static class WatchedRules
{
    public static string Said(WatchedWord word) =>
        (word.Action == WatchedAction.Replace ? $"{word.Action}: {word.Replacement}" : word.Action.ToString()) + (word.Until is { } until ? string.Create(CultureInfo.InvariantCulture, $", {until:yyyy-MM-dd}") : "");

    /// <summary>The words as they are compared, with the * before and after them; null where it holds no word.</summary>
    public static string? WordsOf(string pattern)
    {
        var bare = pattern.Trim('*');
        var words = FoldedText.Fold(bare).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 0 || words.Any(w => !w.EnumerateRunes().All(FoldedText.IsOfWord)) ? null
            : $"{(pattern.StartsWith('*') ? "*" : "")}{string.Join(' ', words)}{(pattern.EndsWith('*') ? "*" : "")}";
    }

    /// <summary>The host of an address or a host as it was typed; null where it is none.</summary>
    public static string? HostOf(string typed)
    {
        var host = typed.Contains("://", StringComparison.Ordinal) ? typed : $"https://{typed}";
        return Uri.TryCreate(host, UriKind.Absolute, out var address) && address.IdnHost.Contains('.', StringComparison.Ordinal) && Uri.CheckHostName(address.IdnHost) == UriHostNameType.Dns ? address.IdnHost.ToLowerInvariant() : null;
    }
}
