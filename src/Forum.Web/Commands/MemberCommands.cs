using System.CommandLine;
using Forum.Boards;
using Forum.Members;

namespace Forum.Web.Commands;

/// <summary><c>member create</c> and <c>member role</c>.</summary>
public static class MemberCommands
{
    private static readonly string[] roles = [.. SiteRoles.All.Select(r => r.Key())];

    public static Command Create(string[] configuration) => new("member", "Makes accounts and gives roles.") { New(configuration), Role(configuration) };

    private static Command New(string[] configuration)
    {
        var email = new Option<string>("--email") { Required = true, Description = "Address to sign in with; counts as confirmed." };
        var name = new Option<string>("--name") { Required = true, Description = "Full name." };
        var handle = new Option<string?>("--handle") { Description = "3 to 20 letters and digits; made from the name when left out." };
        var password = new Option<string?>("--password") { Description = "At least 10 characters; without one the account cannot sign in." };
        var role = RoleOption("--role", "Role to give at once.");
        var command = new Command("create", "Makes an account.") { email, name, handle, password, role };
        command.SetAction((parsed, cancellation) => Output.RunAsync(parsed, configuration, async (services, _, cancellation) =>
        {
            var created = await services.GetRequiredService<CreateMember>().RunAsync(
                Actor.Operator, new(parsed.GetValue(name), parsed.GetValue(handle), parsed.GetValue(email), parsed.GetValue(password)), cancellation);
            if (!created.Is(out var member, out var refusal))
                return refusal;
            if (parsed.GetValue(role) is { } wanted
                && (await services.GetRequiredService<GrantRole>().RunAsync(Actor.Operator, member.Handle, SiteRoles.Parse(wanted)!.Value, null, cancellation)).Refusal is { } refused)
                return refused;
            return Result<Made>.Of(new(member.Id, member.Handle, parsed.GetValue(role)));
        }, made => $"Made the account @{made.Handle}{(made.Role is null ? "" : $" with the role {made.Role}")}.", cancellation));
        return command;
    }

    private static Command Role(string[] configuration)
    {
        var handle = new Argument<string>("handle");
        var grant = RoleOption("--grant", "Role to give.");
        var revoke = RoleOption("--revoke", "Role to take.");
        var board = new Option<string?>("--board") { Description = "Only for that board (moderator)." };
        var command = new Command("role", "Gives or takes a role.") { handle, grant, revoke, board };
        command.Validators.Add(result =>
        {
            if (result.GetValue(grant) is null == result.GetValue(revoke) is null)
                result.AddError("Name either --grant ROLE or --revoke ROLE.");
        });
        command.SetAction((parsed, cancellation) => Output.RunAsync(parsed, configuration, async (services, _, cancellation) =>
        {
            var (who, where) = (parsed.GetValue(handle)!, parsed.GetValue(board));
            var changed = parsed.GetValue(grant) is { } given
                ? await services.GetRequiredService<GrantRole>().RunAsync(Actor.Operator, who, SiteRoles.Parse(given)!.Value, where, cancellation)
                : await services.GetRequiredService<RevokeRole>().RunAsync(Actor.Operator, who, SiteRoles.Parse(parsed.GetValue(revoke)!)!.Value, where, cancellation);
            return changed.Refusal is { } refusal ? refusal : Result<Changed>.Of(new(who, parsed.GetValue(grant), parsed.GetValue(revoke), where));
        }, changed => $"@{changed.Handle} {(changed.Granted is null ? $"no longer is {changed.Revoked}" : $"is {changed.Granted} now")}{(changed.Board is null ? "" : $" of {changed.Board}")}.", cancellation));
        return command;
    }

    private static Option<string?> RoleOption(string name, string description)
    {
        var option = new Option<string?>(name) { Description = description };
        option.AcceptOnlyFromAmong(roles);
        return option;
    }

    private sealed record Made(long Id, string Handle, string? Role);

    private sealed record Changed(string Handle, string? Granted, string? Revoked, string? Board);
}
