using Forum.Data;
using Microsoft.EntityFrameworkCore;

namespace Forum.Topics;

/// <summary>Adds views that were counted in memory to their topics; no page read writes by itself.</summary>
public sealed class CountViews(ForumWriter writer)
{
    /// <param name="views">Views to add, by topic id.</param>
    public Task<Result<Done>> RunAsync(Actor actor, IReadOnlyDictionary<long, int> views, CancellationToken cancellation) =>
        writer.RunAsync<Done>(actor, async (deed, cancellation) =>
        {
            foreach (var (topicId, count) in views.OrderBy(v => v.Key))
                await deed.Db.Topics.Where(t => t.Id == topicId).ExecuteUpdateAsync(set => set.SetProperty(t => t.Views, t => t.Views + count), cancellation);
            return new Done();
        }, cancellation);
}
