using System.Reflection;
using Forum.Admin;
using Forum.Boards;
using Forum.Members;
using Forum.Moderation;
using Forum.Search;
using Forum.Standing;
using Forum.Topics;
using Microsoft.AspNetCore.Components;
using Microsoft.Playwright;

namespace Forum.Browser.Tests;

/// <summary>
/// Each page, to visitors and to staff: no rule of accessibility is broken, in light and in dark, nothing is wider than a phone, or than a window
/// of 1280 px at four times the size (WCAG 2.2, 1.4.10), and nothing moves for those who wish for stillness.
/// </summary>
public sealed class EveryPageTests(Site site) : IClassFixture<Site>
{
    /// <summary>The first is the page of what is not there, the second is gone as soon as somebody administers the forum.</summary>
    private static readonly string[] notThere = ["/not-found", "/setup"];

    /// <summary>Where each page is seen: parameters by their place in the route.</summary>
    private async Task<Dictionary<string, string>> AddressesAsync(Actor staff)
    {
        var (asker, _, _) = await site.MemberAsync("Ines Rosa");
        var (helper, _, handle) = await site.MemberAsync("Kwame Osei");
        var topic = await site.AskAsync(asker);
        var reply = await site.ReplyAsync(helper, topic, "Choose *Transfer*, as `docs` say:\n\n```csharp\nproject.Transfer();\n```\n\n| step | who |\n|---|---|\n| 1 | owner |");
        await site.ReplyAsync(asker, topic, "Thank you, that did it.", reply.PostId);
        await site.UpvoteAsync(asker, reply.PostId);
        await site.AcceptAsync(asker, reply);
        _ = (await site.Get<DoubtSolution>().RunAsync(asker, reply.TopicId, reply.PostId, "The button is gone since version 5.", default)).Required;
        var unsolved = await site.AskAsync(staff);
        await site.ReplyAsync(helper, unsolved, "Choose Transfer.");
        _ = (await site.Get<EditPost>().RunAsync(staff, new(reply.PostId, 1, "Choose **Transfer** and invite the other owner, who accepts.", Reason: "clearer"), default)).Required;
        _ = (await site.Get<FlagPost>().RunAsync(helper, new(topic.PostId, FlagReason.Other, "It asks what the help says at its beginning."), default)).Required;
        if ((await site.Get<SynonymQueries>().AllAsync(Rights.OfOperator, default)).Required.Count == 0)
            _ = (await site.Get<SetSynonyms>().RunAsync(Actor.Operator, null, "agency, firm, two-person company", default)).Required;
        var group = (await site.Get<SynonymQueries>().AllAsync(Rights.OfOperator, default)).Required[0].Id;
        var badge = (await site.Get<BadgeQueries>().AllAsync(default)).FirstOrDefault(b => !b.BuiltIn)?.Id
            ?? (await site.Get<SetBadge>().RunAsync(Actor.Operator, null, new("Host", "Welcomes newcomers.", BadgeFact.ByHand, 0, BadgeGrade.Silver), default)).Required;
        _ = (await site.Get<GiveBadge>().RunAsync(Actor.Operator, badge, handle, "For the summer meeting.", default)).Required;
        _ = await site.Get<CreateGroup>().RunAsync(Actor.Operator, "agencies", new("Agencies", "They build for others.", GroupJoining.Request), default);
        _ = (await site.Get<AddToGroup>().RunAsync(Actor.Operator, "agencies", handle, default)).Required;
        _ = (await site.Get<JoinGroup>().RunAsync(asker, "agencies", "We are one.", default)).Required;
        _ = (await site.Get<GiveGroupRights>().RunAsync(Actor.Operator, "agencies", "journeys", Right.Close, default)).Required;
        _ = (await site.Get<SanctionMember>().RunAsync(staff, new(handle, SanctionKind.Silence, 1, "Please be kind."), default)).Required;
        _ = (await site.Get<NoteMember>().RunAsync(staff, handle, "Writes by mail, too.", default)).Required;
        var talk = (await site.Get<TalkToMember>().RunAsync(staff, handle, reply.PostId, "Is this so since version 4?", default)).Required;
        _ = await site.Get<WritePage>().RunAsync(Actor.Operator, SitePage.Guidelines, "Be kind, and say what you tried.", 0, default);
        var (joins, moves) = ($"{Guid.NewGuid():N}@example.test", $"{Guid.NewGuid():N}@example.test");
        _ = (await site.Get<SignUp>().RunAsync(Actor.Visitor, new("Mei Tanaka", null, joins, Site.Password), null, default)).Required;
        var (forgetful, known, _) = await site.MemberAsync("Lena Lost");
        _ = (await site.Get<AskRecovery>().RunAsync(Actor.Visitor, known, Caller.Unknown, default)).Required;
        _ = (await site.Get<AskEmailChange>().RunAsync(forgetful, Site.Password, moves, Caller.Unknown, default)).Required;
        var (at, now) = ($"/t/{topic.TopicId}/{topic.Slug}", site.Get<TimeProvider>().GetUtcNow());
        return new()
        {
            ["/t/{Id:long}"] = $"/t/{topic.TopicId}",
            ["/t/{Id:long}/{Slug}"] = at,
            ["/t/{Id:long}/{Slug}/print"] = $"{at}/print",
            ["/posts/{Id:long}/edit"] = $"/posts/{reply.PostId}/edit",
            ["/posts/{Id:long}/history"] = $"/posts/{reply.PostId}/history",
            ["/posts/{Id:long}/report"] = $"/posts/{topic.PostId}/report",
            ["/t/{Id:long}/history"] = $"/t/{topic.TopicId}/history",
            ["/posts/{Id:long}/outdated"] = $"/posts/{reply.PostId}/outdated",
            ["/t/{Id:long}/solved"] = $"/t/{unsolved.TopicId}/solved",
            ["/t/{Id:long}/arrange"] = $"/t/{topic.TopicId}/arrange",
            ["/t/{Id:long}/merge"] = $"/t/{topic.TopicId}/merge",
            ["/t/{Id:long}/pin"] = $"/t/{topic.TopicId}/pin",
            ["/posts/{Id:long}/author"] = $"/posts/{reply.PostId}/author",
            ["/posts/{Id:long}/move"] = $"/posts/{reply.PostId}/move",
            ["/groups/{Slug}"] = "/groups/agencies",
            ["/admin/groups/{Slug}"] = "/admin/groups/agencies",
            ["/talks/{Id:long}"] = $"/talks/{talk}",
            ["/mod/members/{Handle}"] = $"/mod/members/{handle}",
            ["/mod/members/{Handle}/sign-ins"] = $"/mod/members/{handle}/sign-ins",
            ["/mod/members/{Handle}/merge"] = $"/mod/members/{handle}/merge",
            ["/mod/members/{Handle}/rollback"] = $"/mod/members/{handle}/rollback?from={now.AddDays(-1):yyyy-MM-dd'T'HH:mm}&to={now.AddDays(1):yyyy-MM-dd'T'HH:mm}&kind=Written&kind=Solutions",
            ["/t/{Id:long}/close"] = $"/t/{topic.TopicId}/close",
            ["/posts/{Id:long}/replies"] = $"/posts/{reply.PostId}/replies",
            ["/forums/{Slug}"] = "/forums/journeys",
            ["/admin/boards/{Slug}/tags"] = "/admin/boards/journeys/tags",
            ["/admin/tags/{Name}"] = "/admin/tags/handover",
            ["/admin/boards/{Slug}"] = "/admin/boards/journeys",
            ["/admin/synonyms/{Id:long}"] = $"/admin/synonyms/{group}",
            ["/account/confirm"] = await site.LinkToAsync(joins),
            ["/account/reset"] = await site.LinkToAsync(known),
            ["/account/email"] = await site.LinkToAsync(moves),
            ["/admin/pages/{Name}"] = "/admin/pages/guidelines",
            ["/pages/{Name}"] = "/pages/guidelines",
            ["/tags/{Name}"] = "/tags/handover",
            ["/members/{Handle}"] = $"/members/{handle}",
            ["/admin/trust/{Handle}"] = $"/admin/trust/{handle}",
            ["/badges/{Id:long}"] = "/badges/1",
            ["/admin/badges/{Id:long}"] = $"/admin/badges/{badge}",
            ["/admin/reports/votes"] = $"/admin/reports/votes?with={handle}+{(await site.MemberAsync("Vera Voter")).Handle}",
            ["/search"] = $"/search?topic={topic.TopicId}&q=project",
        };
    }

    [BrowserTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Is_accessible_fits_and_stands_still(bool staff)
    {
        var (member, email, handle) = await site.MemberAsync("Stella Maris");
        _ = (await site.Get<GrantRole>().RunAsync(Actor.Operator, handle, SiteRole.Admin, null, default)).Required;
        var addresses = await AddressesAsync(member);
        var page = await site.BlankAsync();
        if (staff)
            await Site.SignInAsync(page, email);
        var routes = typeof(Program).Assembly.GetTypes().SelectMany(t => t.GetCustomAttributes<RouteAttribute>()).Select(r => r.Template).Order().ToList();
        Assert.Contains("/t/{Id:long}/{Slug}", routes);
        HashSet<string> seen = [];
        // One page has two faces: the search of a topic, and of everything.
        foreach (var (index, address) in routes.Select(route => addresses.GetValueOrDefault(route, route)).Append("/search?q=project").Index())
        {
            Assert.False(address.Contains('{'), $"No address tells where {address} is seen.");
            // One page in light and the next in dark, and for staff the other way round: what pages are made of is seen in both.
            await page.EmulateMediaAsync(new() { ColorScheme = index % 2 == (staff ? 1 : 0) ? ColorScheme.Light : ColorScheme.Dark, ReducedMotion = ReducedMotion.Reduce });
            var answer = await page.GotoAsync(address);
            if (staff)
                Assert.True(answer!.Ok || notThere.Contains(address), $"{address} answered {answer.Status}.");
            // Where visitors may not go, they all come to the same few pages.
            if (!seen.Add(!answer!.Ok ? $"{answer.Status}" : new Uri(page.Url).AbsolutePath is "/account/sign-in" and var signIn ? signIn : address))
                continue;
            await Site.IsAccessibleAsync(page);
            Assert.Equal(0, await page.EvaluateAsync<int>("() => document.getAnimations().length"));
            // A field named as a property of its form would hide that, and the form would be sent elsewhere.
            Assert.True(await page.EvaluateAsync<bool>("() => [...document.forms].every(f => typeof f.action === 'string' && typeof f.method === 'string' && typeof f.submit === 'function')"), $"A field of {address} hides a property of its form.");
            await Site.FitsPhonesAsync(page);
        }
    }
}
