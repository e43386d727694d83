using Forum.Boards;
using Forum.Following;
using Forum.Jobs;
using Forum.Members;
using Forum.Moderation;
using Forum.Standing;
using Forum.Tests.Standing;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;

namespace Forum.Tests.Moderation;

public sealed class MergeMembersTests : IAsyncLifetime
{
    private TestForum forum = null!;
    private Actor admin = null!, second = null!, kept = null!, other = null!;

    public async Task InitializeAsync()
    {
        forum = await TestForum.StartAsync();
        await forum.BoardAsync();
        admin = await forum.MemberAsync("Ada Min", SiteRole.Admin);
        second = Actor.Member((await forum.Get<CreateMember>().RunAsync(Actor.Operator, new("Ines Rosa", "second", "ines@example.org", Scenario.Password), default)).Required.Id);
        kept = Actor.Member((await forum.Get<CreateMember>().RunAsync(Actor.Operator, new("Ines Rosa", "kept", "kept@example.org", Scenario.Password), default)).Required.Id);
        other = await forum.MemberAsync("Otto Other");
        forum.Clock.Advance(TimeSpan.FromDays(5));
    }

    public async Task DisposeAsync() => await forum.DisposeAsync();

    private Task<Result<Done>> MergeAsync(Actor actor, string from = "second", string into = "kept", string? reason = "The same person, as she wrote.") =>
        forum.Get<MergeMembers>().RunAsync(actor, from, into, reason, default);

    private async Task<int> FinishAsync() => (await forum.Get<FinishMerges>().RunAsync(Actor.Operator, default)).Required;

    private async Task<Rights> AdminRightsAsync()
    {
        await using var db = forum.Db();
        return await db.RightsOfAsync(admin, forum.Clock.GetUtcNow().UtcDateTime, default);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_suspension_goes_along_but_shuts_nobody_out_who_runs_the_place(bool office)
    {
        await using var db = forum.Db();
        await db.Users.Where(m => m.Id == second.MemberId).ExecuteUpdateAsync(set => set.SetProperty(m => m.SuspendedUntil, forum.Clock.GetUtcNow().UtcDateTime.AddDays(30)));
        if (office)
            _ = (await forum.Get<GrantRole>().RunAsync(Actor.Operator, "kept", SiteRole.Admin, null, default)).Required;
        _ = (await MergeAsync(admin)).Required;
        Assert.Equal(office, (await forum.MemberRowAsync(kept)).SuspendedUntil is null);
    }

    [Fact]
    public async Task All_that_an_account_wrote_and_did_is_the_kept_ones_and_every_counter_is_right()
    {
        var (mine, theirs, foreign) = (await forum.AskAsync(second, body: "Does @otto know, or @second, how a running project is handed over?"), await forum.AskAsync(kept), await forum.AskAsync(other));
        var (byKept, bySecond, onForeign, ownReply) = (await forum.ReplyAsync(kept, mine.TopicId, "Look into the settings."), await forum.ReplyAsync(second, theirs.TopicId, "Look at the end of the page."), await forum.ReplyAsync(second, foreign.TopicId, "It is under Transfer."), await forum.ReplyAsync(second, (await forum.AskAsync(second)).TopicId, "I found it myself."));
        // Upvotes: of others, of each other, and both of the same.
        foreach (var (voter, post) in new[] { (other, mine), (other, onForeign), (kept, mine), (second, theirs), (second, foreign), (kept, foreign), (second, byKept), (kept, bySecond) })
            _ = (await forum.UpvoteAsync(voter, post.PostId)).Required;
        var lone = await forum.AskAsync(other);
        _ = (await forum.UpvoteAsync(second, lone.PostId)).Required;
        // Solutions: of each other, of others, and of one's own.
        _ = (await forum.AcceptAsync(second, byKept)).Required;
        _ = (await forum.AcceptAsync(kept, bySecond)).Required;
        _ = (await forum.AcceptAsync(other, onForeign)).Required;
        _ = (await forum.AcceptAsync(second, ownReply)).Required;
        // What both follow and keep.
        foreach (var actor in new[] { second, kept })
        {
            _ = (await forum.Get<BookmarkPost>().RunAsync(actor, foreign.PostId, default)).Required;
            _ = (await forum.Get<WatchTopic>().RunAsync(actor, foreign.TopicId, WatchLevel.Watching, default)).Required;
            _ = (await forum.Get<SaveDraft>().RunAsync(actor, new(DraftPlace.Reply(foreign.TopicId), 0, null, null, null, "Not yet said."), default)).Required;
            _ = (await forum.Get<SayMeToo>().RunAsync(actor, foreign.TopicId, default)).Required;
        }
        _ = (await forum.Get<BookmarkPost>().RunAsync(second, lone.PostId, default)).Required;
        _ = (await forum.Get<SayMeToo>().RunAsync(second, theirs.TopicId, default)).Required;
        _ = (await forum.Get<StartSession>().RunAsync(second, new("192.0.2.7"), default)).Required;
        await Recount.AssertEverythingAsync(forum);
        var points = (await forum.MemberRowAsync(second)).Points + (await forum.MemberRowAsync(kept)).Points;

        var plan = (await forum.Get<MergeQueries>().PlanAsync(await AdminRightsAsync(), "second", "kept", default)).Required;
        Assert.Equal((2, 5, 4), (plan.Moves.Topics, plan.Moves.Posts, plan.Moves.Votes));
        Assert.Equal(new MergeConflicts(1, 4, 2, 1, 1, 0), plan.Conflicts with { SameWatches = 1, SameBadges = 0 });
        Assert.Equal(1, plan.Moves.Sessions);

        _ = (await MergeAsync(admin)).Required;
        await using (var db = forum.Db())
        {
            Assert.False(await db.Sessions.AnyAsync(s => s.MemberId == second.MemberId));
            Assert.False(await db.Users.AnyAsync(m => m.Email == "ines@example.org"));
        }
        Assert.Equal("kept", await forum.Get<MemberQueries>().NowAsync("second", default));
        Assert.Equal(1, await FinishAsync());
        Assert.Equal(0, await FinishAsync());
        await Recount.AssertEverythingAsync(forum);
        Assert.Empty((await forum.Get<Doctor>().RunAsync(Actor.Operator, repair: false, null, default)).Required.Findings);

        await using var after = forum.Db();
        foreach (var id in new[] { mine.PostId, bySecond.PostId, onForeign.PostId, ownReply.PostId })
            Assert.Equal(kept.MemberId, (await forum.PostAsync(id)).AuthorId);
        var (gone, row) = (await forum.MemberRowAsync(second), await forum.MemberRowAsync(kept));
        Assert.Equal((0, 0, 0, "Former member"), (gone.Points, gone.Posts, gone.Solutions, gone.Name));
        // Four upvotes and two solutions among the two are no more, nor are the points for marking them.
        Assert.Equal(points - 4 * PointEntry.ForUpvote - 2 * (PointEntry.ForSolution + PointEntry.ForMarking), row.Points);
        Assert.Equal(1, row.Solutions);
        Assert.Equal((3, 2), (await after.Votes.CountAsync(v => v.MemberId == other.MemberId) + 1, await after.Votes.CountAsync(v => v.MemberId == kept.MemberId)));
        Assert.Equal((2, 1), (await after.Bookmarks.CountAsync(b => b.MemberId == kept.MemberId), await after.Drafts.CountAsync(d => d.MemberId == kept.MemberId)));
        // An upvote that moved is taken back as one's own.
        _ = (await forum.Get<Forum.Votes.TakeBackUpvote>().RunAsync(kept, lone.PostId, default)).Required;
        await Recount.AssertEverythingAsync(forum);
        // Mentions follow, and the address may have an account again.
        Assert.True((await forum.Get<RewriteMentions>().RunAsync(Actor.Operator, default)).Required > 0);
        Assert.Contains("@kept", (await forum.PostAsync(mine.PostId)).Markdown, StringComparison.Ordinal);
        _ = (await forum.Get<CreateMember>().RunAsync(Actor.Operator, new("Ines Rosa", null, "ines@example.org", null), default)).Required;
        var audited = await after.AuditEntries.SingleAsync(a => a.Deed == "member.merged");
        Assert.Equal(("@second", "@kept", "The same person, as she wrote."), (audited.Before, audited.After, audited.Note));
    }

    [Fact]
    public async Task Nothing_that_refers_to_members_is_left_with_the_account_that_went()
    {
        var topic = await forum.AskAsync(second);
        for (var i = 0; i < FinishMerges.BatchSize + 1; i++)
            await forum.ReplyAsync(second, topic.TopicId, $"One more thing, number {i}.");
        _ = (await forum.Get<FlagPost>().RunAsync(second, new((await forum.AskAsync(other)).PostId, FlagReason.Spam, null), default)).Required;
        _ = (await forum.Get<NoteMember>().RunAsync(admin, "second", "Writes a lot.", default)).Required;
        _ = (await forum.Get<SetProfile>().RunAsync(second, new("Ines Rosa", "I hand over projects.", null, null, false, false, true, true, new Dictionary<string, string?>()), default)).Required;
        foreach (var (reader, ignored) in new[] { (second, "ottoo"), (second, "kept"), (other, "second") })
            _ = (await forum.Get<IgnoreMember>().RunAsync(reader, ignored, default)).Required;
        forum.Options.SignIn.Oidc["company"] = new();
        _ = (await forum.Get<ConnectProvider>().RunAsync(second, "company", "4711", null, Caller.Unknown, default)).Required;
        await using (var invited = forum.Db())
        {
            invited.Invitations.Add(new() { Hash = "a hash", Left = 1, Made = forum.Clock.GetUtcNow().UtcDateTime, Expires = forum.Clock.GetUtcNow().UtcDateTime.AddDays(1), ById = second.MemberId });
            await invited.SaveChangesAsync();
        }
        _ = (await MergeAsync(admin)).Required;
        Assert.Equal(1, await FinishAsync());
        await Recount.AssertEverythingAsync(forum);
        await using var db = forum.Db();
        // Whom they ignored they ignore, and who signed in by a provider goes on doing so.
        Assert.Equal(other.MemberId, await db.Ignorings.Where(i => i.MemberId == kept.MemberId).Select(i => i.IgnoredId).SingleAsync());
        Assert.Equal(kept.MemberId, await db.UserLogins.Where(l => l.ProviderKey == "4711").Select(l => l.UserId).SingleAsync());
        // The audit trail says what was so; buckets of leaderboards are counted, and no longer hold anything.
        var traces = new[] { nameof(MemberMerge), nameof(UpvoteDay) };
        var left = new List<string>();
        await db.Database.OpenConnectionAsync();
        foreach (var key in db.Model.GetEntityTypes().SelectMany(t => t.GetForeignKeys()).Where(k => k.PrincipalEntityType.ClrType == typeof(Member)))
        {
            if (traces.Contains(key.DeclaringEntityType.ClrType.Name))
                continue;
            var (table, column) = (key.DeclaringEntityType.GetTableName(), key.Properties[0].GetColumnName());
            await using var count = db.Database.GetDbConnection().CreateCommand();
            count.CommandText = $"SELECT COUNT(*) FROM \"{table}\" WHERE \"{column}\" = {second.MemberId}";
            if (Convert.ToInt64(await count.ExecuteScalarAsync(), null) > 0)
                left.Add($"{table}.{column}");
        }
        Assert.Empty(left);
    }

    [Fact]
    public async Task What_was_left_undone_the_next_run_does()
    {
        var topic = await forum.AskAsync(second);
        _ = (await forum.UpvoteAsync(other, topic.PostId)).Required;
        _ = (await MergeAsync(admin)).Required;
        // A member goes on while all moves, and a node was stopped in between.
        _ = (await forum.Get<Forum.Votes.TakeBackUpvote>().RunAsync(other, topic.PostId, default)).Required;
        Assert.Equal(1, await FinishAsync());
        await Recount.AssertEverythingAsync(forum);
        Assert.Equal(0, (await forum.MemberRowAsync(kept)).Points);
    }

    [Fact]
    public async Task Only_administrators_merge_for_a_reason_and_neither_themselves_nor_staff_away()
    {
        var manager = await forum.MemberAsync("Manu Ager", SiteRole.Manager);
        Assert.Equal(RefusalKind.Forbidden, (await MergeAsync(manager)).Refusal?.Kind);
        Assert.Equal("Reason", (await MergeAsync(admin, reason: " ")).Refusal?.Field);
        Assert.Equal(RefusalKind.NotFound, (await MergeAsync(admin, from: "nobody")).Refusal?.Kind);
        Assert.Equal("Into", (await MergeAsync(admin, into: "nobody")).Refusal?.Field);
        Assert.Equal("Into", (await MergeAsync(admin, into: "second")).Refusal?.Field);
        Assert.Equal(RefusalKind.Forbidden, (await MergeAsync(admin, from: "adam")).Refusal?.Kind);
        Assert.Equal(RefusalKind.Forbidden, (await MergeAsync(admin, from: (await forum.MemberRowAsync(manager)).Handle)).Refusal?.Kind);
        Assert.Equal((RefusalKind.Forbidden, RefusalKind.NotFound), ((await forum.Get<MergeQueries>().PlanAsync(Rights.OfVisitor, "second", "kept", default)).Refusal!.Kind, (await forum.Get<MergeQueries>().FromAsync(Rights.OfVisitor, "second", default)).Refusal!.Kind));
        _ = (await MergeAsync(admin)).Required;
        Assert.Equal(RefusalKind.NotFound, (await forum.Get<MergeQueries>().FromAsync(await AdminRightsAsync(), $"former-{second.MemberId}", default)).Refusal?.Kind);
    }
}
