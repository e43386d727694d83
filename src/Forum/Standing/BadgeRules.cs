namespace Forum.Standing;

/// <summary>A badge as a manager defines it.</summary>
/// <param name="Name">At most <see cref="Badge.MaxNameLength"/> characters, and no other badge's.</param>
/// <param name="Description">At most <see cref="Badge.MaxDescriptionLength"/> characters.</param>
/// <param name="Threshold">From 1; not looked at for one that is given by hand.</param>
public sealed record BadgeInput(string? Name, string? Description, BadgeFact Fact, int Threshold, BadgeGrade Grade);

internal static class BadgeRules
{
    public static Refusal? Refusal(BadgeInput input, string name, string description) =>
        name.Length == 0 ? Forum.Refusal.Invalid("Please give the badge a name.", "Name")
        : name.Length > Badge.MaxNameLength ? Forum.Refusal.Invalid("Please shorten the name to {0} characters.", "Name", Badge.MaxNameLength)
        : description.Length == 0 ? Forum.Refusal.Invalid("Please say what the badge is for.", "Description")
        : description.Length > Badge.MaxDescriptionLength ? Forum.Refusal.Invalid("Please say it in at most {0} characters.", "Description", Badge.MaxDescriptionLength)
        : !Enum.IsDefined(input.Fact) ? Forum.Refusal.Invalid("Please choose what the badge is given for.", "Fact")
        : !Enum.IsDefined(input.Grade) ? Forum.Refusal.Invalid("Please choose how much the badge says.", "Grade")
        : input.Fact != BadgeFact.ByHand && input.Threshold is < 1 or > Badge.MaxThreshold ? Forum.Refusal.Invalid("Please give a number from 1 to {0}.", "Threshold", Badge.MaxThreshold)
        : null;
}
