using Forum.Boards;
using Forum.Data;
using Forum.Outbox;
using Forum.Solutions;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;

namespace Forum.Moderation;

/// <param name="Everywhere">On the home page, too; for moderators of the site.</param>
/// <param name="Days">One of <see cref="PinTopic.Days"/>; null for good.</param>
public sealed record PinInput(long TopicId, bool Everywhere = false, int? Days = null);

/// <summary>Pins a visible topic before all others of its board, or of the home page too. Pinned again it is pinned as was said last.</summary>
public sealed class PinTopic(ForumWriter writer)
{
    /// <summary>For how many days a topic is pinned.</summary>
    public static readonly IReadOnlyList<int> Days = [1, 7, 30, 90];

    public Task<Result<Done>> RunAsync(Actor actor, PinInput input, CancellationToken cancellation)
    {
        if (input.Days is { } days && !Days.Contains(days))
            return Task.FromResult<Result<Done>>(Refusal.Invalid("Please choose for how long.", "Days"));
        return writer.RunAsync<Done>(actor, async (deed, cancellation) =>
        {
            if (!(await deed.PinnedByAsync(input.TopicId, input.Everywhere, cancellation)).Is(out var topic, out var refusal))
                return refusal;
            if (topic.Visibility != Visibility.Visible)
                return Refusal.OutOfSight;
            var db = deed.Db;
            var pin = await db.Pins.SingleOrDefaultAsync(p => p.TopicId == topic.Id, cancellation);
            var before = pin is null ? null : Said(pin);
            if (pin is null)
                db.Pins.Add(pin = new Pin { TopicId = topic.Id, Everywhere = input.Everywhere, At = deed.Now });
            (pin.Everywhere, pin.At, pin.ById) = (input.Everywhere, deed.Now, deed.Actor.MemberId);
            pin.Until = input.Days is { } some ? deed.Now.AddDays(some) : null;
            await db.Topics.Where(t => t.Id == topic.Id).ExecuteUpdateAsync(set => set.SetProperty(t => t.Pinned, true), cancellation);
            deed.Audit("topic.pinned", topic.Id, before: before, after: Said(pin));
            deed.Tell(new TopicPinned(topic.Id, topic.BoardId));
            return new Done();
        }, cancellation);
    }

    internal static string Said(Pin pin) => $"{(pin.Everywhere ? "site" : "board")}{(pin.Until is { } until ? $", {Sanctioning.Day(until)}" : "")}";
}

/// <summary>Lets a topic stand among the others again. Doing it twice is doing it once.</summary>
public sealed class UnpinTopic(ForumWriter writer)
{
    public Task<Result<Done>> RunAsync(Actor actor, long topicId, CancellationToken cancellation) => writer.RunAsync<Done>(actor, async (deed, cancellation) =>
    {
        var pin = await deed.Db.Pins.SingleOrDefaultAsync(p => p.TopicId == topicId, cancellation);
        if (!(await deed.PinnedByAsync(topicId, pin is { Everywhere: true }, cancellation)).Is(out var topic, out var refusal))
            return refusal;
        if (topic.Pinned)
            await deed.UnpinAsync(topic, pin, byNobody: false, cancellation);
        return new Done();
    }, cancellation);
}

internal static class Pinning
{
    /// <summary>The topic with its board, for whoever may pin it so.</summary>
    public static async Task<Result<Topic>> PinnedByAsync(this Deed deed, long topicId, bool everywhere, CancellationToken cancellation)
    {
        await deed.RaiseVersionAsync(topicId, cancellation);
        var rights = await deed.Db.RightsOfAsync(deed.Actor, deed.Now, cancellation);
        if (await deed.Db.Topics.AsNoTracking().Include(t => t.Board).SingleOrDefaultAsync(t => t.Id == topicId, cancellation) is not { } topic)
            return Refusal.NotFound;
        return topic.CannotBePinnedBy(rights, everywhere) is { } mayNot ? mayNot : topic;
    }

    public static async Task UnpinAsync(this Deed deed, Topic topic, Pin? pin, bool byNobody, CancellationToken cancellation)
    {
        if (pin is not null)
            deed.Db.Pins.Remove(pin);
        await deed.Db.Topics.Where(t => t.Id == topic.Id).ExecuteUpdateAsync(set => set.SetProperty(t => t.Pinned, false), cancellation);
        deed.Audit(byNobody ? "topic.pin-lapsed" : "topic.unpinned", topic.Id, byNobody: byNobody, before: pin is null ? null : PinTopic.Said(pin));
        deed.Tell(new TopicPinned(topic.Id, topic.BoardId));
    }
}
