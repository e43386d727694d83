using Forum.Boards;
using Forum.Data;
using Forum.Outbox;
using Forum.Settings;
using Microsoft.EntityFrameworkCore;

namespace Forum.Admin;

/// <summary>What one setting is to be.</summary>
/// <param name="Key">As in <see cref="SettingList"/>.</param>
/// <param name="Value">As it was typed; null for its default.</param>
/// <param name="Was">The value that whoever changes it saw; null where they saw none. Another one by now is a conflict.</param>
public sealed record SettingChange(string Key, string? Value, string? Was = null);

/// <summary>Changes how the forum looks, what it is called and what it allows, on every node and without a restart. All of it or, where one value is refused, nothing.</summary>
public sealed class ChangeSettings(ForumWriter writer, LiveSettings live, ForumOptions options)
{
    public async Task<Result<Done>> RunAsync(Actor actor, IReadOnlyList<SettingChange> changes, CancellationToken cancellation)
    {
        var result = await writer.RunEvenReadOnlyAsync<Done>(actor, (deed, cancellation) => ChangeAsync(deed, changes, cancellation), cancellation);
        if (result.Refusal is null)
            await live.ReadAsync(cancellation);
        return result;
    }

    private async Task<Result<Done>> ChangeAsync(Deed deed, IReadOnlyList<SettingChange> changes, CancellationToken cancellation)
    {
        var (db, rights) = (deed.Db, await deed.Db.RightsOfAsync(deed.Actor, deed.Now, cancellation));
        var kept = await db.SiteSettings.ToDictionaryAsync(s => s.Key, cancellation);
        foreach (var change in changes)
        {
            if (SettingList.Find(change.Key) is not { } setting)
                return Refusal.NotFound;
            if (rights.CannotChange(setting) is { } mayNot)
                return mayNot;
            if (options.IsGiven(setting))
                return Refusal.Forbidden("“{0}” is set by the operator of this forum, as {1}.", setting.Name, setting.Path);
            string? value = null;
            if (change.Value is not null && !setting.Read(change.Value).Is(out value, out var refusal))
                return refusal;
            var row = kept.GetValueOrDefault(setting.Key);
            var before = row?.Value ?? live.DefaultOf(setting);
            var after = value ?? live.DefaultOf(setting);
            if (value is null ? row is null : before == after)
                continue;
            if (change.Was is not null && change.Was != before && before != after)
                return new Refusal(RefusalKind.Conflict, "Somebody else has changed this meanwhile. It is now: {0}", setting.Key, before);
            if (value is null)
                db.SiteSettings.Remove(row!);
            else if (row is null)
                db.SiteSettings.Add(new SiteSetting { Key = setting.Key, Value = value, ChangedById = deed.Actor.MemberId, Changed = deed.Now });
            else
                (row.Value, row.ChangedById, row.Changed) = (value, deed.Actor.MemberId, deed.Now);
            deed.Audit("setting.changed", note: setting.Path, before: before, after: after);
            deed.Tell(new SettingChanged(setting.Key));
        }
        return new Done();
    }
}
