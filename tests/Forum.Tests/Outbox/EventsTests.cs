using Forum.Outbox;

namespace Forum.Tests.Outbox;

public sealed class EventsTests
{
    private static readonly ForumEvent[] samples =
    [
        new TopicPosted(1, 2, 3, 4),
        new ReplyPosted(1, 2, 3, 4, 5),
        new PostEdited(1, 2, 3, 4),
        new PostVisibilityChanged(1, 2, 3, 4),
        new WikiChanged(1, 2, 3),
        new NoteChanged(1, 2, 3),
        new VoteChanged(1, 2, 3, 4),
        new VoteChanged(1, 2, 3, 4, 5),
        new SolutionChanged(1, 2, 3),
        new SolutionChanged(1, 2, null),
        new OutdatedChanged(1, 2, 3),
        new MeTooChanged(1, 2, 3),
        new MemberChanged(1),
        new TrustChanged(1),
        new BadgesChanged(1),
        new BadgeChanged(1),
        new BoardChanged(1),
        new BoardReworded(1),
        new ClosureChanged(1, 2, true),
        new TopicPinned(1, 2),
        new PostLocked(1, 2, 3),
        new AuthorChanged(1, 2, 3, 4, 5),
        new GroupChanged(1),
        new TopicMoved(1, 2, 3),
        new PostsMoved(1, 2),
        new TagChanged(1),
        new TagMerged(1, 2),
        new SynonymFreed(1),
        new SynonymsChanged(1),
        new PageChanged("Terms"),
        new SettingChanged("Site:Name"),
        new TopicsImported(1, 9, 2),
    ];

    [Fact]
    public void Every_event_is_read_as_it_was_written()
    {
        foreach (var happened in samples)
        {
            var row = happened.ToRow(new DateTime(2026, 3, 2, 9, 0, 0, DateTimeKind.Utc));
            Assert.Equal(happened, ForumEvent.Read(row));
            Assert.Equal(happened.GetType().Name, row.Kind);
            Assert.True(row.Kind.Length <= OutboxEvent.MaxKindLength && row.Payload.Length < 300, row.Payload);
        }
    }

    [Fact]
    public void Every_kind_of_event_has_a_sample()
    {
        var kinds = typeof(ForumEvent).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(ForumEvent)) && !t.IsAbstract);
        Assert.Equal(kinds.OrderBy(t => t.Name), samples.Select(s => s.GetType()).Distinct().OrderBy(t => t.Name));
    }
}
