using System.Net;
using Forum.Boards;
using Forum.Topics;

namespace Forum.Web.Tests.Topics;

public sealed class TagPageTests(WebForum forum) : IClassFixture<WebForum>
{
    private const string AskForm = "form.ask";

    private static string Fresh(string word) => $"{word}-{Guid.NewGuid():N}"[..16];

    private async Task<string> BoardAsync() => (await forum.BoardAsync(Fresh("tagged"))).Slug;

    private async Task<string> TagAsync(string word, string? description = null)
    {
        var name = Fresh(word);
        _ = (await forum.Get<CreateTag>().RunAsync(Actor.Operator, name, description, default)).Required;
        return name;
    }

    private async Task<string> SynonymAsync(string of)
    {
        var name = Fresh("syn");
        _ = (await forum.Get<MergeTag>().RunAsync(Actor.Operator, name, of, default)).Required;
        return name;
    }

    [Fact]
    public async Task A_tag_says_what_it_is_for_and_what_else_it_is_called()
    {
        var tag = await TagAsync("contracts", "What two sides sign. Drafts, terms and how to end one.");
        var synonym = await SynonymAsync(tag);
        await forum.AskAsync(await forum.MemberAsync(), await BoardAsync(), tags: tag);

        var page = await forum.Visitor().GetAsync($"/tags/{tag}");
        Assert.Equal("What two sides sign. Drafts, terms and how to end one.", page.TextOf(".page-head p"));
        Assert.Equal("What two sides sign. Drafts, terms and how to end one.", page.One("meta[name=description]").GetAttribute("content"));
        Assert.Equal(["1 topic", $"Also called: {synonym}"], page.TextsOf(".page-head .meta li"));
        Assert.Equal([Scenario.Question], page.TextsOf(".topics h3"));
        Assert.Contains("What two sides sign.", (await forum.Visitor().GetAsync("/tags")).TextsOf(".tag-list p"));
    }

    [Fact]
    public async Task A_synonym_leads_to_its_tag_for_good_and_keeps_the_filter()
    {
        var tag = await TagAsync("contracts");
        var synonym = await SynonymAsync(tag);
        foreach (var browser in new[] { forum.Visitor(), await forum.SignUpAsync() })
        {
            var answer = await browser.GetAsync($"/tags/{synonym}?filter=solved");
            Assert.Equal((HttpStatusCode.MovedPermanently, $"/tags/{tag}?filter=solved"), (answer.Status, answer.Location));
            Assert.Equal(HttpStatusCode.MovedPermanently, (await browser.GetAsync($"/tags/{tag.ToUpperInvariant()}")).Status);
        }
    }

    [Fact]
    public async Task A_merged_tag_leads_to_the_other_one_at_once()
    {
        var (old, tag, board) = (await TagAsync("old"), await TagAsync("new"), await BoardAsync());
        await forum.AskAsync(await forum.MemberAsync(), board, tags: old);
        var visitor = forum.Visitor();
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync($"/tags/{old}")).Status);

        _ = (await forum.Get<MergeTag>().RunAsync(Actor.Operator, old, tag, default)).Required;

        await WebForum.HoldsSoonAsync(async () => (await visitor.GetAsync($"/tags/{old}")).Location == $"/tags/{tag}", "the old address leads to the tag");
        await WebForum.HoldsSoonAsync(async () => (await visitor.GetAsync($"/tags/{tag}")).TextsOf(".topics h3") is [Scenario.Question], "the topic under the tag");
        await WebForum.HoldsSoonAsync(async () => (await visitor.GetAsync($"/search?q=tag:{old}")).TextsOf(".results h3") is [Scenario.Question], "the topic in the search");
        Assert.Equal($"[\"{tag}\"]", (await visitor.GetAsync($"/x/tags?q={old}")).Text);
    }

    [Fact]
    public async Task A_tag_without_topics_invites_to_ask_and_one_that_there_is_not_is_not_found()
    {
        var page = await (await forum.SignUpAsync()).GetAsync($"/tags/{await TagAsync("lonely")}");
        Assert.Equal("No topics yet", page.TextOf(".empty h3"));
        Assert.StartsWith("/ask?tags=lonely-", page.One(".empty a").GetAttribute("href"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await forum.Visitor().GetAsync("/tags/unheard-of")).Status);
    }

    [Fact]
    public async Task Whoever_asks_from_a_tags_page_has_it_in_the_form()
    {
        await BoardAsync();
        Assert.Equal("contracts", (await (await forum.SignUpAsync()).GetAsync("/ask?tags=contracts")).One("[name='Input.Tags']").GetAttribute("value"));
    }

    [Fact]
    public async Task A_question_with_an_unknown_tag_comes_back_whole_and_names_it()
    {
        // Like no other name of these tests.
        var (board, tag) = (await BoardAsync(), $"q{Guid.NewGuid():N}");
        await forum.TagsAsync(tag);
        var member = await forum.SignUpAsync();

        var refused = await member.SubmitAsync(await member.GetAsync("/ask"), AskForm, ("Board", board), ("Title", Scenario.Question), ("Markdown", Scenario.Body), ("Tags", $"{tag} {tag[..^1]}"));

        Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
        Assert.Contains($"“{tag[..^1]}”", refused.TextOf("#tags-error"), StringComparison.Ordinal);
        Assert.EndsWith($"Did you mean {tag}?", refused.TextOf("#tags-error"), StringComparison.Ordinal);
        Assert.Equal((Scenario.Question, Scenario.Body, $"{tag} {tag[..^1]}", board), (refused.One("[name='Input.Title']").GetAttribute("value"), refused.One("[name='Input.Markdown']").TextContent,
            refused.One("[name='Input.Tags']").GetAttribute("value"), refused.One("option[selected]").GetAttribute("value")));
        Assert.True((await member.SubmitAsync(refused, AskForm, ("Tags", tag))).IsRedirect);
    }

    [Fact]
    public async Task The_form_says_what_a_board_asks_for_before_one_posts()
    {
        var (board, bug, planned) = (await BoardAsync(), await TagAsync("bug"), await TagAsync("planned"));
        _ = (await forum.Get<SetBoardTags>().RunAsync(Actor.Operator, new(board, true, [bug], [planned]), default)).Required;

        var page = await (await forum.SignUpAsync()).GetAsync($"/ask?board={board}");
        Assert.Equal($"Up to 5 of the tags that there are, separated by blanks. This board asks for at least one of these: {bug}. Only staff put on and take off: {planned}.", page.TextOf("#tags-hint"));
        Assert.True(page.One("#tags").HasAttribute("required"));
        Assert.Equal("Up to 5 words that others will look for, separated by blanks. Optional.",
            (await (await forum.SignInAsync((await forum.TrustedAsync(Rights.TaggingTrust)).Email!)).GetAsync($"/ask?board={await BoardAsync()}")).TextOf("#tags-hint"));
    }

    [Fact]
    public async Task A_tag_of_the_staff_is_marked_and_stays_when_the_asker_edits()
    {
        var (board, planned, files) = (await BoardAsync(), await TagAsync("planned"), await TagAsync("files"));
        var asker = await forum.MemberAsync();
        var question = await forum.AskAsync(asker, board);
        _ = (await forum.Get<EditPost>().RunAsync((await forum.MemberAsync("Sam Staff", Forum.Members.SiteRole.Moderator)).AsActor(), new(question.PostId, 1, Scenario.Body, Tags: [planned]), default)).Required;
        _ = (await forum.Get<SetBoardTags>().RunAsync(Actor.Operator, new(board, false, [], [planned]), default)).Required;
        var member = await forum.SignInAsync(asker.Email!);

        var form = await member.GetAsync($"/posts/{question.PostId}/edit");
        Assert.Equal($"Only staff put on and take off: {planned}.", form.TextOf("#tags-hint"));
        Assert.True((await member.SubmitAsync(form, "form.composer", ("Tags", files))).IsRedirect);

        var topic = await forum.Visitor().GetAsync($"/t/{question.TopicId}/{question.Slug}");
        Assert.Equal([$"{planned} (put on by staff)"], topic.TextsOf(".meta .tags .staffs"));
        Assert.Equal(2, topic.TextsOf(".meta .tags a").Count);
    }
}
