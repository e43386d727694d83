using System.Text.Json;
using System.Text.Json.Serialization;
using Forum.Data;
using Forum.Members;
using Forum.Outbox;
using Forum.Settings;
using Forum.Topics;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Forum.Web.Demo;

/// <summary>
/// Fills an empty forum with a small community to look around in. It is told through the forum's own deeds, each at its time in the past,
/// so that every counter, point and leaderboard is what it would be had it happened. Only upvotes, which are many and alike, are put down
/// together in one write: the first start should not be waited for.
/// </summary>
public sealed class DemoCommunity(IDbContextFactory<ForumDbContext> contexts, WriteGate gate, Signal signal, SecurityLog security, WritingQueries writings, IPasswordHasher<Member> hasher, TimeProvider clock)
{
    /// <summary>Of all accounts that can sign in; the demonstration runs on a developer's own machine only.</summary>
    public const string Password = "ask-it-once-2026";

    private static readonly JsonSerializerOptions json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    /// <summary>Tells the story where there is no board yet; gives the addresses that can sign in, none where there was something already.</summary>
    public async Task<IReadOnlyList<string>> FillAsync(CancellationToken cancellation)
    {
        await using (var db = await contexts.CreateDbContextAsync(cancellation))
            if (await db.Boards.AnyAsync(cancellation))
                return [];
        await using var file = typeof(DemoCommunity).Assembly.GetManifestResourceStream("Forum.Web.Demo.community.json")!;
        var story = (await JsonSerializer.DeserializeAsync<Story>(file, json, cancellation))!;
        await new Storyteller(story, clock.GetUtcNow(), moment => new(contexts, gate, signal, security, new ForumOptions(), moment), writings, hasher).RunAsync(cancellation);
        return [.. story.Members.Where(m => m.SignIn).Select(m => m.Email)];
    }
}
