using Bunit;
using Forum.Members;
using Forum.Topics;
using Forum.Web.Topics;

namespace Forum.Web.Tests.Topics;

/// <summary>The parts of a topic's page, each with a topic as the engine gives it.</summary>
public sealed class TopicPartsTests(WebForum forum) : IClassFixture<WebForum>
{
    [Fact]
    public async Task A_visitors_upvote_leads_to_the_sign_in_and_back()
    {
        var (_, topic) = await SceneAsync();
        using var stage = new Stage();
        var vote = stage.Render<VoteBox>(p => p.Add(c => c.Post, topic.Posts[0]).Add(c => c.ReturnUrl, "/t/1/a?page=2#post-21"));
        Assert.Equal($"/account/sign-in?returnUrl=/t/{topic.Id}/-/{topic.Posts[0].Number}", vote.Find("a").GetAttribute("href"));
        Assert.Equal("Upvote Vera T’s reply, 0 upvotes", vote.Find("a").GetAttribute("aria-label"));
        Assert.Empty(vote.FindAll("form, button"));
    }

    [Fact]
    public async Task A_member_upvotes_by_a_form_with_a_token_and_takes_it_back_by_another()
    {
        var (asker, topic) = await SceneAsync();
        using var stage = new Stage(asker);
        var vote = stage.Render<VoteBox>(p => p.Add(c => c.Post, topic.Posts[0] with { Score = 1234 }).Add(c => c.ReturnUrl, "/back"));
        Assert.Equal(("post", $"/posts/{topic.Posts[0].Id}/upvote"), (vote.Find("form").GetAttribute("method"), vote.Find("form").GetAttribute("action")));
        Assert.Equal("a token", vote.Find("input[name=__RequestVerificationToken]").GetAttribute("value"));
        Assert.Equal("/back", vote.Find("input[name=returnUrl]").GetAttribute("value"));
        Assert.Equal(("Upvote Vera T’s reply", "false"), (vote.Find("button").GetAttribute("aria-label"), vote.Find("button").GetAttribute("aria-pressed")));
        Assert.Equal("1,234 upvotes", vote.Find("b").TextContent);

        vote.Render(p => p.Add(c => c.Post, topic.Posts[0] with { Score = 1, Voted = true }));
        Assert.EndsWith("/take-back", vote.Find("form").GetAttribute("action"), StringComparison.Ordinal);
        Assert.Equal(("Remove your upvote from Vera T’s reply", "true"), (vote.Find("button").GetAttribute("aria-label"), vote.Find("button").GetAttribute("aria-pressed")));
        Assert.Equal("1 upvote", vote.Find("b").TextContent);

        vote.Render(p => p.Add(c => c.Post, topic.Question! with { Own = false }));
        Assert.Equal("Upvote this question", vote.Find("button").GetAttribute("aria-label"));
    }

    [Fact]
    public async Task Ones_own_post_shows_its_score_and_no_button()
    {
        var (asker, topic) = await SceneAsync();
        using var stage = new Stage(asker);
        var vote = stage.Render<VoteBox>(p => p.Add(c => c.Post, topic.Question! with { Score = 3 }).Add(c => c.ReturnUrl, "/"));
        Assert.True(topic.Question!.Own);
        Assert.Empty(vote.FindAll("form, button, a"));
        Assert.Equal("3 upvotes", vote.Find("b").TextContent);
    }

    [Fact]
    public async Task The_solution_says_who_marked_it()
    {
        var (_, topic) = await SceneAsync(accept: true);
        var solution = topic.Solution!;
        foreach (var (view, words) in new (SolutionView, string)[]
        {
            (solution, "marked by the asker"),
            (solution with { ByStaff = true }, $"marked by staff ({solution.MarkedBy!.DisplayName})"),
            (solution with { ByStaff = true, MarkedBy = null }, "marked by staff"),
            (solution with { BySelf = true }, "Solved by the asker"),
            (solution with { BySelf = true, ByStaff = true, MarkedBy = null }, "marked by staff"),
        })
        {
            using var stage = new Stage();
            Assert.Contains($" · {words}", stage.Render<SolutionPost>(p => p.Add(c => c.Solution, view).Add(c => c.Topic, topic)).Find(".rank").TextContent, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Only_who_may_mark_is_offered_to_unmark()
    {
        var (asker, topic) = await SceneAsync(accept: true);
        using (var stage = new Stage(asker))
        {
            var unmark = stage.Render<SolutionPost>(p => p.Add(c => c.Solution, topic.Solution!).Add(c => c.Topic, topic)).Find($"form[action='/posts/{topic.Solution!.Post.Id}/unmark']");
            Assert.Equal("Not the solution", unmark.QuerySelector("button")!.TextContent);
            Assert.Equal($"{topic.Id}", unmark.QuerySelector("input[name=topic]")!.GetAttribute("value"));
        }
        using (var stage = new Stage())
            Assert.Empty(stage.Render<SolutionPost>(p => p.Add(c => c.Solution, topic.Solution!).Add(c => c.Topic, topic with { Mine = topic.Mine with { MayMark = false } })).FindAll("form"));
    }

    [Theory]
    [InlineData("Plain words.")]
    [InlineData("</textarea><script>alert(1)</script> & \"quotes\" 'too' <b>")]
    [InlineData("    code first\n\n\tand a tab\n\nend  ")]
    [InlineData("\u202eturned \u0000 around 👩‍🚀")]
    public void The_composer_keeps_what_was_posted_to_the_letter(string text)
    {
        using var stage = new Stage();
        var composer = stage.Render<Composer>(p => p.Add(c => c.Form, new ComposerForm { Markdown = text }).Add(c => c.Place, "t1").Add(c => c.Draft, "draft-1-0").Add(c => c.Name, "Your reply"));
        Assert.Equal(text.Replace("\0", "\ufffd", StringComparison.Ordinal), composer.Find("textarea").TextContent);
        Assert.Empty(composer.FindAll("script"));
        Assert.Equal("Your reply", composer.Find("textarea").GetAttribute("aria-label"));
        Assert.Equal("draft-1-0", composer.Find("textarea").ParentElement!.GetAttribute("data-permanent"));
    }

    [Fact]
    public void The_composer_says_what_is_wrong_with_the_text_and_keeps_it()
    {
        using var stage = new Stage();
        var composer = stage.Render<Composer>(p => p.Add(c => c.Form, new ComposerForm { Markdown = "x" }).Add(c => c.Place, "t1").Add(c => c.Draft, "d").Add(c => c.Label, "Your reply")
            .Add(c => c.Refusal, Refusal.Invalid("Please write at least {0} characters.", "Markdown", 2)));
        var text = composer.Find("textarea");
        Assert.Equal(("x", "true"), (text.TextContent, text.GetAttribute("aria-invalid")));
        Assert.Contains(text.GetAttribute("aria-describedby")!.Split(' '), id => composer.Find($"#{id}").TextContent == "Please write at least 2 characters.");
        Assert.Equal("markdown", composer.Find("label").GetAttribute("for"));
    }

    private async Task<(Member Asker, TopicView Topic)> SceneAsync(bool accept = false)
    {
        var board = (await forum.BoardAsync($"b{Guid.NewGuid():N}"[..12])).Slug;
        var asker = await forum.MemberAsync();
        var topic = await forum.AskAsync(asker, board);
        var reply = await forum.ReplyAsync(await forum.MemberAsync("Vera Trau"), topic);
        if (accept)
            await forum.AcceptAsync(asker, reply);
        return (asker, await Stage.TopicAsync(forum, topic, asker));
    }
}
