using Forum.Data;
using Forum.Outbox;
using Forum.Settings;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Forum.Admin;

/// <summary>Puts what was set in the browser into the options that everything reads, and knows which pages were written. What the operator gave stays.</summary>
public sealed partial class LiveSettings(IDbContextFactory<ForumDbContext> contexts, ForumOptions options, ILogger<LiveSettings> logger) : IDisposable
{
    private readonly Dictionary<string, string> defaults = SettingList.All.ToDictionary(s => s.Key, s => s.Of(options));
    private readonly SemaphoreSlim turn = new(1);

    /// <summary>What holds where nobody set anything.</summary>
    public string DefaultOf(Setting setting) => defaults[setting.Key];

    /// <summary>The pages of the community that have words.</summary>
    public IReadOnlyList<SitePage> Pages { get; private set; } = [];

    /// <summary>Takes in what the database says now. Nobody reads an older state after a newer one.</summary>
    public async Task ReadAsync(CancellationToken cancellation)
    {
        await turn.WaitAsync(cancellation);
        try
        {
            await using var db = await contexts.CreateDbContextAsync(cancellation);
            var kept = await db.SiteSettings.AsNoTracking().ToDictionaryAsync(s => s.Key, s => s.Value, cancellation);
            foreach (var setting in SettingList.All.Where(s => !options.IsGiven(s)))
                if (ValueOf(setting, kept) is var value && value != setting.Of(options))
                    setting.Set(options, value);
            options.Site.TermsVersion = await db.PageVersions.Where(v => v.Page == SitePage.Terms).OrderByDescending(v => v.Version).Select(v => v.Markdown == "" ? 0 : v.Version).FirstOrDefaultAsync(cancellation);
            Pages = await db.PageVersions.Where(v => v.Markdown != "" && !db.PageVersions.Any(n => n.Page == v.Page && n.Version > v.Version)).OrderBy(v => v.Page).Select(v => v.Page).ToListAsync(cancellation);
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();

    private string ValueOf(Setting setting, Dictionary<string, string> kept)
    {
        if (!kept.TryGetValue(setting.Key, out var value))
            return DefaultOf(setting);
        if (setting.Read(value).Is(out var fit, out var refusal))
            return fit;
        // It was fit once: by the bounds of another version, or with the time zones of another machine.
        Unfit(logger, setting.Key, value, refusal.ToString());
        return DefaultOf(setting);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The setting {Key} is kept as \"{Value}\", which is refused now, so its default holds: {Refusal}")]
    private static partial void Unfit(ILogger logger, string key, string value, string refusal);
}

/// <summary>Has this node go by what was set on another one.</summary>
public sealed class SettingsReader(IDbContextFactory<ForumDbContext> contexts, LiveSettings live, Signal signal, ILogger<SettingsReader> logger) : Consumer(contexts, signal, logger)
{
    protected override async Task<long> StartAsync(ForumDbContext db, CancellationToken cancellation)
    {
        var newest = await NewestAsync(db, cancellation);
        await live.ReadAsync(cancellation);
        return newest;
    }

    protected override Task HandleAsync(IReadOnlyList<ForumEvent> events, long last, CancellationToken cancellation) =>
        events.Any(e => e is SettingChanged or PageChanged) ? live.ReadAsync(cancellation) : Task.CompletedTask;
}
