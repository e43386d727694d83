using Forum.Boards;
using Forum.Data;
using Microsoft.EntityFrameworkCore;

namespace Forum.Topics;

/// <summary>A board to ask on, with what it wants to be told.</summary>
/// <param name="Guidance">In Markdown; empty when there is nothing to say.</param>
/// <param name="Template">The text to begin with.</param>
/// <param name="Tags">What it asks of tags.</param>
/// <param name="MakesTags">The reader may make new tags by using them.</param>
public sealed record AskBoard(string Slug, string Name, string Guidance, string Template, IReadOnlyList<AskField> Fields, BoardTags Tags, bool MakesTags);

/// <summary>The boards that one may begin a topic on. A visitor is shown those they could ask on as a member, of the boards they may read.</summary>
public sealed class BoardChoices(IDbContextFactory<ForumDbContext> contexts, TagQueries tags)
{
    public async Task<IReadOnlyList<AskBoard>> ForAsync(Rights rights, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var boards = await db.Boards.AsNoTracking().ReadableBy(rights).OrderBy(b => b.Position).ThenBy(b => b.Name).ToListAsync(cancellation);
        var rules = await tags.OfBoardsAsync(cancellation);
        var asker = rights.IsMember ? rights : Rights.OfNewMember;
        return [.. boards.Where(b => b.CannotBePostedOn(asker) is null).Select(b => new AskBoard(b.Slug, b.Name, b.Guidance, b.AskTemplate, AskField.Of(b), rules.GetValueOrDefault(b.Id, BoardTags.Free), asker.MakesTagsOn(b.Id)))];
    }
}
