using Forum.Jobs;
using Forum.Members;
using Forum.Moderation;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;

namespace Forum.Tests.Members;

public sealed class HandleTests : IAsyncLifetime
{
    private TestForum forum = null!;
    private Actor ines = null!, otto = null!;

    public async Task InitializeAsync()
    {
        forum = await TestForum.StartAsync();
        await forum.BoardAsync();
        (ines, otto) = (await forum.MemberAsync(), await forum.MemberAsync("Otto Other"));
    }

    public async Task DisposeAsync() => await forum.DisposeAsync();

    private Task<Result<string>> ChangeAsync(Actor actor, string handle) => forum.Get<ChangeHandle>().RunAsync(actor, handle, Caller.Unknown, default);

    private async Task<int> RewriteAsync() => (await forum.Get<RewriteMentions>().RunAsync(Actor.Operator, default)).Required;

    [Fact]
    public async Task A_handle_is_changed_once_in_thirty_days_and_the_one_before_stays_its_members()
    {
        Assert.Equal("ocarina", (await ChangeAsync(ines, "@ocarina")).Required);
        Assert.Equal("Handle", (await ChangeAsync(ines, "flute")).Refusal?.Field);
        Assert.Equal("Handle", (await ChangeAsync(otto, "inesr")).Refusal?.Field);
        Assert.Equal("Handle", (await ChangeAsync(otto, "Ocarina")).Refusal?.Field);
        foreach (var wrong in new[] { "", "a", "admin", "no blanks", "former-1" })
            Assert.Equal("Handle", (await ChangeAsync(otto, wrong)).Refusal?.Field);
        Assert.Equal("Handle", (await forum.Get<CreateMember>().RunAsync(Actor.Operator, new("Ines Rosa", "INESR", "x@example.org", null), default)).Refusal?.Field);
        Assert.NotEqual("inesr", (await forum.MemberRowAsync(await forum.MemberAsync())).Handle);
        Assert.Equal("ocarina", await forum.Get<MemberQueries>().NowAsync("INESR", default));
        Assert.Equal(ines.MemberId, await forum.Get<MemberQueries>().IdOfAsync("inesr", default));

        forum.Clock.Advance(ChangeHandle.Between);
        Assert.Equal("inesr", (await ChangeAsync(ines, "inesr")).Required);
        Assert.Null(await forum.Get<MemberQueries>().NowAsync("inesr", default));
        Assert.Equal("inesr", await forum.Get<MemberQueries>().NowAsync("ocarina", default));
        await using var db = forum.Db();
        Assert.Equal(2, await db.SecurityEvents.CountAsync(e => e.MemberId == ines.MemberId && e.Kind == SecurityEventKind.HandleChanged));
    }

    [Fact]
    public async Task Who_is_suspended_or_not_signed_in_changes_none()
    {
        await forum.SuspendAsync(ines, TimeSpan.FromDays(1));
        Assert.Equal(RefusalKind.Forbidden, (await ChangeAsync(ines, "ocarina")).Refusal?.Kind);
        Assert.Equal(RefusalKind.SignIn, (await ChangeAsync(Actor.Visitor, "ocarina")).Refusal?.Kind);
    }

    [Fact]
    public async Task Mentions_follow_and_nothing_else_of_a_post_changes()
    {
        const string body = "Thank you, @inesr, and *@InesR*: `@inesr` stays, so do \\@inesr, mail@inesr.org, @inesr2 and [@inesr](https://example.org).\n\n> @inesr in a quote\n\n    @inesr in code\n\nAnd @inesr-.";
        var topic = await forum.AskAsync(otto, body: body);
        var untouched = await forum.AskAsync(otto, body: "Nobody is called by `@inesr` here, and this is long enough.");
        var (post, row) = (await forum.PostAsync(topic.PostId), await forum.TopicAsync(topic.TopicId));
        forum.Clock.Advance(TimeSpan.FromHours(1));
        await ChangeAsync(ines, "ocarina");
        Assert.Equal(1, await RewriteAsync());
        Assert.Equal(0, await RewriteAsync());

        var (now, after) = (await forum.PostAsync(topic.PostId), await forum.TopicAsync(topic.TopicId));
        Assert.Equal("Thank you, @ocarina, and *@ocarina*: `@inesr` stays, so do \\@inesr, mail@inesr.org, @inesr2 and [@inesr](https://example.org).\n\n> @inesr in a quote\n\n    @inesr in code\n\nAnd @ocarina-.", now.Markdown);
        Assert.Equal(3, now.Html!.Split("href=\"/members/ocarina\"").Length - 1);
        Assert.DoesNotContain("/members/inesr", now.Html, StringComparison.Ordinal);
        Assert.Contains("@ocarina", now.Text, StringComparison.Ordinal);
        Assert.Equal((post.Version, post.Edited, row.LastActivity, row.Version), (now.Version, now.Edited, after.LastActivity, after.Version));
        Assert.Contains("`@inesr`", (await forum.PostAsync(untouched.PostId)).Markdown, StringComparison.Ordinal);
        await using var db = forum.Db();
        Assert.False(await db.Revisions.AnyAsync());
    }

    [Fact]
    public async Task What_a_crash_left_undone_the_next_run_does_from_where_it_was()
    {
        var topic = await forum.AskAsync(otto);
        var replies = new List<PostedPost>();
        for (var i = 0; i < Rerendering.BatchSize + 2; i++)
            replies.Add(await forum.ReplyAsync(otto, topic.TopicId, $"Look, @inesr, number {i}."));
        await ChangeAsync(ines, "ocarina");
        // A node that was stopped in the middle.
        await using (var db = forum.Db())
            await db.FormerHandles.ExecuteUpdateAsync(set => set.SetProperty(f => f.NextPost, replies[1].PostId));
        Assert.Equal(Rerendering.BatchSize + 1, await RewriteAsync());
        Assert.Contains("@inesr", (await forum.PostAsync(replies[0].PostId)).Markdown, StringComparison.Ordinal);
        foreach (var reply in replies.Skip(1))
            Assert.Contains("@ocarina", (await forum.PostAsync(reply.PostId)).Markdown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_is_called_by_the_handle_of_before_is_called_all_the_same()
    {
        await ChangeAsync(ines, "ocarina");
        var post = await forum.PostAsync((await forum.AskAsync(otto, body: "Does @inesr know, who has another handle now?")).PostId);
        Assert.Contains("<a class=\"mention\" href=\"/members/ocarina\">@ocarina</a>", post.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_edit_says_anew_whom_a_post_mentions()
    {
        var topic = await forum.AskAsync(otto, body: "Does @inesr know how this is done with a running project?");
        _ = (await forum.Get<EditPost>().RunAsync(otto, new(topic.PostId, 1, "Does anybody know how this is done with a running project?"), default)).Required;
        await using var db = forum.Db();
        Assert.Empty(await db.PostMentions.ToListAsync());
    }

    [Fact]
    public async Task Who_is_erased_is_mentioned_as_nobody()
    {
        var topic = await forum.AskAsync(otto, body: "Thank you, @inesr, for `@inesr` and for all the answers.");
        await ChangeAsync(ines, "ocarina");
        var late = await forum.ReplyAsync(otto, topic.TopicId, "And thank you, @ocarina.");
        await using (var db = forum.Db())
            await db.Users.Where(m => m.Id == ines.MemberId).ExecuteUpdateAsync(set => set.SetProperty(m => m.ErasureDue, forum.Clock.GetUtcNow().UtcDateTime));
        Assert.Equal(1, (await forum.Get<EraseMembers>().RunAsync(Actor.Operator, default)).Required);
        Assert.Equal("Thank you, Former member, for `@inesr` and for all the answers.", (await forum.PostAsync(topic.PostId)).Markdown);
        var post = await forum.PostAsync(late.PostId);
        Assert.Equal(("And thank you, Former member.", "<p>And thank you, Former member.</p>", 1), (post.Markdown, post.Html, post.Version));
        await using var after = forum.Db();
        Assert.False(await after.FormerHandles.AnyAsync() || await after.PostMentions.AnyAsync());
        Assert.Equal("inesr", (await ChangeAsync(otto, "inesr")).Required);
    }

    [Fact]
    public async Task Moderators_change_the_handle_of_a_member_for_a_reason_and_administrators_that_of_staff()
    {
        var (moderator, admin) = (await forum.MemberAsync("Mona Mod", SiteRole.Moderator), await forum.MemberAsync("Ada Min", SiteRole.Admin));
        Task<Result<string>> RenameAsync(Actor actor, string handle, string wanted, string? reason = "It offends.") => forum.Get<RenameMember>().RunAsync(actor, handle, wanted, reason, default);
        Assert.Equal(RefusalKind.Forbidden, (await RenameAsync(otto, "inesr", "ocarina")).Refusal?.Kind);
        Assert.Equal("Reason", (await RenameAsync(moderator, "inesr", "ocarina", " ")).Refusal?.Field);
        Assert.Equal("ocarina", (await RenameAsync(moderator, "inesr", "ocarina")).Required);
        Assert.Equal("flute", (await RenameAsync(moderator, "inesr", "flute")).Required);
        Assert.Equal(RefusalKind.Forbidden, (await RenameAsync(moderator, "adam", "adele")).Refusal?.Kind);
        Assert.Equal("monika", (await RenameAsync(admin, "monam", "monika")).Required);
        await using var db = forum.Db();
        Assert.Equal([("inesr", "ocarina", "It offends."), ("ocarina", "flute", "It offends."), ("monam", "monika", "It offends.")],
            (await db.AuditEntries.Where(a => a.Deed == "member.renamed").OrderBy(a => a.Id).ToListAsync()).Select(a => (a.Before!, a.After!, a.Note!)));
    }
}
