using System.Diagnostics;
using System.Text.Json;
using Forum.Members;
using Forum.Moderation;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.Extensions.Logging;

namespace Forum.Data;

/// <summary>
/// What concerns the safety of accounts and what staff did, a line of JSON each: when (UTC), what, by whom, to whom, from where, in which request.
/// Values are escaped, so that nothing that somebody typed makes a line of its own; secrets are in none.
/// </summary>
public sealed partial class SecurityLog(TimeProvider clock, ILogger<SecurityLog> logger)
{
    /// <param name="what">Noun and past participle, such as "form.refused".</param>
    /// <param name="member">Whom it was done to.</param>
    public void Write(string what, long? actor = null, long? member = null, string? network = null, string? note = null)
    {
        if (logger.IsEnabled(LogLevel.Information))
            Line(logger, JsonSerializer.Serialize(new { utc = clock.GetUtcNow().UtcDateTime, what, actor, member, network, note, request = Activity.Current?.TraceId.ToString() }));
    }

    /// <summary>Tells what a deed has stored.</summary>
    internal void Write(ChangeTracker stored, long? actor)
    {
        // Everything is stored already.
        stored.AutoDetectChangesEnabled = false;
        foreach (var happened in stored.Entries<SecurityEvent>())
            Write($"account.{JsonNamingPolicy.KebabCaseLower.ConvertName(happened.Entity.Kind.ToString())}", actor, happened.Entity.MemberId, happened.Entity.Network, happened.Entity.Device);
        foreach (var done in stored.Entries<AuditEntry>())
            Write(done.Entity.Deed, done.Entity.ActorId, done.Entity.MemberId, note: done.Entity.Note);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Event}")]
    private static partial void Line(ILogger logger, string @event);
}
