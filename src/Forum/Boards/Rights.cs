using Forum.Data;
using Forum.Members;
using Microsoft.EntityFrameworkCore;

namespace Forum.Boards;

/// <summary>What an actor may do, read from the database at the moment of asking.</summary>
public sealed class Rights
{
    /// <summary>Trust from which a member may mark solutions on the topics of others.</summary>
    public const byte MarkingTrust = 4;

    /// <summary>Trust from which a member may edit the posts of others.</summary>
    public const byte EditingTrust = 4;

    /// <summary>Trust from which a member may make new tags (table of rights).</summary>
    public const byte TaggingTrust = 2;

    /// <summary>Most trust that gives no say over what others wrote.</summary>
    private const byte OrdinaryTrust = 3;

    public static readonly Rights OfVisitor = new();

    /// <summary>What a visitor would have as a member.</summary>
    public static readonly Rights OfNewMember = new() { MemberId = 0 };

    public static readonly Rights OfOperator = new() { Roles = SiteRole.Admin, Trust = MarkingTrust };

    public long? MemberId { get; init; }

    public SiteRole Roles { get; init; }

    public byte Trust { get; init; }

    /// <summary>A member of trust 0, whose limits are narrow.</summary>
    public bool IsNewcomer => IsMember && Trust == 0;

    /// <summary>Suspended right now: may read, not write.</summary>
    public bool Suspended { get; init; }

    /// <summary>Boards this member moderates by appointment.</summary>
    public IReadOnlyList<long> ModeratedBoards { get; init; } = [];

    public bool IsMember => MemberId is not null;

    public bool IsStaff => Roles != SiteRole.None;

    public bool IsAdmin => Roles.HasFlag(SiteRole.Admin);

    /// <summary>Boards open at this level or below are readable.</summary>
    public ReadAccess Access => IsStaff ? ReadAccess.Staff : IsMember ? ReadAccess.Members : ReadAccess.Everyone;

    /// <summary>Queue, hide, delete, restore: moderators of the site everywhere, those of a board there.</summary>
    public bool Moderates(long boardId) => (Roles & ~SiteRole.Staff) != 0 || ModeratedBoards.Contains(boardId);

    /// <summary>Moderates the site, or a board of it.</summary>
    public bool ModeratesAny => Moderates(0) || ModeratedBoards.Count > 0;

    /// <summary>Speaks for the staff there, and reads and writes its notes: staff of the site everywhere, moderators of a board there.</summary>
    public bool IsStaffOf(long boardId) => IsStaff || Moderates(boardId);

    public bool MayRead(Board board) => board.Read <= Access || ModeratedBoards.Contains(board.Id);

    /// <summary>May mark solutions on the topics of others on that board.</summary>
    public bool MarksSolutionsOf(long boardId) => IsStaffOf(boardId) || Trust >= MarkingTrust;

    /// <summary>May close the topics of others on that board and open them again.</summary>
    public bool ClosesOn(long boardId) => IsStaffOf(boardId) || Trust >= EditingTrust;

    /// <summary>May give a topic of that board a tag that there is not yet.</summary>
    public bool MakesTagsOn(long boardId) => IsStaffOf(boardId) || Trust >= TaggingTrust;

    /// <summary>Looks after boards and tags.</summary>
    public bool IsManager => (Roles & (SiteRole.Manager | SiteRole.Admin)) != 0;

    /// <summary>Why this actor may not make or change boards; null when they may.</summary>
    public Refusal? CannotChangeBoards() => CannotManage("Only managers make and change boards.");

    /// <summary>Why this actor may not say what tags are for, rename or merge them; null when they may.</summary>
    public Refusal? CannotChangeTags() => CannotManage("Only managers look after tags.");

    /// <summary>Why this actor may not say which words mean the same to the search; null when they may.</summary>
    public Refusal? CannotChangeSynonyms() => CannotManage("Only managers look after synonyms.");

    /// <summary>Why this actor may not make, change, give or take badges; null when they may.</summary>
    public Refusal? CannotChangeBadges() => CannotManage("Only managers look after badges.");

    /// <summary>Why this actor may not set anybody's trust by hand; null when they may.</summary>
    public Refusal? CannotSetTrust() => CannotManage("Only managers set trust by hand.");

    /// <summary>Why this actor may not see reports about the whole forum; null when they may.</summary>
    public Refusal? CannotSeeReports() => CannotManage("Only managers see reports.");

    /// <summary>These rights as far as an actor of that power may use them.</summary>
    internal Rights Within(Power power) => power switch
    {
        Power.Full => this,
        Power.Moderator => new()
        {
            MemberId = MemberId,
            Trust = Trust,
            Suspended = Suspended,
            ModeratedBoards = ModeratedBoards,
            Roles = Moderates(0) ? Roles & SiteRole.Staff | SiteRole.Moderator : Roles,
        },
        _ => new() { MemberId = MemberId, Trust = Math.Min(Trust, OrdinaryTrust), Suspended = Suspended },
    };

    private Refusal? CannotManage(string refusal) => !IsManager ? Refusal.Forbidden(refusal) : Suspended ? CannotWrite() : null;

    /// <summary>Why this actor may write nothing at all at the moment; null when they may.</summary>
    public Refusal? CannotWrite() =>
        !IsMember ? Refusal.SignInFirst
        : Suspended ? Refusal.Forbidden("Your account is suspended. You can read, but not write.")
        : null;
}

public static class RightsQueries
{
    /// <summary>The actor's rights as the database has them now. A member that no longer exists is a visitor.</summary>
    public static async Task<Rights> RightsOfAsync(this ForumDbContext db, Actor actor, DateTime now, CancellationToken cancellation)
    {
        if (actor.IsOperator)
            return Rights.OfOperator;
        if (actor.MemberId is not { } id)
            return Rights.OfVisitor;
        var row = await db.Users.AsNoTracking().Where(m => m.Id == id).Select(m => new
        {
            m.Trust,
            m.SuspendedUntil,
            m.Roles,
            Boards = db.BoardModerators.Where(b => b.MemberId == m.Id).Select(b => b.BoardId).ToList(),
        }).SingleOrDefaultAsync(cancellation);
        if (row is null)
            return Rights.OfVisitor;
        return new Rights
        {
            MemberId = id,
            Trust = row.Trust,
            Suspended = row.SuspendedUntil > now,
            Roles = row.Roles,
            ModeratedBoards = row.Boards,
        }.Within(actor.Power);
    }

    /// <summary>The boards these rights let be read.</summary>
    public static IQueryable<Board> ReadableBy(this IQueryable<Board> boards, Rights rights)
    {
        var access = rights.Access;
        if (rights.ModeratedBoards.Count == 0)
            return boards.Where(b => b.Read <= access);
        var own = rights.ModeratedBoards;
        return boards.Where(b => b.Read <= access || own.Contains(b.Id));
    }
}
