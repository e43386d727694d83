using System.CommandLine;
using Forum.Boards;
using Forum.Topics;

namespace Forum.Web.Commands;

/// <summary><c>board create</c>, <c>board edit</c>, <c>board tags</c>.</summary>
public static class BoardCommands
{
    /// <summary>Before the name of a field that must be filled in, and between a name and its hint.</summary>
    private const char Required = '*', Hint = '|';

    public static Command Create(string[] configuration) => new("board", "Makes and changes boards.") { Creation(configuration), Edit(configuration), Tags(configuration) };

    private static Command Creation(string[] configuration)
    {
        var slug = new Argument<string>("slug") { Description = "Lower-case letters, digits and hyphens." };
        var name = new Option<string>("--name") { Required = true, Description = "As it is shown." };
        var kind = new Option<BoardKind>("--kind") { Description = "What it is for.", DefaultValueFactory = _ => BoardKind.Questions };
        var parent = new Option<string?>("--parent") { Description = "Slug of the board it stands under." };
        var read = new Option<ReadAccess?>("--read") { Description = "Who may read it; inherited when left out." };
        var description = new Option<string?>("--description") { Description = "What it is about." };
        var language = new Option<string?>("--language") { Description = "The language of its posts, such as de; inherited when left out." };
        var command = new Command("create", "Makes a board.") { slug, name, kind, parent, read, description, language };
        command.SetAction((parsed, cancellation) => Output.RunAsync(parsed, configuration, async (services, _, cancellation) =>
            Of(await services.GetRequiredService<CreateBoard>().RunAsync(Actor.Operator, new(
                parsed.GetValue(slug)!, parsed.GetValue(name)!, parsed.GetValue(kind), parsed.GetValue(parent), parsed.GetValue(read), parsed.GetValue(description), parsed.GetValue(language)), cancellation)),
            made => $"Made the board {made.Slug}.", cancellation));
        return command;
    }

    private static Command Edit(string[] configuration)
    {
        var slug = new Argument<string>("slug") { Description = "Which board." };
        var name = new Option<string?>("--name") { Description = "As it is shown." };
        var description = new Option<string?>("--description") { Description = "What it is about." };
        var wiki = new Option<bool?>("--wiki") { Description = "Whether posts may be made wikis, which members edit together." };
        var kind = new Option<BoardKind?>("--kind") { Description = "What it is for from now on." };
        var read = new Option<ReadAccess?>("--read") { Description = "Who may read it from now on." };
        var parent = new Option<string?>("--parent") { Description = "Slug of the board it stands under; \"\" for the top." };
        var guidance = new Option<string?>("--guidance") { Description = "A file with what to think of before asking, in Markdown; \"\" takes it away." };
        var template = new Option<string?>("--template") { Description = "A file with what a new topic begins with, in Markdown; \"\" takes it away." };
        var fields = new Option<string[]>("--field")
        {
            Description = $"A field of the form of new topics, as \"NAME\" or \"NAME {Hint} HINT\", with {Required} before it where it must be filled in. Once for each field, in their order; \"\" takes all away.",
        };
        var language = new Option<string?>("--language") { Description = "The language of its posts, such as de, which search goes by; \"\" for the site's." };
        var ask = new Option<WriteAccess?>("--ask") { Description = "Who begins topics from now on." };
        var reply = new Option<WriteAccess?>("--reply") { Description = "Who replies from now on." };
        var approval = new Option<bool?>("--approve-newcomers") { Description = "Whether the first posts of members of trust 0 wait for a moderator." };
        var archived = new Option<bool?>("--archived") { Description = "Whether nothing is added any more." };
        var autoClose = new Option<int?>("--auto-close") { Description = "Hours after the last post when solved topics close; 0 leaves them open." };
        var solutions = new Option<int?>("--solutions") { Description = "Most solutions of one topic." };
        var command = new Command("edit", "Changes a board; what is left out stays.") { slug, name, description, wiki, guidance, template, fields, language, kind, read, parent, ask, reply, approval, archived, autoClose, solutions };
        command.SetAction((parsed, cancellation) => Output.RunAsync(parsed, configuration, async (services, _, cancellation) =>
        {
            if (!Text(parsed.GetValue(guidance)).Is(out var guides, out var refusal) || !Text(parsed.GetValue(template)).Is(out var begins, out refusal))
                return refusal;
            return Of(await services.GetRequiredService<ChangeBoard>().RunAsync(Actor.Operator, new(
                parsed.GetValue(slug)!, parsed.GetValue(name), parsed.GetValue(description), parsed.GetValue(wiki), guides, begins,
                parsed.GetResult(fields) is null ? null : Fields(parsed.GetValue(fields)!), parsed.GetValue(language), parsed.GetValue(kind), parsed.GetValue(read), parsed.GetValue(parent),
                Ask: parsed.GetValue(ask), Reply: parsed.GetValue(reply), Archived: parsed.GetValue(archived), ApprovesNewcomers: parsed.GetValue(approval),
                AutoCloseHours: parsed.GetValue(autoClose), Solutions: parsed.GetValue(solutions)), cancellation));
        }, changed => $"Changed the board {changed.Slug}.", cancellation));
        return command;
    }

    private static Command Tags(string[] configuration)
    {
        var slug = new Argument<string>("slug") { Description = "Which board." };
        var needed = new Option<bool>("--needed") { Description = "Every new topic needs a tag." };
        var oneOf = new Option<string[]>("--one-of") { Description = "Every new topic needs at least one of these tags, which are there already.", AllowMultipleArgumentsPerToken = true };
        var staffOnly = new Option<string[]>("--staff-only") { Description = "Only staff put these tags on topics and take them off.", AllowMultipleArgumentsPerToken = true };
        var command = new Command("tags", "Says what a board asks of the tags of its topics; what is left out is no longer asked.") { slug, needed, oneOf, staffOnly };
        command.SetAction((parsed, cancellation) => Output.RunAsync(parsed, configuration, async (services, _, cancellation) =>
            Of(await services.GetRequiredService<SetBoardTags>().RunAsync(Actor.Operator, new(
                parsed.GetValue(slug)!, parsed.GetValue(needed), parsed.GetValue(oneOf) ?? [], parsed.GetValue(staffOnly) ?? []), cancellation)),
            changed => $"Changed the tags of the board {changed.Slug}.", cancellation));
        return command;
    }

    private static Result<string?> Text(string? file)
    {
        if (string.IsNullOrEmpty(file))
            return Result<string?>.Of(file);
        var path = GivenPath.Of(file);
        return File.Exists(path) ? File.ReadAllText(path) : Refusal.Invalid("There is no file \"{0}\".", null, path);
    }

    private static IReadOnlyList<AskField> Fields(string[] given) => given is [""] ? [] : [.. given.Select(field =>
    {
        var required = field.StartsWith(Required);
        var parts = field[(required ? 1 : 0)..].Split(Hint, 2);
        return new AskField(parts[0], parts.ElementAtOrDefault(1) ?? "", required);
    })];

    private static Result<Made> Of(Result<Board> result) => result.Is(out var board, out var refusal) ? new Made(board.Id, board.Slug, board.Name) : refusal;

    private sealed record Made(long Id, string Slug, string Name);
}
