using System.Globalization;
using Forum.Admin;
using Forum.Boards;
using Forum.Data;
using Forum.Data.Providers;
using Forum.Following;
using Forum.Jobs;
using Forum.Mail;
using Forum.Members;
using Forum.Moderation;
using Forum.Outbox;
using Forum.Rendering;
using Forum.Search;
using Forum.Settings;
using Forum.Solutions;
using Forum.Standing;
using Forum.Topics;
using Forum.Transfer;
using Forum.Uploads;
using Forum.Votes;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Forum;

/// <summary>The table of contents of the engine: one block a feature.</summary>
public static class Features
{
    /// <summary>Rounds of PBKDF2-SHA512 for a password [OWASP Password Storage].</summary>
    private const int PasswordIterations = 220_000;

    /// <summary>Contexts that stay open for the next request, each with its connection and, on SQLite, that connection's cache of pages: at most 512 MB of them.</summary>
    private const int PooledContexts = 64;

    public static IServiceCollection AddForum(this IServiceCollection services, ForumOptions options)
    {
        services.AddSingleton(options);
        services.TryAddSingleton(TimeProvider.System);

        // Data
        services.Configure<IdentityOptions>(IdentitySchema.Configure);
        services.AddPooledDbContextFactory<ForumDbContext>((provider, builder) => Database.Use(builder.UseApplicationServiceProvider(provider), options), PooledContexts);
        services.AddScoped(provider => provider.GetRequiredService<IDbContextFactory<ForumDbContext>>().CreateDbContext());
        services.AddSingleton<WriteGate>();
        services.AddSingleton<SecurityLog>();
        services.AddSingleton<ForumWriter>();
        services.AddSingleton<Migrator>();

        // Outbox
        services.AddSingleton<Signal>();

        // Mail
        services.TryAddSingleton<LetterWords>((english, args) => string.Format(CultureInfo.InvariantCulture, english, args));
        services.AddSingleton<Mailbox>();

        // Members
        services.Configure<PasswordHasherOptions>(hashing => hashing.IterationCount = PasswordIterations);
        services.TryAddSingleton<IPasswordHasher<Member>, PasswordHasher<Member>>();
        services.AddSingleton<CreateMember>();
        services.AddSingleton<CreateToken>();
        services.AddSingleton<MakeKey>();
        services.AddSingleton<TakeBackKey>();
        services.AddSingleton<OfferSetup>();
        services.AddSingleton<SetUp>();
        services.AddSingleton<SetupQueries>();
        services.AddSingleton<MemberQueries>();
        services.AddSingleton<DirectoryQueries>();
        services.AddSingleton<NoteNames>();
        services.AddSingleton<StartSession>();
        services.AddSingleton<EndSession>();
        services.AddSingleton<RenewSession>();
        services.AddSingleton<EndSessions>();
        services.AddSingleton<KeepLastUse>();
        services.AddSingleton<LastUse>();
        services.AddHostedService(provider => provider.GetRequiredService<LastUse>());
        services.AddSingleton<SignUp>();
        services.AddSingleton<AskConfirmation>();
        services.AddSingleton<ConfirmEmail>();
        services.AddSingleton<CheckPassword>();
        services.AddSingleton<ShareTallies>();
        services.AddSingleton<FirstStepQueries>();
        services.AddSingleton<HideFirstSteps>();
        services.AddSingleton<AskRecovery>();
        services.AddSingleton<ResetPassword>();
        services.AddSingleton<ChangePassword>();
        services.AddSingleton<AskEmailChange>();
        services.AddSingleton<ChangeEmail>();
        services.AddSingleton<BeginSecondFactor>();
        services.AddSingleton<ConfirmSecondFactor>();
        services.AddSingleton<CheckSecondFactor>();
        services.AddSingleton<RenewRecoveryCodes>();
        services.AddSingleton<EndSecondFactor>();
        services.AddSingleton<AddPasskey>();
        services.AddSingleton<RemovePasskey>();
        services.AddSingleton<ConnectProvider>();
        services.AddSingleton<ProfileQueries>();
        services.AddSingleton<SetProfile>();
        services.AddSingleton<SetAvatar>();
        services.AddSingleton<IgnoreMember>();
        services.AddSingleton<StopIgnoring>();
        services.AddSingleton<CountViolations>();
        services.AddSingleton<ViolationQueries>();
        services.AddSingleton<InviteByMail>();
        services.AddSingleton<InviteByLink>();
        services.AddSingleton<TakeBackInvitation>();
        services.AddSingleton<InvitationQueries>();
        services.AddSingleton<RemoveProvider>();
        services.AddSingleton<ProveMember>();
        services.AddSingleton<UsePasskey>();
        services.AddSingleton<ChangeHandle>();
        services.AddSingleton<AcceptTerms>();
        services.AddSingleton<AskErasure>();
        services.AddSingleton<CallOffErasure>();
        services.AddSingleton<AskExport>();
        services.AddSingleton<AccountQueries>();

        // Boards
        services.AddSingleton<CreateBoard>();
        services.AddSingleton<ChangeBoard>();
        services.AddSingleton<GrantRole>();
        services.AddSingleton<EnterByProvider>();
        services.AddSingleton<RevokeRole>();
        services.AddSingleton<SetStaffLines>();
        services.AddSingleton<StaffQueries>();
        services.AddSingleton<BoardQueries>();
        services.AddSingleton<CreateGroup>();
        services.AddSingleton<ChangeGroup>();
        services.AddSingleton<RemoveGroup>();
        services.AddSingleton<GiveGroupRights>();
        services.AddSingleton<JoinGroup>();
        services.AddSingleton<LeaveGroup>();
        services.AddSingleton<AddToGroup>();
        services.AddSingleton<TakeFromGroup>();
        services.AddSingleton<GroupQueries>();

        // Uploads
        if (options.Uploads.Store == UploadStore.S3)
            services.AddSingleton<IUploadStore, S3Store>();
        else
            services.AddSingleton<IUploadStore, DiskStore>();
        services.AddSingleton<UploadFile>();

        // Topics
        services.AddSingleton<WritingQueries>();
        services.AddSingleton<AskQuestion>();
        services.AddSingleton<PostReply>();
        services.AddSingleton<WriteNote>();
        services.AddSingleton<EditPost>();
        services.AddSingleton<RollBackPost>();
        services.AddSingleton<MakeWiki>();
        services.AddSingleton<UnmakeWiki>();
        services.AddSingleton<CountViews>();
        services.AddSingleton<SaveDraft>();
        services.AddSingleton<ClaimDraft>();
        services.AddSingleton<SwapDraft>();
        services.AddSingleton<DiscardDraft>();
        services.AddSingleton<DraftQueries>();
        services.AddSingleton<SayMeToo>();
        services.AddSingleton<TakeBackMeToo>();
        services.AddSingleton<CountDeflection>();
        services.AddSingleton<BoardChoices>();
        services.AddSingleton<SitemapQueries>();
        services.AddSingleton<TopicQueries>();
        services.AddSingleton<RevisionQueries>();
        services.AddSingleton<TopicListQueries>();
        services.AddSingleton<TagQueries>();
        services.AddSingleton<CreateTag>();
        services.AddSingleton<ChangeTag>();
        services.AddSingleton<RenameTag>();
        services.AddSingleton<MergeTag>();
        services.AddSingleton<FreeSynonym>();
        services.AddSingleton<SetBoardTags>();
        services.AddSingleton<FileQueries>();
        services.AddSingleton<CollectUploads>();

        // Following
        services.AddSingleton<WatchTopic>();
        services.AddSingleton<BookmarkPost>();
        services.AddSingleton<RemoveBookmark>();
        services.AddSingleton<KeepVisits>();
        services.AddSingleton<Visits>();
        services.AddHostedService(provider => provider.GetRequiredService<Visits>());
        services.AddSingleton<KeepReadMarks>();
        services.AddSingleton<ReadMarks>();
        services.AddHostedService(provider => provider.GetRequiredService<ReadMarks>());
        services.AddSingleton<MarkUnread>();
        services.AddSingleton<MarkAllRead>();
        services.AddSingleton<FollowingQueries>();

        // Votes and solutions
        services.AddSingleton<Upvote>();
        services.AddSingleton<TakeBackUpvote>();
        services.AddSingleton<AcceptSolution>();
        services.AddSingleton<UnmarkSolution>();
        services.AddSingleton<SayNotSolvedYet>();
        services.AddSingleton<ReminderQueries>();

        // Standing
        services.AddSingleton<LeaderboardQueries>();
        services.AddSingleton<TrustQueries>();
        services.AddSingleton<ReviewTrust>();
        services.AddSingleton<BadgeShelf>();
        services.AddSingleton<BadgeQueries>();
        services.AddSingleton<ReviewBadges>();
        services.AddSingleton<BadgeRounds>();
        services.AddSingleton<SetBadge>();
        services.AddSingleton<RemoveBadge>();

        // Moderation
        services.AddSingleton<DeletePost>();
        services.AddSingleton<HidePost>();
        services.AddSingleton<RestorePost>();
        services.AddSingleton<ArrangeTopic>();
        services.AddSingleton<MovePosts>();
        services.AddSingleton<MergeTopics>();
        services.AddSingleton<RemoveBoard>();
        services.AddSingleton<CloseTopic>();
        services.AddSingleton<ReopenTopic>();
        services.AddSingleton<CloseQuietTopics>();
        services.AddSingleton<PinTopic>();
        services.AddSingleton<UnpinTopic>();
        services.AddSingleton<LockPost>();
        services.AddSingleton<UnlockPost>();
        services.AddSingleton<ChangeAuthor>();
        services.AddSingleton<EndTimedDeeds>();
        services.AddSingleton<FlagPost>();
        services.AddSingleton<DecideReview>();
        services.AddSingleton<DecideHeld>();
        services.AddSingleton<BlockList>();
        services.AddSingleton<SetBlock>();
        services.AddSingleton<LiftBlock>();
        services.AddSingleton<BlockQueries>();
        services.AddSingleton<Screens>();
        services.AddSingleton<HeldQueries>();
        services.AddSingleton<SetWatchedWord>();
        services.AddSingleton<RemoveWatchedWord>();
        services.AddSingleton<WatchedWordQueries>();
        services.AddSingleton<ChangeTopics>();
        services.AddSingleton<RemoveSpammers>();
        services.AddSingleton<NewcomerQueries>();
        services.AddSingleton<ClaimReview>();
        services.AddSingleton<RollBack>();
        services.AddSingleton<RollingBack>();
        services.AddSingleton<RollBackQueries>();
        services.AddSingleton<UndoDeed>();
        services.AddSingleton<UndoQueries>();
        services.AddSingleton<TalkToMember>();
        services.AddSingleton<AnswerTalk>();
        services.AddSingleton<SettleTalk>();
        services.AddSingleton<TalkQueries>();
        services.AddSingleton<DoubtSolution>();
        services.AddSingleton<TakeBackDoubt>();
        services.AddSingleton<JudgeSolution>();
        services.AddSingleton<DoubtQueries>();
        services.AddSingleton<TakeBackRing>();
        services.AddSingleton<RingQueries>();
        services.AddSingleton<SetTrust>();
        services.AddSingleton<SanctionMember>();
        services.AddSingleton<LiftSanction>();
        services.AddSingleton<NoteMember>();
        services.AddSingleton<RenameMember>();
        services.AddSingleton<MergeMembers>();
        services.AddSingleton<MergeQueries>();
        services.AddSingleton<SignOutMember>();
        services.AddSingleton<SignInQueries>();
        services.AddSingleton<RemoveSpammer>();
        services.AddSingleton<RestoreSpammer>();
        services.AddSingleton<RecordQueries>();
        services.AddSingleton<GiveBadge>();
        services.AddSingleton<TakeBadge>();
        services.AddSingleton<ReviewQueries>();
        services.AddSingleton<AuditQueries>();

        // Rendering
        services.AddSingleton(_ => new PostRenderer(options.Site.Url));

        // Search
        services.AddSingleton<IndexSnapshots>();
        services.AddSingleton<SearchIndex>();
        services.AddSingleton<TakeSnapshot>();
        services.AddSingleton<Synonyms>();
        services.AddSingleton<SetSynonyms>();
        services.AddSingleton<RemoveSynonyms>();
        services.AddSingleton<SynonymQueries>();
        services.AddSingleton<SearchIndexer>();
        services.AddHostedService(provider => provider.GetRequiredService<SearchIndexer>());
        services.AddSingleton<SearchQueries>();
        services.AddSingleton<TopicSearchQueries>();
        services.AddSingleton<SimilarQuestions>();
        services.AddSingleton<Suggestions>();
        services.AddSingleton<CountSearches>();
        services.AddSingleton<ForgetSearches>();
        services.AddSingleton<SearchReports>();

        // Administration
        services.AddSingleton<LiveSettings>();
        services.AddHostedService<SettingsReader>();
        services.AddSingleton<ChangeSettings>();
        services.AddSingleton<SettingQueries>();
        services.AddSingleton<WritePage>();
        services.AddSingleton<PageQueries>();
        services.AddSingleton<ActivityQueries>();

        // Transfer
        services.AddSingleton<StackExchangeImport>();
        services.AddSingleton<MemberExport>();
        services.AddSingleton<SyntheticSeed>();

        // Jobs
        services.AddSingleton<Doctor>();
        services.AddSingleton<Rerendering>();
        services.AddSingleton<MentionsAnew>();
        services.AddSingleton<RenderAgain>();
        services.AddSingleton<RewriteMentions>();
        services.AddSingleton<MailSender>();
        services.AddHostedService(provider => provider.GetRequiredService<MailSender>());
        services.AddHostedService<LinkRenderer>();
        services.AddHostedService<BadgeGiver>();
        services.AddSingleton<TidyUp>();
        services.AddSingleton<EraseMembers>();
        services.AddSingleton<FinishMerges>();
        services.AddHostedService<MergeFinisher>();
        services.AddSingleton<NightlySnapshot>();
        services.AddHostedService<Housekeeping>();

        return services;
    }
}
