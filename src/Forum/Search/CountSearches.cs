using Forum.Data;
using Microsoft.EntityFrameworkCore;

namespace Forum.Search;

/// <summary>What was counted in memory about words on a day.</summary>
/// <param name="Words">As <see cref="SearchedWords.Of"/> gives them.</param>
/// <param name="Marks">A bit for each searcher.</param>
public sealed record SearchTally(string Words, DateOnly Day, int Searches, int Empty, int Clicks, long Marks)
{
    public SearchTally And(SearchTally other) => this with { Searches = Searches + other.Searches, Empty = Empty + other.Empty, Clicks = Clicks + other.Clicks, Marks = Marks | other.Marks };
}

/// <summary>Adds up what was searched for, as it was counted in memory; no search writes by itself.</summary>
public sealed class CountSearches(ForumWriter writer)
{
    /// <summary>Words in one transaction, so that others who write need not wait long.</summary>
    private const int BatchSize = 200;

    public async Task<Result<Done>> RunAsync(Actor actor, IReadOnlyCollection<SearchTally> counted, CancellationToken cancellation)
    {
        if (!actor.IsOperator)
            return Refusal.Forbidden("Only the operator counts searches.");
        foreach (var batch in counted.OrderBy(t => SearchedWords.IdOf(t.Words)).ThenBy(t => t.Day).Chunk(BatchSize))
            _ = (await writer.RunAsync<Done>(actor, (deed, cancellation) => AddAsync(deed.Db, batch, cancellation), cancellation)).Required;
        return new Done();
    }

    private static async Task<Result<Done>> AddAsync(ForumDbContext db, SearchTally[] counted, CancellationToken cancellation)
    {
        var ids = counted.Select(t => SearchedWords.IdOf(t.Words)).Distinct().ToList();
        var known = await db.SearchedWords.Where(w => ids.Contains(w.Id)).ToDictionaryAsync(w => w.Id, cancellation);
        var room = known.Count == ids.Count ? 0 : ForgetSearches.MostRare - await db.SearchedWords.CountAsync(w => w.Searchers < SearchedWords.MinSearchers, cancellation);
        foreach (var tally in counted)
        {
            var id = SearchedWords.IdOf(tally.Words);
            if (!known.TryGetValue(id, out var words) && room-- <= 0)
                continue;
            if (words is null)
                db.SearchedWords.Add(known[id] = words = new SearchedWords { Id = id, Words = tally.Words });
            words.Add(tally.Marks, tally.Day);
            var added = await db.SearchedDays.Where(d => d.WordsId == id && d.Day == tally.Day).ExecuteUpdateAsync(
                set => set.SetProperty(d => d.Searches, d => d.Searches + tally.Searches).SetProperty(d => d.Empty, d => d.Empty + tally.Empty).SetProperty(d => d.Clicks, d => d.Clicks + tally.Clicks), cancellation);
            if (added == 0)
                db.SearchedDays.Add(new SearchedDay { WordsId = id, Of = words, Day = tally.Day, Searches = tally.Searches, Empty = tally.Empty, Clicks = tally.Clicks });
        }
        return new Done();
    }
}

/// <summary>Forgets what was searched for: all of it after a year, and words of few searchers after a month. Several nodes may do it at once.</summary>
public sealed class ForgetSearches(ForumWriter writer)
{
    /// <summary>Days that are kept: the longest period of the reports.</summary>
    public const int KeptDays = 365;

    /// <summary>Days that words are kept which too few have searched for yet to be shown.</summary>
    public const int RareDays = 30;

    /// <summary>Such words that are kept beyond one tidying, those searched for last.</summary>
    internal const int MaxRare = 50_000;

    /// <summary>Such words that there are at all; further ones wait for the next tidying, so that a machine that asks for anything fills no disk.</summary>
    internal const int MostRare = 2 * MaxRare;

    /// <returns>How many words were forgotten.</returns>
    public async Task<Result<int>> RunAsync(Actor actor, CancellationToken cancellation) => !actor.IsOperator
        ? Refusal.Forbidden("Only the operator tidies up.")
        : await writer.RunAsync<int>(actor, async (deed, cancellation) =>
        {
            var db = deed.Db;
            var today = DateOnly.FromDateTime(deed.Now);
            var (oldest, rare) = (today.AddDays(-KeptDays), today.AddDays(-RareDays));
            var few = db.SearchedWords.Where(w => w.Searchers < SearchedWords.MinSearchers);
            var surplus = few.OrderByDescending(w => w.LastDay).ThenByDescending(w => w.Id).Skip(MaxRare).Select(w => w.Id);
            var gone = db.SearchedWords.Where(w => w.LastDay < oldest || w.Searchers < SearchedWords.MinSearchers && w.LastDay < rare || surplus.Contains(w.Id));
            await db.SearchedDays.Where(d => d.Day < oldest || gone.Any(w => w.Id == d.WordsId)).ExecuteDeleteAsync(cancellation);
            return await gone.ExecuteDeleteAsync(cancellation);
        }, cancellation);
}
