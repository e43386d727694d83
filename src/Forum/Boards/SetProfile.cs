using System.Text.Json;
using Forum.Data;
using Forum.Members;
using Forum.Outbox;
using Forum.Rendering;
using Forum.Settings;
using Microsoft.EntityFrameworkCore;

namespace Forum.Boards;

/// <param name="Answers">To the fields that the site defines, by label; others are passed over.</param>
public sealed record ProfileInput(
    string? Name, string? Bio, string? Signature, string? TimeZone, bool HidesProfile, bool HidesVisits, bool WatchesAsked, bool TracksAnswered, IReadOnlyDictionary<string, string?> Answers);

/// <summary>A member says who they are, what of it others see, and what they follow by themselves.</summary>
public sealed class SetProfile(ForumWriter writer, PostRenderer renderer, ForumOptions options)
{
    public async Task<Result<Done>> RunAsync(Actor actor, ProfileInput input, CancellationToken cancellation)
    {
        var (name, bio, signature, zone) = (Typed.Line(input.Name), (input.Bio ?? "").Trim(), Typed.Line(input.Signature), Typed.Line(input.TimeZone));
        var answers = Profile.FieldsOf(options.Site).Select(label => (Label: label, Text: Typed.Line(input.Answers.GetValueOrDefault(label)))).Where(a => a.Text.Length > 0).ToList();
        if (name.Length is 0 or > Member.MaxNameLength || name == DisplayNames.FormerMember)
            return Refusal.Invalid("Please tell us your name, in at most {0} characters.", "Name", Member.MaxNameLength);
        if (bio.Length > Profile.MaxBioLength)
            return Refusal.Invalid("Please shorten what you say about yourself to {0} characters.", "Bio", Profile.MaxBioLength);
        if (signature.Length > Member.MaxSignatureLength)
            return Refusal.Invalid("Please shorten the signature to {0} characters.", "Signature", Member.MaxSignatureLength);
        if (zone.Length > 0 && (zone.Length > Profile.MaxTimeZoneLength || !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _)))
            return Refusal.Invalid("“{0}” is not a time zone that is known here. They are named like Europe/Berlin.", "TimeZone", zone);
        if (answers.Find(a => a.Text.Length > Profile.MaxAnswerLength) is { Label: { } label })
            return Refusal.Invalid("Please shorten “{0}” to {1} characters.", "Answers", label, Profile.MaxAnswerLength);
        if (!renderer.Render(bio).Is(out var rendered, out var unreadable))
            return Refusal.Invalid(unreadable.Message, "Bio", [.. unreadable.Args]);
        return await writer.RunAsync<Done>(actor, async (deed, cancellation) =>
        {
            var rights = await deed.Db.RightsOfAsync(actor, deed.Now, cancellation);
            if (rights.CannotPost() is { } mayNot)
                return mayNot;
            if (rights.IsNewcomer && options.Limits.Enabled && (rendered.Html.Contains("href=", StringComparison.Ordinal) || signature.Contains("://", StringComparison.Ordinal)))
                return Refusal.Invalid("While you are new here, there are no links in what you say about yourself. What you typed is kept.", "Bio");
            var member = await deed.Db.Users.SingleAsync(m => m.Id == rights.MemberId, cancellation);
            var profile = await deed.Db.Profiles.SingleOrDefaultAsync(p => p.MemberId == member.Id, cancellation);
            if (profile is null)
                deed.Db.Profiles.Add(profile = new() { MemberId = member.Id });
            var shown = member.Name != name || (member.Signature ?? "") != signature || profile.Bio != bio || member.HidesProfile != input.HidesProfile || profile.HidesVisits != input.HidesVisits;
            (member.Name, member.Signature, member.HidesProfile) = (name, signature.Length > 0 ? signature : null, input.HidesProfile);
            (profile.Bio, profile.TimeZone, profile.HidesVisits, profile.WatchesAsked, profile.TracksAnswered) = (bio, zone.Length > 0 ? zone : null, input.HidesVisits, input.WatchesAsked, input.TracksAnswered);
            var stored = profile.Answers;
            profile.Answers = JsonSerializer.Serialize(profile.Answered.Where(a => !Profile.FieldsOf(options.Site).Contains(a.Key)).Select(a => (a.Key, a.Value)).Concat(answers).ToDictionary());
            if (profile.Answers.Length > Profile.MaxAnswersLength)
                return Refusal.Invalid("Please shorten your answers.", "Answers");
            if (shown || stored != profile.Answers)
                deed.Tell(new MemberChanged(member.Id));
            return new Done();
        }, cancellation);
    }
}
