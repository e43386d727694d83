using System.Net;
using Forum.Members;
using Forum.Moderation;
using Forum.Topics;
using Forum.Web.Moderation;
using Forum.Web.Tests.Api;

namespace Forum.Web.Tests.Moderation;

/// <summary>What one account did is rolled back after one look and one confirmation, without JavaScript.</summary>
public sealed class RollBackPageTests(WebForum forum) : IClassFixture<WebForum>
{
    private const string Form = "form[method=post][action*='/rollback']";

    private async Task<Browser> StaffAsync(SiteRole role = SiteRole.Moderator) => await forum.SignInAsync((await forum.MemberAsync("Sam Staff", role)).Email!);

    /// <summary>The form of the page as it stands, with the address that it leads to.</summary>
    private static string AddressOf(Answer page, params string[] kinds) =>
        $"{page.One("form[aria-labelledby=what]").GetAttribute("action")}?from={page.One("#from").GetAttribute("value")}&to={page.One("#to").GetAttribute("value")}{string.Concat(kinds.Select(k => $"&kind={k}"))}";

    [Fact]
    public async Task A_moderator_looks_first_rolls_back_with_a_reason_and_undoes_it()
    {
        var (rogue, asker, moderator) = (await forum.MemberAsync("Rolf Rogue"), await forum.MemberAsync(), await StaffAsync());
        var topic = await forum.AskAsync(asker, await forum.FreshBoardAsync());
        var (spam, edited) = (await forum.ReplyAsync(rogue, topic, "Buy watches."), await forum.ReplyAsync(rogue, topic, "Buy kites."));
        await forum.UpvoteAsync(rogue, topic);
        var admin = await forum.MemberAsync("Ada Admin", SiteRole.Admin);
        _ = (await forum.Get<EditPost>().RunAsync(admin.AsActor(), new(edited.PostId, 1, "Please look at the menu.", Reason: "no ads"), default)).Required;

        var form = await moderator.GetAsync((await moderator.GetAsync($"/mod/members/{rogue.Handle}")).One("a[href$='/rollback']").GetAttribute("href")!);
        Assert.Equal((5, false), (form.Document.QuerySelectorAll("input[name=kind][checked]").Length, form.Has("#things")));
        var look = await moderator.GetAsync(AddressOf(form, "Written", "Upvotes"));
        Assert.Equal(("2 things are rolled back", "1 thing stays as it is"), (look.TextOf("#things"), look.TextOf("#conflicts")));
        Assert.Contains("It was edited again since", look.TextOf("section[aria-labelledby=conflicts]"), StringComparison.Ordinal);
        Assert.True(look.Has($"section[aria-labelledby=conflicts] a[href$='#post-{edited.Number}'], section[aria-labelledby=conflicts] a[href$='/{edited.Number}']"));
        Assert.Equal(Visibility.Visible, (await PostAsync(spam)).Visibility);

        var refused = await moderator.SubmitAsync(look, Form, ("Why", ""));
        Assert.Equal((HttpStatusCode.BadRequest, true, true), (refused.Status, refused.Has("#why-error"), refused.Has("#things")));
        Assert.Equal(Visibility.Visible, (await PostAsync(spam)).Visibility);

        var done = await moderator.SubmitAsync(refused, Form, ("Why", "Somebody else had the account."));
        Assert.True(done.IsRedirect, done.Text);
        Assert.Equal((Visibility.Deleted, Visibility.Visible, 0), ((await PostAsync(spam)).Visibility, (await PostAsync(edited)).Visibility, (await PostAsync(topic)).Score));
        var after = await moderator.FollowAsync(done);
        Assert.Equal(("Things rolled back: 2", false, true), (after.TextOf(".notice.info p"), after.Has("#things"), after.Has("#conflicts")));
        Assert.Contains("Somebody else had the account.", (await (await forum.SignInAsync(rogue.Email!)).GetAsync("/account/moderation")).TextOf("main"), StringComparison.Ordinal);
        Assert.Contains("rolled back what a member did", (await moderator.GetAsync($"/mod/log?about={rogue.Handle}")).TextOf("main"), StringComparison.Ordinal);

        var record = await moderator.GetAsync($"/mod/members/{rogue.Handle}");
        Assert.Contains("2 things were rolled back", record.TextOf("section[aria-labelledby=rollbacks]"), StringComparison.Ordinal);
        Assert.True((await moderator.SubmitAsync(record, "section[aria-labelledby=rollbacks] form")).IsRedirect);
        Assert.Equal((Visibility.Visible, 1), ((await PostAsync(spam)).Visibility, (await PostAsync(topic)).Score));
        Assert.False((await moderator.GetAsync($"/mod/members/{rogue.Handle}")).Has("section[aria-labelledby=rollbacks] form"));
    }

    private async Task<Post> PostAsync(PostedPost post)
    {
        await using var db = forum.Db();
        return (await db.Posts.FindAsync(post.PostId))!;
    }

    [Fact]
    public async Task What_is_wrong_with_the_form_is_said_and_what_was_typed_stays()
    {
        var (rogue, moderator) = (await forum.MemberAsync("Rolf Rogue"), await StaffAsync());
        foreach (var (query, error) in new[]
        {
            ("from=2026-01-01T00:00&to=2026-03-01T00:00&kind=Edits", "#from-error"), ("from=2026-01-02T00:00&to=2026-01-01T00:00&kind=Edits", "#to-error"), ("from=soon&to=2026-01-01T00:00&kind=Edits", "#from-error"), ("from=2026-01-01T00:00&to=2026-01-02T00:00&kind=Nothing", "#kinds-error"),
        })
        {
            var page = await moderator.GetAsync($"/mod/members/{rogue.Handle}/rollback?{query}");
            Assert.Equal((query, HttpStatusCode.BadRequest, true, false), (query, page.Status, page.Has(error), page.Has(Form)));
            Assert.Equal(query.Split("from=")[1].Split('&')[0], page.One("#from").GetAttribute("value"));
        }
        var none = await moderator.GetAsync($"/mod/members/{rogue.Handle}/rollback?from=2026-01-01T00:00&to=2026-01-02T00:00&kind=Edits");
        Assert.Equal((HttpStatusCode.OK, "Nothing to roll back", false), (none.Status, none.TextOf(".empty h2"), none.Has(Form)));
    }

    [Fact]
    public async Task A_long_list_says_how_much_more_there_is()
    {
        var (rogue, moderator) = (await forum.MemberAsync("Rolf Rogue"), await StaffAsync());
        var topic = await forum.AskAsync(await forum.MemberAsync(), await forum.FreshBoardAsync());
        for (var i = 0; i < 103; i++)
            await forum.ReplyAsync(rogue, topic, $"Watch number {i}.");
        var look = await moderator.GetAsync(AddressOf(await moderator.GetAsync($"/mod/members/{rogue.Handle}/rollback"), "Written"));
        Assert.Equal((100, "And 3 more."), (look.Document.QuerySelectorAll("section[aria-labelledby=things] li").Length, look.TextOf("section[aria-labelledby=things] > p")));
    }

    [Fact]
    public async Task Times_are_those_of_the_forum()
    {
        var (rogue, moderator) = (await forum.MemberAsync("Rolf Rogue"), await StaffAsync());
        await forum.AskAsync(rogue, await forum.FreshBoardAsync());
        var site = forum.Get<Settings.ForumOptions>().Site;
        var zone = site.TimeZone;
        try
        {
            site.TimeZone = "Pacific/Auckland";
            var now = forum.Get<TimeProvider>().GetUtcNow().UtcDateTime;
            var there = site.OnSite(now);
            var look = await moderator.GetAsync($"/mod/members/{rogue.Handle}/rollback?from={there.AddHours(-1):yyyy-MM-dd'T'HH:mm}&to={there.AddMinutes(2):yyyy-MM-dd'T'HH:mm}&kind=Written");
            Assert.Equal("1 thing is rolled back", look.TextOf("#things"));
            Assert.True((await moderator.GetAsync($"/mod/members/{rogue.Handle}/rollback?from={now.AddHours(-1):yyyy-MM-dd'T'HH:mm}&to={now.AddMinutes(2):yyyy-MM-dd'T'HH:mm}&kind=Written")).Has(".empty"));
        }
        finally
        {
            site.TimeZone = zone;
        }
    }

    [Fact]
    public void Every_kind_thing_conflict_and_deed_has_words()
    {
        Assert.All(Enum.GetValues<RollBackKind>(), k => Assert.NotEqual(k.Name(), k.Meaning()));
        var thing = new RollBackThing(RollBackPart.Written, 1, 1, "a", "A", 1, DateTime.UnixEpoch);
        Assert.All(Enum.GetValues<RollBackPart>(), p => Assert.NotEmpty((thing with { Part = p }).Says()));
        Assert.Equal(Enum.GetValues<RollBackConflict>().Length, Enum.GetValues<RollBackConflict>().Select(c => c.Says()).Distinct().Count());
        foreach (var deed in new[] { "post.words-rolled-back", "post.words-returned", "vote.rolled-back", "vote.returned", "member.rolled-back", "member.roll-back-undone" })
            Assert.NotEqual(deed, new AuditRow(1, DateTime.UnixEpoch, null, deed, null, null, null, null, null, null).Words());
    }

    [Fact]
    public async Task Staff_are_for_managers_and_nobody_else_sees_the_page()
    {
        var (member, staff) = (await forum.MemberAsync("Rolf Rogue"), await forum.MemberAsync("Stefan Staff", SiteRole.Staff));
        Assert.Equal(HttpStatusCode.Forbidden, (await (await StaffAsync()).GetAsync($"/mod/members/{staff.Handle}/rollback")).Status);
        Assert.Equal(HttpStatusCode.OK, (await (await StaffAsync(SiteRole.Manager)).GetAsync($"/mod/members/{staff.Handle}/rollback")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await (await StaffAsync()).GetAsync("/mod/members/nobody-there/rollback")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await (await forum.SignInAsync(member.Email!)).GetAsync($"/mod/members/{staff.Handle}/rollback")).Status);
    }
}
