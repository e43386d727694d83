using Forum.Boards;
using Forum.Data;
using Forum.Members;
using Forum.Settings;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;

namespace Forum.Admin;

/// <summary>A setting with its present value.</summary>
/// <param name="Given">The operator set it, so that it is not changed in the browser.</param>
/// <param name="MayChange">Whoever asks may change it.</param>
/// <param name="Changed">When it was set in the browser; null where the default holds.</param>
/// <param name="By">Who set it, where that was a member.</param>
public sealed record SettingView(Setting Setting, string Value, string Default, bool Given, bool MayChange, DateTime? Changed, MemberLink? By);

/// <summary>Reads the settings of the site for those who look after it; refused to others.</summary>
public sealed class SettingQueries(IDbContextFactory<ForumDbContext> contexts, LiveSettings live, ForumOptions options)
{
    /// <summary>All settings in the order of their list. Values are those of the database: of this moment, not of what this node has heard.</summary>
    public async Task<Result<IReadOnlyList<SettingView>>> AllAsync(Rights rights, CancellationToken cancellation)
    {
        if (rights.CannotSeeSettings() is { } mayNot)
            return mayNot;
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var kept = await db.SiteSettings.AsNoTracking().GroupJoin(db.Users, s => s.ChangedById, m => m.Id, (s, m) => new { Row = s, m })
            .SelectMany(s => s.m.DefaultIfEmpty(), (s, m) => new { s.Row, Handle = m!.UserName, m.Name }).ToDictionaryAsync(s => s.Row.Key, cancellation);
        return Result<IReadOnlyList<SettingView>>.Of([.. SettingList.All.Select(setting =>
        {
            var (given, row) = (options.IsGiven(setting), kept.GetValueOrDefault(setting.Key));
            return given || row is null ? new SettingView(setting, given ? setting.Of(options) : live.DefaultOf(setting), live.DefaultOf(setting), given, !given && rights.CannotChange(setting) is null, null, null)
                : new SettingView(setting, row.Row.Value, live.DefaultOf(setting), false, rights.CannotChange(setting) is null, row.Row.Changed, row.Handle is { } handle ? new(handle, options.Site.Show(row.Name, handle)) : null);
        })]);
    }
}
