using System.CommandLine;
using Forum.Boards;

namespace Forum.Web.Commands;

/// <summary><c>board create</c>.</summary>
public static class BoardCommands
{
    public static Command Create(string[] configuration)
    {
        var slug = new Argument<string>("slug") { Description = "Lower-case letters, digits and hyphens." };
        var name = new Option<string>("--name") { Required = true, Description = "As it is shown." };
        var kind = new Option<BoardKind>("--kind") { Description = "What it is for.", DefaultValueFactory = _ => BoardKind.Questions };
        var parent = new Option<string?>("--parent") { Description = "Slug of the board it stands under." };
        var read = new Option<ReadAccess?>("--read") { Description = "Who may read it; inherited when left out." };
        var description = new Option<string?>("--description") { Description = "What it is about." };
        var command = new Command("create", "Makes a board.") { slug, name, kind, parent, read, description };
        command.SetAction((parsed, cancellation) => Output.RunAsync(parsed, configuration, async (services, _, cancellation) =>
        {
            var made = await services.GetRequiredService<CreateBoard>().RunAsync(Actor.Operator, new(
                parsed.GetValue(slug)!, parsed.GetValue(name)!, parsed.GetValue(kind), parsed.GetValue(parent), parsed.GetValue(read), parsed.GetValue(description)), cancellation);
            return made.Is(out var board, out var refusal) ? Result<Made>.Of(new(board.Id, board.Slug, board.Name)) : refusal;
        }, made => $"Made the board {made.Slug}.", cancellation));
        return new Command("board", "Makes boards.") { command };
    }

    private sealed record Made(long Id, string Slug, string Name);
}
