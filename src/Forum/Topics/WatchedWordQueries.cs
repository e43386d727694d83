using Forum.Boards;
using Forum.Data;
using Forum.Rendering;
using Microsoft.EntityFrameworkCore;

namespace Forum.Topics;

/// <param name="Found">What was found, the graver first.</param>
/// <param name="Text">What would be stored, where nothing is refused.</param>
public sealed record Sampled(IReadOnlyList<Finding> Found, string Text);

/// <summary>Reads what is watched for, and tries it on a sample; for managers.</summary>
public sealed class WatchedWordQueries(IDbContextFactory<ForumDbContext> contexts, PostRenderer renderer, Screens screens)
{
    /// <summary>In the order of the alphabet, those alone that hold the words of <paramref name="search"/>.</summary>
    public async Task<Result<IReadOnlyList<WatchedWord>>> AllAsync(Rights rights, string? search, CancellationToken cancellation)
    {
        if (rights.CannotWatchWords() is { } refusal)
            return refusal;
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var words = db.WatchedWords.AsNoTracking().Include(w => w.By).AsQueryable();
        if (FoldedText.Fold(Typed.Line(search)) is { Length: > 0 } part)
            words = words.Where(w => w.PatternNormalized.Contains(part));
        return Result<IReadOnlyList<WatchedWord>>.Of(await words.OrderBy(w => w.PatternNormalized).Take(WatchedWord.Max).ToListAsync(cancellation));
    }

    /// <summary>What would happen to a text, and to the addresses in it, if a member wrote it now.</summary>
    public async Task<Sampled> TryAsync(string? sample, CancellationToken cancellation)
    {
        var (text, screen) = (Typed.Text(sample), await screens.CurrentAsync(cancellation));
        var (words, links) = renderer.Render(text).Is(out var rendered, out _) ? (rendered.Text, Screens.LinksIn(rendered.Html)) : (text, []);
        return new(screen.Look(words, links), screen.Replace(text));
    }
}
