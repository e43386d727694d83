using Forum.Boards;

namespace Forum.Web.Boards;

/// <summary>What is typed about a group.</summary>
public sealed class GroupForm
{
    public string? Slug { get; set; }
    public string? Name { get; set; }
    public string? Description { get; set; }
    public GroupJoining Joining { get; set; }
    public bool Hidden { get; set; }

    public GroupInput Input => new(Name, Description, Joining, Hidden);
}
