using Forum.Boards;
using Forum.Data;
using Forum.Members;
using Microsoft.EntityFrameworkCore;

namespace Forum.Topics;

/// <param name="Place">Where it is written; see <see cref="DraftPlace"/>.</param>
/// <param name="Version">The version that the writer last saw; 0 when they saw none.</param>
/// <param name="Secret">For a visitor's draft: the secret it was given; null for a new one.</param>
public sealed record DraftText(
    string Place, int Version, string? Title, string? Board, string? Tags, string? Markdown, string? Answers = null, long? ReplyTo = null, string? Secret = null);

/// <param name="Secret">For a visitor: finds the draft again.</param>
/// <param name="Other">The text that this save replaced, where it was another one written elsewhere.</param>
public sealed record SavedDraft(int Version, DateTime Saved, string? Secret, string? Other);

/// <summary>
/// Keeps what somebody is writing, as far as it has come. The newest text wins; one that was written elsewhere meanwhile is kept beside it.
/// Takes what could not be posted: nothing is too short, and a title may be missing.
/// </summary>
public sealed class SaveDraft(ForumWriter writer)
{
    /// <summary>Longest text that is kept, in characters: more than can be posted, so that a text that is too long can be shortened later.</summary>
    public const int MaxLength = Post.MaxStoredLength;

    public async Task<Result<SavedDraft>> RunAsync(Actor actor, DraftText input, CancellationToken cancellation)
    {
        if (!DraftPlace.IsOne(input.Place))
            return Refusal.Invalid("Drafts are kept for questions, replies and edits.", "Place");
        var markdown = Typed.Text(input.Markdown);
        if (markdown.Length > MaxLength || input.Answers?.Length > MaxLength)
            return Refusal.Invalid("This text is too long to be kept: shorten it to {0} characters.", "Markdown", MaxLength);

        return await writer.RunAsync<SavedDraft>(actor, async (deed, cancellation) =>
        {
            var db = deed.Db;
            if (actor.MemberId is { } id && !await db.Users.AnyAsync(m => m.Id == id, cancellation))
                return Refusal.SignInFirst;
            var draft = await db.FindDraftAsync(actor, input.Place, input.Secret, cancellation);
            var secret = draft is null && actor.MemberId is null ? Secrets.New() : input.Secret;
            if (draft is null)
                db.Drafts.Add(draft = new Draft { MemberId = actor.MemberId, SecretHash = actor.MemberId is null ? Secrets.Hash(secret!) : null, Place = input.Place, Saved = deed.Now, Version = 0 });

            var elsewhere = draft.Version != input.Version && draft.Markdown.Length > 0 && draft.Markdown != markdown;
            if (elsewhere)
                draft.Other = draft.Markdown;
            draft.Title = Cut(Typed.Line(input.Title), Topic.MaxTitleLength * 2);
            draft.Board = Cut(Typed.Line(input.Board), Board.MaxSlugLength);
            draft.Tags = Cut(Typed.Line(input.Tags), Draft.MaxTagsLength);
            draft.Markdown = markdown;
            draft.Answers = input.Answers;
            draft.ReplyToId = input.ReplyTo;
            draft.Saved = deed.Now;
            draft.Version++;
            return new SavedDraft(draft.Version, deed.Now, secret, elsewhere ? draft.Other : null);
        }, cancellation);
    }

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..length];
}

/// <summary>Gives a visitor's draft to the member they have become. One that the member has at the same place is kept beside it.</summary>
public sealed class ClaimDraft(ForumWriter writer)
{
    /// <param name="typedHere">It was written in this browser. Otherwise somebody else may have made the link, and it is the one that is kept beside what the member has.</param>
    public Task<Result<Done>> RunAsync(Actor actor, string secret, bool typedHere, CancellationToken cancellation) =>
        writer.RunAsync<Done>(actor, async (deed, cancellation) =>
        {
            if (actor.MemberId is not { } memberId)
                return Refusal.SignInFirst;
            var hash = Secrets.Hash(secret);
            var draft = await deed.Db.Drafts.SingleOrDefaultAsync(d => d.SecretHash == hash && d.MemberId == null, cancellation);
            if (draft is null)
                return Refusal.NotFound;
            if (await deed.Db.FindDraftAsync(actor, draft.Place, null, cancellation) is { } own)
            {
                var (stays, goes) = typedHere || own.Title.Length + own.Markdown.Length == 0 ? (draft, own) : (own, draft);
                stays.Other = goes.Title.Length + goes.Markdown.Length > 0 ? Cut($"{goes.Title}\n\n{goes.Markdown}".Trim()) : goes.Other ?? stays.Other;
                deed.Db.Drafts.Remove(goes);
                if (stays == own)
                    return new Done();
                await deed.Db.SaveChangesAsync(cancellation);
            }
            (draft.MemberId, draft.SecretHash) = (memberId, null);
            return new Done();
        }, cancellation);

    private static string Cut(string text) => text.Length <= SaveDraft.MaxLength ? text : text[..SaveDraft.MaxLength];
}

/// <summary>Takes back the text that a save from elsewhere replaced: the two change places.</summary>
public sealed class SwapDraft(ForumWriter writer)
{
    public Task<Result<Done>> RunAsync(Actor actor, string place, CancellationToken cancellation) =>
        writer.RunAsync<Done>(actor, async (deed, cancellation) =>
        {
            if (await deed.Db.FindDraftAsync(actor, place, null, cancellation) is not { Other: { } other } draft)
                return Refusal.NotFound;
            (draft.Markdown, draft.Other, draft.Saved) = (other, draft.Markdown, deed.Now);
            draft.Version++;
            return new Done();
        }, cancellation);
}

/// <summary>Throws one's own draft away.</summary>
public sealed class DiscardDraft(ForumWriter writer)
{
    public Task<Result<Done>> RunAsync(Actor actor, string place, CancellationToken cancellation) =>
        writer.RunAsync<Done>(actor, async (deed, cancellation) =>
        {
            await deed.DropDraftAsync(place, cancellation);
            return new Done();
        }, cancellation);
}

internal static class DraftDeeds
{
    public static Task<Draft?> FindDraftAsync(this ForumDbContext db, Actor actor, string place, string? secret, CancellationToken cancellation)
    {
        if (actor.MemberId is { } memberId)
            return db.Drafts.SingleOrDefaultAsync(d => d.MemberId == memberId && d.Place == place, cancellation);
        var hash = secret is null ? "" : Secrets.Hash(secret);
        return db.Drafts.SingleOrDefaultAsync(d => d.SecretHash == hash && d.MemberId == null && d.Place == place, cancellation);
    }

    /// <summary>Removes the actor's draft of a place: it was posted, or thrown away.</summary>
    public static Task DropDraftAsync(this Deed deed, string place, CancellationToken cancellation) =>
        deed.Db.Drafts.Where(d => d.MemberId == deed.Actor.MemberId && d.Place == place).ExecuteDeleteAsync(cancellation);
}
