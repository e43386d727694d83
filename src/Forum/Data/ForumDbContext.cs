using Forum.Admin;
using Forum.Boards;
using Forum.Following;
using Forum.Mail;
using Forum.Members;
using Forum.Moderation;
using Forum.Outbox;
using Forum.Search;
using Forum.Settings;
using Forum.Solutions;
using Forum.Standing;
using Forum.Topics;
using Forum.Transfer;
using Forum.Uploads;
using Forum.Votes;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace Forum.Data;

/// <summary>The database, the same on both providers. Each entity's file holds its own columns, limits and indexes.</summary>
/// <param name="forum">What the forum goes by; null where only the shape of the database is asked for.</param>
public sealed class ForumDbContext(DbContextOptions<ForumDbContext> options, ForumOptions? forum = null)
    : IdentityDbContext<Member, IdentityRole<long>, long>(options), IDataProtectionKeyContext
{
    /// <summary>How members sign in.</summary>
    internal Settings.SignInOptions SignIn { get; } = forum?.SignIn ?? new();

    public DbSet<Profile> Profiles => Set<Profile>();
    public DbSet<Ignoring> Ignorings => Set<Ignoring>();
    public DbSet<Invitation> Invitations => Set<Invitation>();
    public DbSet<PageVersion> PageVersions => Set<PageVersion>();
    public DbSet<SiteSetting> SiteSettings => Set<SiteSetting>();
    public DbSet<TrustChange> TrustChanges => Set<TrustChange>();
    public DbSet<FormerHandle> FormerHandles => Set<FormerHandle>();
    public DbSet<Session> Sessions => Set<Session>();
    public DbSet<AccountToken> AccountTokens => Set<AccountToken>();
    public DbSet<Attempt> Attempts => Set<Attempt>();
    public DbSet<PolicyViolation> PolicyViolations => Set<PolicyViolation>();
    public DbSet<RequestTally> RequestTallies => Set<RequestTally>();
    public DbSet<SecurityEvent> SecurityEvents => Set<SecurityEvent>();
    public DbSet<SecondFactor> SecondFactors => Set<SecondFactor>();
    public DbSet<RecoveryCode> RecoveryCodes => Set<RecoveryCode>();
    public DbSet<RememberedDevice> RememberedDevices => Set<RememberedDevice>();
    public DbSet<Letter> Letters => Set<Letter>();
    public DbSet<MailDay> MailDays => Set<MailDay>();
    public DbSet<ApiToken> ApiTokens => Set<ApiToken>();
    public DbSet<Board> Boards => Set<Board>();
    public DbSet<BoardModerator> BoardModerators => Set<BoardModerator>();
    public DbSet<MovedBoard> MovedBoards => Set<MovedBoard>();
    public DbSet<Group> Groups => Set<Group>();
    public DbSet<GroupMember> GroupMembers => Set<GroupMember>();
    public DbSet<GroupRequest> GroupRequests => Set<GroupRequest>();
    public DbSet<GroupRight> GroupRights => Set<GroupRight>();

    /// <summary>Who moderates which board, by appointment or by a group; a pair may be there twice.</summary>
    public IQueryable<BoardModeration> BoardModerations => BoardModerators.Select(m => new BoardModeration { BoardId = m.BoardId, MemberId = m.MemberId })
        .Concat(GroupRights.Where(r => (r.Rights & Right.Moderate) != 0).Join(GroupMembers, r => r.GroupId, m => m.GroupId, (r, m) => new BoardModeration { BoardId = r.BoardId, MemberId = m.MemberId }));

    /// <summary>Ids of those who moderate some board.</summary>
    public IQueryable<long> ModeratorsOfBoards => BoardModerations.Select(m => m.MemberId);

    public DbSet<Topic> Topics => Set<Topic>();
    public DbSet<Post> Posts => Set<Post>();
    public DbSet<HeldPost> HeldPosts => Set<HeldPost>();
    public DbSet<MovedPost> MovedPosts => Set<MovedPost>();
    public DbSet<MergedTopic> MergedTopics => Set<MergedTopic>();
    public DbSet<Revision> Revisions => Set<Revision>();
    public DbSet<Submission> Submissions => Set<Submission>();
    public DbSet<Draft> Drafts => Set<Draft>();
    public DbSet<Watch> Watches => Set<Watch>();
    public DbSet<ReadMark> ReadMarks => Set<ReadMark>();
    public DbSet<VisitDay> VisitDays => Set<VisitDay>();
    public DbSet<Bookmark> Bookmarks => Set<Bookmark>();
    public DbSet<Review> Reviews => Set<Review>();
    public DbSet<Flag> Flags => Set<Flag>();
    public DbSet<MeToo> MeToos => Set<MeToo>();
    public DbSet<Deflection> Deflections => Set<Deflection>();
    public DbSet<Tag> Tags => Set<Tag>();
    public DbSet<TopicTag> TopicTags => Set<TopicTag>();
    public DbSet<BoardTag> BoardTags => Set<BoardTag>();
    public DbSet<PostLink> PostLinks => Set<PostLink>();
    public DbSet<PostMention> PostMentions => Set<PostMention>();
    public DbSet<Closure> Closures => Set<Closure>();

    public DbSet<Pin> Pins => Set<Pin>();

    public DbSet<Block> Blocks => Set<Block>();

    public DbSet<WatchedWord> WatchedWords => Set<WatchedWord>();
    public DbSet<Solution> Solutions => Set<Solution>();
    public DbSet<SolutionReminder> SolutionReminders => Set<SolutionReminder>();
    public DbSet<Doubt> Doubts => Set<Doubt>();
    public DbSet<Vote> Votes => Set<Vote>();
    public DbSet<ImportedUpvotes> ImportedUpvotes => Set<ImportedUpvotes>();
    public DbSet<PointEntry> PointEntries => Set<PointEntry>();
    public DbSet<UpvoteDay> UpvoteDays => Set<UpvoteDay>();
    public DbSet<Badge> Badges => Set<Badge>();
    public DbSet<MemberBadge> MemberBadges => Set<MemberBadge>();
    public DbSet<ConsumerCursor> ConsumerCursors => Set<ConsumerCursor>();
    public DbSet<Sanction> Sanctions => Set<Sanction>();
    public DbSet<SpamRemoval> SpamRemovals => Set<SpamRemoval>();
    public DbSet<SpamRemovalPost> SpamRemovalPosts => Set<SpamRemovalPost>();
    public DbSet<MemberMerge> MemberMerges => Set<MemberMerge>();
    public DbSet<MemberNote> MemberNotes => Set<MemberNote>();
    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();

    public DbSet<Talk> Talks => Set<Talk>();

    public DbSet<TalkWord> TalkWords => Set<TalkWord>();

    public DbSet<UndoableDeed> UndoableDeeds => Set<UndoableDeed>();

    public DbSet<UndoableStep> UndoableSteps => Set<UndoableStep>();
    public DbSet<Upload> Uploads => Set<Upload>();
    public DbSet<PostUpload> PostUploads => Set<PostUpload>();
    public DbSet<SynonymGroup> SynonymGroups => Set<SynonymGroup>();
    public DbSet<SearchedWords> SearchedWords => Set<SearchedWords>();
    public DbSet<SearchedDay> SearchedDays => Set<SearchedDay>();
    public DbSet<ImportedRow> ImportedRows => Set<ImportedRow>();
    public DbSet<OutboxEvent> OutboxEvents => Set<OutboxEvent>();
    public DbSet<ParkedEvent> ParkedEvents => Set<ParkedEvent>();
    public DbSet<OutboxCounter> OutboxCounters => Set<OutboxCounter>();
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configuration)
    {
        configuration.Properties<DateTime>().HaveConversion<UtcConverter>();
        configuration.Conventions.Add(_ => new NoCascadeConvention());
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(ForumDbContext).Assembly);
    }
}
