using Forum.Boards;
using Forum.Jobs;
using Forum.Members;
using Forum.Settings;
using Forum.Tests.Data;
using Microsoft.EntityFrameworkCore;

namespace Forum.Tests.Members;

public sealed class DirectoryTests
{
    private static async Task<IReadOnlyList<string>> NamesAsync(TestForum forum, DirectoryList list)
    {
        var names = new List<string>();
        do
        {
            var page = await forum.Get<DirectoryQueries>().ListAsync(Rights.OfVisitor, list, default);
            Assert.InRange(page.Items.Count, 0, list.Size);
            names.AddRange(page.Items.Select(r => r.Who.DisplayName));
            list = list with { After = page.Next };
        }
        while (list.After is not null);
        return names;
    }

    private static async Task GiveAsync(TestForum forum, Actor member, int points)
    {
        await using var db = forum.Db();
        await db.Users.Where(m => m.Id == member.MemberId).ExecuteUpdateAsync(set => set.SetProperty(m => m.Points, points));
    }

    [Fact]
    public async Task Members_are_sorted_by_points_by_the_name_that_is_shown_and_by_when_they_came()
    {
        await using var forum = await TestForum.StartAsync();
        foreach (var (name, points) in new[] { ("Carla Zand", 5), ("Anna Yilmaz", 30), ("Anna Bauer", 5), ("Dora", 0), ("Émile Zola", 40) })
        {
            await GiveAsync(forum, await forum.MemberAsync(name), points);
            forum.Clock.Advance(TimeSpan.FromMinutes(1));
        }
        foreach (var size in new[] { 1, 2, 20 })
        {
            Assert.Equal(["Émile Z", "Anna Y", "Carla Z", "Anna B", "Dora"], await NamesAsync(forum, new(Size: size)));
            Assert.Equal(["Émile Z", "Dora", "Anna B", "Anna Y", "Carla Z"], await NamesAsync(forum, new(Sort: MemberSort.Newest, Size: size)));
            Assert.Equal(["Anna B", "Anna Y", "Carla Z", "Dora", "Émile Z"], await NamesAsync(forum, new(Sort: MemberSort.Name, Size: size)));
        }
    }

    [Theory]
    [InlineData("muh", "Muhammad A", "Muhammad B")]
    [InlineData("Muhammad a", "Muhammad A")]
    [InlineData("@muhammada", "Muhammad A")]
    [InlineData("emil", "Émile Z")]
    [InlineData("muhammad ab")]
    [InlineData("muhammad ahmed")]
    [InlineData("ahmed")]
    [InlineData("%")]
    [InlineData("@")]
    [InlineData("🙂")]
    public async Task A_search_looks_at_the_beginning_of_handles_and_of_names_as_they_are_shown(string query, params string[] found)
    {
        await using var forum = await TestForum.StartAsync();
        foreach (var name in new[] { "Muhammad Ahmed", "Muhammad Barzani", "Émile Zola" })
            await forum.MemberAsync(name);
        foreach (var size in new[] { 1, 20 })
            Assert.Equal(query == "@" ? await NamesAsync(forum, new(Sort: MemberSort.Name)) : found, await NamesAsync(forum, new(query, Size: size)));
    }

    [Fact]
    public async Task Whom_the_name_does_not_find_the_handle_does_each_once()
    {
        await using var forum = await TestForum.StartAsync();
        var chosen = (await forum.Get<CreateMember>().RunAsync(Actor.Operator, new("Walter Muir", "muhpferd", "walter@example.org", null), default)).Required;
        await forum.MemberAsync("Muhammad Ahmed");
        await forum.MemberAsync("Muhammad Barzani");
        foreach (var size in new[] { 1, 2, 3 })
            Assert.Equal(["Muhammad A", "Muhammad B", "Walter M"], await NamesAsync(forum, new("MUH", Size: size)));
        Assert.Equal("muhpferd", chosen.Handle);
    }

    [Fact]
    public async Task Another_policy_of_names_holds_at_once()
    {
        await using var forum = await TestForum.StartAsync();
        await forum.MemberAsync("Muhammad Ahmed");
        forum.Options.Site.DisplayNames = NamePolicy.Full;
        Assert.Equal(["Muhammad Ahmed"], await NamesAsync(forum, new("muhammad ah")));
        forum.Options.Site.DisplayNames = NamePolicy.Handle;
        Assert.Empty(await NamesAsync(forum, new("muhammad a")));
        Assert.Equal(["muhammada"], await NamesAsync(forum, new("muhammada")));
    }

    [Fact]
    public async Task Who_is_erased_not_confirmed_or_suspended_does_not_stand_there()
    {
        await using var forum = await TestForum.StartAsync();
        var (erased, unconfirmed, suspended) = (await forum.MemberAsync("Erna Away"), await forum.MemberAsync("Uwe Unsure"), await forum.MemberAsync("Sam Spam"));
        await forum.MemberAsync("Ida Here");
        await forum.SuspendAsync(suspended, TimeSpan.FromDays(1));
        await using (var db = forum.Db())
        {
            await db.Users.Where(m => m.Id == unconfirmed.MemberId).ExecuteUpdateAsync(set => set.SetProperty(m => m.EmailConfirmed, false));
            await db.Users.Where(m => m.Id == erased.MemberId).ExecuteUpdateAsync(set => set.SetProperty(m => m.ErasureDue, forum.Clock.GetUtcNow().UtcDateTime));
        }
        Assert.Equal(1, (await forum.Get<EraseMembers>().RunAsync(Actor.Operator, default)).Required);
        foreach (var sort in Enum.GetValues<MemberSort>())
            Assert.Equal(["Ida H"], await NamesAsync(forum, new(Sort: sort)));
        foreach (var name in new[] { "erna", "former", "uwe", "sam" })
            Assert.Empty(await NamesAsync(forum, new(name)));
    }

    [Fact]
    public async Task Staff_may_be_shown_alone()
    {
        await using var forum = await TestForum.StartAsync();
        await forum.MemberAsync("Ida Here");
        await forum.MemberAsync("Mona Mod", SiteRole.Moderator);
        Assert.Equal(["Mona M"], await NamesAsync(forum, new(Staff: true)));
        Assert.Empty(await NamesAsync(forum, new("ida", Staff: true)));
    }

    [Fact]
    public async Task Members_of_before_are_found_once_their_names_are_noted()
    {
        await using var forum = await TestForum.StartAsync();
        await forum.MemberAsync("Ida Here");
        await using (var db = forum.Db())
            await db.Users.ExecuteUpdateAsync(set => set.SetProperty(m => m.NameNormalized, (string?)null).SetProperty(m => m.MaskedNormalized, (string?)null));
        Assert.Equal(1, (await forum.Get<NoteNames>().RunAsync(Actor.Operator, default)).Required);
        Assert.Equal(0, (await forum.Get<NoteNames>().RunAsync(Actor.Operator, default)).Required);
        Assert.Equal(["Ida H"], await NamesAsync(forum, new("ida h")));
    }

    [Fact]
    public async Task No_list_and_no_search_reads_or_sorts_all_members()
    {
        var plans = new QueryPlans();
        await using var forum = await TestForum.StartAsync(add: plans.Attach);
        foreach (var name in new[] { "Anna Yilmaz", "Anna Bauer", "Anna Carlsson" })
            await forum.MemberAsync(name);
        foreach (var list in new DirectoryList[] { new(), new(Sort: MemberSort.Newest), new(Sort: MemberSort.Name), new("anna"), new("@anna") })
        {
            var steps = await plans.OfAsync(() => NamesAsync(forum, list with { Size = 1 }));
            Assert.DoesNotContain("SCAN a", steps);
            Assert.DoesNotContain(steps, step => step.Contains("TEMP B-TREE", StringComparison.Ordinal));
        }
    }
}
