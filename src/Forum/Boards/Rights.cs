using Forum.Data;
using Forum.Members;
using Forum.Settings;
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

    /// <summary>Trust from which a member may rename, re-tag and move the topics of others (table of rights).</summary>
    public const byte ArrangingTrust = 3;

    /// <summary>Most trust that gives no say over what others wrote.</summary>
    private const byte OrdinaryTrust = 2;

    private static readonly IReadOnlyDictionary<long, Right> NoBoards = new Dictionary<long, Right>();

    public static readonly Rights OfVisitor = new();

    /// <summary>What a visitor would have as a member.</summary>
    public static readonly Rights OfNewMember = new() { MemberId = 0 };

    public static readonly Rights OfOperator = new() { Roles = SiteRole.Admin, Trust = MarkingTrust };

    public long? MemberId { get; init; }

    /// <summary>The key of the picture beside their name, for what greets them; null for none.</summary>
    public string? Avatar { get; init; }

    public SiteRole Roles { get; init; }

    public byte Trust { get; init; }

    /// <summary>A member of trust 0, whose limits are narrow.</summary>
    public bool IsNewcomer => IsMember && Trust == 0;

    /// <summary>Suspended right now: may read, not write.</summary>
    public bool Suspended { get; init; }

    /// <summary>Silenced right now: may read and vote, not write.</summary>
    public bool Silenced { get; init; }

    /// <summary>What they write waits for a moderator, by a moderator's word.</summary>
    public bool PostsWait { get; init; }

    /// <summary>Staff who are members like others until they have a second factor.</summary>
    public bool LacksSecondFactor { get; init; }

    /// <summary>What this member may do on single boards, by appointment or by their groups.</summary>
    public IReadOnlyDictionary<long, Right> OnBoards { get; init; } = NoBoards;

    /// <summary>Boards this member moderates, by appointment or by a group.</summary>
    public IReadOnlyList<long> ModeratedBoards => OnBoards.Count == 0 ? [] : [.. OnBoards.Where(b => b.Value.Has(Right.Moderate)).Select(b => b.Key)];

    /// <summary>Boards that are open to this member whoever else may read them.</summary>
    public IReadOnlyList<long> OpenBoards => OnBoards.Count == 0 ? [] : [.. OnBoards.Keys];

    /// <summary>What tells what these rights let be read from what others do.</summary>
    public string ReadKey => $"{Access} {string.Join(',', ModeratedBoards.Order())} {string.Join(',', OpenBoards.Order())}";

    public bool IsMember => MemberId is not null;

    public bool IsStaff => Roles != SiteRole.None;

    public bool IsAdmin => Roles.HasFlag(SiteRole.Admin);

    /// <summary>Boards open at this level or below are readable.</summary>
    public ReadAccess Access => IsStaff ? ReadAccess.Staff : IsMember ? ReadAccess.Members : ReadAccess.Everyone;

    /// <summary>Queue, hide, delete, restore: moderators of the site everywhere, those of a board there.</summary>
    public bool Moderates(long boardId) => (Roles & ~SiteRole.Staff) != 0 || Has(boardId, Right.Moderate);

    /// <summary>Moderates the site, or a board of it.</summary>
    public bool ModeratesAny => Moderates(0) || OnBoards.Values.Any(r => r.Has(Right.Moderate));

    /// <summary>Speaks for the staff there, and reads and writes its notes: staff of the site everywhere, moderators of a board there.</summary>
    public bool IsStaffOf(long boardId) => IsStaff || Moderates(boardId);

    public bool MayRead(Board board) => board.Read <= Access || OnBoards.ContainsKey(board.Id);

    /// <summary>May begin topics there, if anybody may.</summary>
    public bool AsksOn(Board board) => board.Kind != BoardKind.Announcements && board.Ask == WriteAccess.Members || IsStaffOf(board.Id) || Has(board.Id, Right.Ask);

    /// <summary>May reply there, if anybody may.</summary>
    public bool RepliesOn(Board board) => board.Reply == WriteAccess.Members || IsStaffOf(board.Id) || Has(board.Id, Right.Reply);

    /// <summary>May mark solutions on the topics of others on that board.</summary>
    public bool MarksSolutionsOf(long boardId) => IsStaffOf(boardId) || Trust >= MarkingTrust || Has(boardId, Right.MarkSolutions);

    /// <summary>May close the topics of others on that board and open them again.</summary>
    public bool ClosesOn(long boardId) => IsStaffOf(boardId) || Trust >= EditingTrust || Has(boardId, Right.Close);

    /// <summary>May edit what others wrote on that board: staff without a say there may not.</summary>
    public bool EditsOthersOn(long boardId) => Moderates(boardId) || Trust >= EditingTrust || Has(boardId, Right.EditOthers);

    /// <summary>May rename, re-tag and move the topics of others on that board.</summary>
    public bool ArrangesOn(long boardId) => IsStaffOf(boardId) || Trust >= ArrangingTrust || Has(boardId, Right.Arrange);

    /// <summary>May give a topic of that board a tag that there is not yet.</summary>
    public bool MakesTagsOn(long boardId) => IsStaffOf(boardId) || Trust >= TaggingTrust || Has(boardId, Right.MakeTags);

    /// <summary>Looks after boards and tags.</summary>
    public bool IsManager => (Roles & (SiteRole.Manager | SiteRole.Admin)) != 0;

    /// <summary>Why this actor may not make or change boards; null when they may.</summary>
    public Refusal? CannotChangeBoards() => CannotManage("Only managers make and change boards.");

    /// <summary>Why this actor may not say what tags are for, rename or merge them; null when they may.</summary>
    public Refusal? CannotChangeTags() => CannotManage("Only managers look after tags.");

    /// <summary>Why this actor may not keep networks and e-mail addresses out; null when they may.</summary>
    public Refusal? CannotBlock() => CannotManage("Only managers keep networks and e-mail addresses out.");

    /// <summary>Why this actor may not invite people; null when they may.</summary>
    public Refusal? CannotInvite() => CannotManage("Only managers invite people.");

    /// <summary>Why this actor may not say which words mean the same to the search; null when they may.</summary>
    public Refusal? CannotChangeSynonyms() => CannotManage("Only managers look after synonyms.");

    /// <summary>Why this actor may not say which words and links posts are looked through for; null when they may.</summary>
    public Refusal? CannotWatchWords() => CannotManage("Only managers look after watched words.");

    /// <summary>Why this actor may not make, change, give or take badges; null when they may.</summary>
    public Refusal? CannotChangeBadges() => CannotManage("Only managers look after badges.");

    /// <summary>Why this actor may not make or change groups, nor say who is in them; null when they may.</summary>
    public Refusal? CannotChangeGroups() => CannotManage("Only managers look after groups.");

    /// <summary>Why this actor may not grant and revoke roles; null when they may. Administrators hold every right, so that nobody grants what they have not.</summary>
    public Refusal? CannotChangeRoles() => !IsAdmin ? Refusal.Forbidden("Only administrators grant and revoke roles.") : Suspended ? CannotWrite() : null;

    /// <summary>Why this actor may not make two accounts one; null when they may.</summary>
    public Refusal? CannotMergeMembers() => !IsAdmin ? Refusal.Forbidden("Only administrators merge accounts.") : Suspended ? CannotWrite() : null;

    /// <summary>Why this actor may not sign members out; null when they may.</summary>
    public Refusal? CannotEndSessions() => !IsAdmin ? Refusal.Forbidden("Only administrators end the sessions of others.") : Suspended ? CannotWrite() : null;

    /// <summary>Why this actor may not change a setting of the site; null when they may: ranks are the managers', everything else the administrators'.</summary>
    public Refusal? CannotChange(Setting setting) =>
        setting.Group == SettingGroup.Ranks ? CannotManage("Only managers look after ranks.")
        : !IsAdmin ? Refusal.Forbidden("Only administrators change this.") : Suspended ? CannotWrite() : null;

    /// <summary>Why this actor may not write the pages of the community; null when they may.</summary>
    public Refusal? CannotChangePages() => CannotManage("Only managers look after pages.");

    /// <summary>Why this actor may not see the settings of the site; null when they may.</summary>
    public Refusal? CannotSeeSettings() => CannotManage("Only managers see the settings.");

    /// <summary>Why this actor may not warn, silence and suspend members, nor see what staff keep about them; null when they may: moderators of the site.</summary>
    public Refusal? CannotSanction() => !Moderates(0) ? Refusal.Forbidden("Only moderators of the site do that.") : Suspended ? CannotWrite() : null;

    /// <summary>Why this actor may not set anybody's trust by hand; null when they may.</summary>
    public Refusal? CannotSetTrust() => CannotManage("Only managers set trust by hand.");

    /// <summary>Why this actor may not see reports about the whole forum; null when they may.</summary>
    public Refusal? CannotSeeReports() => CannotManage("Only managers see reports.");

    /// <summary>These rights while a second factor is demanded from staff and the member has none.</summary>
    internal Rights WithoutSecondFactor() => new()
    {
        MemberId = MemberId,
        Avatar = Avatar,
        Trust = Trust,
        Suspended = Suspended,
        Silenced = Silenced,
        PostsWait = PostsWait,
        LacksSecondFactor = true,
        OnBoards = OnBoards.Where(b => (b.Value & ~Right.Moderate) != 0).ToDictionary(b => b.Key, b => b.Value & ~Right.Moderate),
    };

    /// <summary>These rights as far as an actor of that power may use them.</summary>
    internal Rights Within(Power power) => power switch
    {
        Power.Full => this,
        Power.Moderator => new()
        {
            MemberId = MemberId,
            Trust = Trust,
            Suspended = Suspended,
            Silenced = Silenced,
            PostsWait = PostsWait,
            OnBoards = OnBoards,
            Roles = Moderates(0) ? Roles & SiteRole.Staff | SiteRole.Moderator : Roles,
        },
        _ => new()
        {
            MemberId = MemberId,
            Trust = Math.Min(Trust, OrdinaryTrust),
            Suspended = Suspended,
            Silenced = Silenced,
            PostsWait = PostsWait,
            // Whatever a group may do on a board, it reads it.
            OnBoards = OnBoards.Where(b => (b.Value & ~Right.Moderate) != 0).ToDictionary(b => b.Key, b => b.Value & OfMembers | Right.Read),
        },
    };

    /// <summary>What groups are given to do with what is one's own, which a key of members' power holds too.</summary>
    private const Right OfMembers = Right.Read | Right.Ask | Right.Reply | Right.MakeTags;

    private bool Has(long boardId, Right right) => OnBoards.TryGetValue(boardId, out var held) && held.Has(right);

    private Refusal? CannotManage(string refusal) => !IsManager ? Refusal.Forbidden(refusal) : Suspended ? CannotWrite() : null;

    /// <summary>Why this actor may write nothing at all at the moment; null when they may.</summary>
    public Refusal? CannotWrite() =>
        !IsMember ? Refusal.SignInFirst
        : Suspended ? Refusal.Forbidden("Your account is suspended. You can read, but not write.")
        : null;

    /// <summary>Why this actor may write no words at the moment, though they may vote; null when they may.</summary>
    public Refusal? CannotPost() => CannotWrite() ?? (Silenced ? Refusal.Forbidden("Your account is silenced. You can read and vote, but not write.") : null);
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
        var demands = db.SignIn is { StaffSecondFactor: true, Passwords: true };
        var row = await db.Users.AsNoTracking().Where(m => m.Id == id).Select(m => new
        {
            m.Avatar,
            m.Trust,
            m.SuspendedUntil,
            m.SilencedUntil,
            m.PostsWaitUntil,
            m.Roles,
            // Whoever has no password cannot come in by that alone: what else there is shows more than one thing, or is a provider's to answer for.
            HasFactor = !demands || m.TwoFactorEnabled || m.PasswordHash == null,
            Boards = db.BoardModerators.Where(b => b.MemberId == m.Id).Select(b => b.BoardId).ToList(),
            Groups = db.GroupMembers.Where(g => g.MemberId == m.Id).Join(db.GroupRights, g => g.GroupId, r => r.GroupId, (g, r) => new { r.BoardId, r.Rights }).ToList(),
        }).AsSingleQuery().SingleOrDefaultAsync(cancellation);
        if (row is null)
            return Rights.OfVisitor;
        var rights = new Rights
        {
            MemberId = id,
            Avatar = row.Avatar,
            Trust = row.Trust,
            Suspended = row.SuspendedUntil > now,
            Silenced = row.SilencedUntil > now,
            PostsWait = row.PostsWaitUntil > now,
            Roles = row.Roles,
            OnBoards = row.Boards.Count + row.Groups.Count == 0 ? Rights.OfVisitor.OnBoards
                : row.Boards.Select(b => (Board: b, Right: Right.Moderate)).Concat(row.Groups.Select(g => (Board: g.BoardId, Right: g.Rights)))
                    .GroupBy(b => b.Board).ToDictionary(b => b.Key, b => b.Aggregate(Right.None, (all, one) => all | one.Right)),
        };
        return (row.HasFactor || !rights.IsStaff && !rights.ModeratesAny ? rights : rights.WithoutSecondFactor()).Within(actor.Power);
    }

    /// <summary>The boards these rights let be read.</summary>
    public static IQueryable<Board> ReadableBy(this IQueryable<Board> boards, Rights rights)
    {
        var access = rights.Access;
        if (rights.OpenBoards is not { Count: > 0 } open)
            return boards.Where(b => b.Read <= access);
        return boards.Where(b => b.Read <= access || open.Contains(b.Id));
    }
}
