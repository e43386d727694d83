using Forum.Boards;
using Forum.Data;
using Forum.Rendering;
using Forum.Settings;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;

namespace Forum.Members;

/// <summary>What a member says of themselves, as they typed it.</summary>
public sealed record OwnProfile(string Name, string Handle, string? Signature, string? Avatar, bool HidesProfile, Profile Profile, IReadOnlyList<MemberSuggestion> Ignored);

/// <summary>A tag of topics that a member solved, and how many there are.</summary>
public sealed record Expertise(string Tag, int Solutions);

/// <summary>What the page of a member tells besides what they wrote.</summary>
/// <param name="Bio">Null where they say nothing, or must not now.</param>
/// <param name="LastHere">A UTC day; null where they hide it, or were not here for long.</param>
/// <param name="Ignored">The reader does not want to read them.</param>
public sealed record AboutMember(SafeHtml? Bio, DateOnly? LastHere, IReadOnlyList<(string Label, string Text)> Answers, IReadOnlyList<Expertise> Expertise, bool Ignored);

/// <summary>Reads what members say of themselves, and what their answers say of them.</summary>
public sealed class ProfileQueries(IDbContextFactory<ForumDbContext> contexts, PostRenderer renderer, ForumOptions options, TimeProvider clock)
{
    /// <summary>Tags that are shown: what somebody is asked about most.</summary>
    private const int Tags = 5;

    /// <summary>Newest solutions that are looked at: what was known once says less than what is known now, and the cost has an end.</summary>
    private const int Newest = 500;

    public async Task<OwnProfile?> OwnAsync(Actor actor, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        if (await db.Users.AsNoTracking().SingleOrDefaultAsync(m => m.Id == actor.MemberId, cancellation) is not { } member)
            return null;
        var ignored = await db.Ignorings.Where(i => i.MemberId == member.Id).OrderBy(i => i.Since).Join(db.Users, i => i.IgnoredId, m => m.Id, (_, m) => new { m.UserName, m.Name }).ToListAsync(cancellation);
        return new(member.Name, member.Handle, member.Signature, member.Avatar, member.HidesProfile, await db.Profiles.AsNoTracking().SingleOrDefaultAsync(p => p.MemberId == member.Id, cancellation) ?? new() { MemberId = member.Id },
            [.. ignored.Select(m => new MemberSuggestion(m.UserName!, options.Site.Show(m.Name, m.UserName!)))]);
    }

    public async Task<AboutMember> AboutAsync(Rights rights, long memberId, CancellationToken cancellation)
    {
        var (me, now) = (rights.MemberId ?? 0, clock.GetUtcNow().UtcDateTime);
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var row = await db.Users.AsNoTracking().Where(m => m.Id == memberId).Select(m => new
        {
            Profile = db.Profiles.SingleOrDefault(p => p.MemberId == m.Id),
            Suspended = m.SuspendedUntil > now,
            Ignored = me != 0 && db.Ignorings.Any(i => i.MemberId == me && i.IgnoredId == m.Id),
            LastHere = db.VisitDays.Where(d => d.MemberId == m.Id).Max(d => (DateOnly?)d.Day),
        }).SingleAsync(cancellation);
        var solved = db.Solutions.Where(s => s.Post.AuthorId == memberId && s.Post.Visibility == Visibility.Visible && s.Post.Topic.AuthorId != memberId).OrderByDescending(s => s.PostId).Take(Newest).Select(s => s.TopicId);
        var topics = db.Topics.Where(t => solved.Contains(t.Id)).ReadableBy(rights).Select(t => t.Id);
        var expertise = await db.TopicTags.Where(t => topics.Contains(t.TopicId)).GroupBy(t => t.Tag.Name).Select(g => new { Tag = g.Key, Count = g.Count() })
            .OrderByDescending(g => g.Count).ThenBy(g => g.Tag).Take(Tags).ToListAsync(cancellation);
        var profile = row.Suspended ? null : row.Profile;
        var bio = profile is { Bio.Length: > 0 } && renderer.Render(profile.Bio).Is(out var rendered, out _) ? rendered.Safe : (SafeHtml?)null;
        return new(bio, row.Profile?.HidesVisits == true ? null : row.LastHere,
            profile is null ? [] : [.. Profile.FieldsOf(options.Site).Where(profile.Answered.ContainsKey).Select(label => (label, profile.Answered[label]))],
            [.. expertise.Select(e => new Expertise(e.Tag, e.Count))], row.Ignored);
    }
}
