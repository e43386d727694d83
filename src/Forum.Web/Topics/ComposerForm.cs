using Forum.Topics;

namespace Forum.Web.Topics;

/// <summary>What every form around a composer sends; the page that holds it adds its own fields.</summary>
public class ComposerForm
{
    public const string Preview = "preview";
    public const string Draft = "draft";
    public const string Swap = "swap";
    public const string Attach = "attach";

    public string? Markdown { get; set; }

    /// <summary>A file to be attached to the text.</summary>
    public IFormFile? File { get; set; }

    /// <summary>Tells a form sent twice from two forms.</summary>
    public string? Key { get; set; }

    /// <summary>What the pressed button wants instead of posting: <see cref="Preview"/>, <see cref="Draft"/> …; null posts.</summary>
    public string? Do { get; set; }

    /// <summary>When the form was opened; see <see cref="Host.FormClock"/>.</summary>
    public string? Began { get; set; }

    /// <summary>The version of the draft that this text goes on from.</summary>
    public int DraftVersion { get; set; }

    public bool Posts => string.IsNullOrEmpty(Do);

    /// <summary>When the text shown was kept; null where it was not.</summary>
    public DateTime? Saved { get; private set; }

    /// <summary>Another text of the same place.</summary>
    public string? Other { get; private set; }

    /// <summary>The text was kept just now, at the writer's wish.</summary>
    public bool Kept { get; private set; }

    /// <summary>Begins with a draft, where there is one.</summary>
    internal void Begin(DraftView? draft)
    {
        if (draft is not null)
            (Markdown, DraftVersion, Saved, Other) = (draft.Markdown, draft.Version, draft.Saved, draft.Other);
    }

    internal void Keep(SavedDraft draft)
    {
        (DraftVersion, Saved, Other) = (draft.Version, draft.Saved, draft.Other ?? Other);
        Kept = Do == Draft;
    }
}
