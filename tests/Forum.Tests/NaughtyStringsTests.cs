using System.Text.Json;
using Forum.Boards;
using Forum.Members;
using Forum.Moderation;
using Forum.Tests.Standing;
using Forum.Topics;

namespace Forum.Tests;

/// <summary>Whatever is typed into whichever field is taken or refused with a sentence; nothing throws.</summary>
public sealed class NaughtyStringsTests
{
    private static readonly string[] ours =
    [
        "", " ", "null", "\0", "\u0000\u0001\u001f", "\ud800", "\udc00\ud800 lone", "\ufeff\u202e\u2066txt.exe", "𝕏𝕏𝕏", "👨‍👩‍👧‍👦", "Z̸̢̧̛a̷l̵g̴o̶", "'; DROP TABLE Posts;--", "<script>alert(1)</script>", "{0} {1} {99}", "%s%n", "../../etc/passwd",
        "İıſßŒ", "\u115f\u3164\u2800", "ﷺﷺﷺﷺ", "C:\\con\\nul", "[](javascript:alert(1))", "[a]: b \"c", "| a |\n|---|", new string('[', 300), new string('>', 300), new string('x', 70_000), "a\u2028b\u2029c",
    ];

    [Fact]
    public Task Our_own_list_goes_through_every_field() => TryAsync(ours);

    [DataFact("naughty_strings/blns.json")]
    public async Task The_big_list_goes_through_every_field() =>
        await TryAsync(JsonSerializer.Deserialize<string[]>(await File.ReadAllTextAsync(TestData.Require("naughty_strings/blns.json")))!);

    private static async Task TryAsync(string[] strings)
    {
        await using var forum = await TestForum.StartAsync();
        await forum.BoardAsync();
        var admin = await forum.MemberAsync("Ada Admin", SiteRole.Admin);
        var question = await forum.AskAsync(admin);
        var version = 1;
        foreach (var (text, i) in strings.Select((s, i) => (s, i)))
        {
            Check(await forum.Get<AskQuestion>().RunAsync(admin, new("help", text, text, [text], text), default));
            Check(await forum.Get<AskQuestion>().RunAsync(admin, new("help", $"A question about {text}", $"What is to be done about {text}", [], $"{i}{text}"), default));
            Check(await forum.Get<AskQuestion>().RunAsync(admin, new(text, Scenario.Question, Scenario.Body, [], null), default));
            Check(await forum.Get<AskQuestion>().RunAsync(admin, new("help", Scenario.Question, Scenario.Body, [text, "ok"], null), default));
            Check(await forum.Get<PostReply>().RunAsync(admin, new(question.TopicId, text, null, text), default));
            var edit = await forum.Get<EditPost>().RunAsync(admin, new(question.PostId, version, $"{Scenario.Body} {text}", $"A question about {text}", [text]), default);
            Check(edit);
            version = (await forum.PostAsync(question.PostId)).Version;
            Check(await forum.Get<SignUp>().RunAsync(Actor.Visitor, new(text, null, $"n{i}@example.org", Scenario.Password), null, default));
            Check(await forum.Get<SignUp>().RunAsync(Actor.Visitor, new("Ines Rosa", text, $"h{i}@example.org", Scenario.Password), null, default));
            Check(await forum.Get<SignUp>().RunAsync(Actor.Visitor, new("Ines Rosa", null, text, Scenario.Password), null, default));
            Check(await forum.Get<SignUp>().RunAsync(Actor.Visitor, new("Ines Rosa", null, $"{text}@example.org", Scenario.Password), null, default));
            Check(await forum.Get<CreateBoard>().RunAsync(admin, new(text, text, Parent: text, Description: text), default));
            Check(await forum.Get<CreateBoard>().RunAsync(admin, new($"board-{i}", text, Description: text), default));
            Check(await forum.Get<GrantRole>().RunAsync(admin, text, SiteRole.Moderator, text, default));
            Check(await forum.Get<CreateToken>().RunAsync(Actor.Operator, text, TokenScope.Read, default));
            Check(await forum.Get<EndSession>().RunAsync(admin, text, default));
            Check(await forum.Get<HidePost>().RunAsync(admin, question.PostId, text, default));
            Check(await forum.Get<RestorePost>().RunAsync(admin, question.PostId, default));
            Assert.InRange(Slug.Of(Typed.Line(text)).Length, 1, Slug.MaxLength);
        }
        // The hash of a password is slow on purpose; one round of each is enough to see that none throws.
        foreach (var text in strings.Where(s => s.Length is >= Passwords.MinLength and <= Passwords.MaxLength).Take(20).Append("\ud800 a lone surrogate"))
            Check(await forum.Get<SignUp>().RunAsync(Actor.Visitor, new("Ines Rosa", null, $"{Guid.NewGuid():N}@example.org", text), null, default));
        await Recount.AssertEverythingAsync(forum);
    }

    private static void Check<T>(Result<T> result)
    {
        if (result.Refusal is { } refusal)
            Assert.NotEmpty(refusal.ToString());
    }
}
