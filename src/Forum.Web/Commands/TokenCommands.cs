using System.CommandLine;
using Forum.Members;

namespace Forum.Web.Commands;

/// <summary><c>token create</c>.</summary>
public static class TokenCommands
{
    public static Command Create(string[] configuration)
    {
        var member = new Option<string>("--member") { Required = true, Description = "Handle of the member in whose name it acts." };
        var scope = new Option<TokenScope>("--scope") { Required = true, Description = "What it may do; each scope holds those before it." };
        var command = new Command("create", "Makes a key to the API; the last line is the token, which is shown this once.") { member, scope };
        command.SetAction((parsed, cancellation) => Output.RunAsync(parsed, configuration, async (services, _, cancellation) =>
            (await services.GetRequiredService<CreateToken>().RunAsync(Actor.Operator, parsed.GetValue(member)!, parsed.GetValue(scope), cancellation)).Is(out var token, out var refusal)
                ? Result<Made>.Of(new(token)) : refusal,
            made => made.Token, cancellation));
        return new Command("token", "Makes keys to the API.") { command };
    }

    private sealed record Made(string Token);
}
