using Forum.Standing;

namespace Forum.Web.Standing;

/// <summary>The form of a badge as it comes in.</summary>
public sealed class BadgeForm
{
    public string? Name { get; set; }
    public string? Description { get; set; }
    public BadgeFact Fact { get; set; }
    public int Threshold { get; set; } = 1;
    public BadgeGrade Grade { get; set; } = BadgeGrade.Bronze;

    public BadgeInput Input => new(Name, Description, Fact, Threshold, Grade);

    public static BadgeForm Of(BadgeView badge) => new() { Name = badge.Name, Description = badge.Description, Fact = badge.Fact, Threshold = Math.Max(1, badge.Threshold), Grade = badge.Grade };
}
