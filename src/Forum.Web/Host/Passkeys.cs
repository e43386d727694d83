using System.Globalization;
using Forum.Members;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;

namespace Forum.Web.Host;

/// <summary>What a device is asked, and the question sealed, which comes back with the answer.</summary>
/// <param name="Options">JSON for the browser.</param>
public sealed record PasskeyQuestion(string Options, string State);

/// <summary>Asks devices for passkeys and checks what they answer. The question travels in the form, sealed, for some minutes and for this forum alone.</summary>
public sealed partial class Passkeys(IPasskeyHandler<Member> handler, IDataProtectionProvider protection, ILogger<Passkeys> logger)
{
    private static readonly TimeSpan lifetime = TimeSpan.FromMinutes(10);

    private readonly ITimeLimitedDataProtector seal = protection.CreateProtector("Forum.Passkeys").ToTimeLimitedDataProtector();

    /// <summary>Asks for a new one for the member.</summary>
    public async Task<PasskeyQuestion> OfferAsync(HttpContext context, Viewer viewer)
    {
        var made = await handler.MakeCreationOptionsAsync(new() { Id = viewer.Actor.MemberId!.Value.ToString(CultureInfo.InvariantCulture), Name = viewer.Handle, DisplayName = viewer.DisplayName }, context);
        return new(made.CreationOptionsJson, seal.Protect(made.AttestationState ?? "", lifetime));
    }

    /// <summary>Asks for any that belongs here.</summary>
    public async Task<PasskeyQuestion> AskAsync(HttpContext context)
    {
        var made = await handler.MakeRequestOptionsAsync(null, context);
        return new(made.RequestOptionsJson, seal.Protect(made.AssertionState ?? "", lifetime));
    }

    /// <summary>The new passkey of that member; null where the answer does not hold.</summary>
    public async Task<UserPasskeyInfo?> AttestAsync(HttpContext context, long memberId, string? credential, string? state)
    {
        if (string.IsNullOrEmpty(credential) || seal.Open(state) is not { } question)
            return null;
        var result = await handler.PerformAttestationAsync(new() { HttpContext = context, CredentialJson = credential, AttestationState = question });
        if (!result.Succeeded)
            NotTaken(logger, result.Failure.Message);
        return result.Succeeded && result.UserEntity.Id == memberId.ToString(CultureInfo.InvariantCulture) ? result.Passkey : null;
    }

    /// <summary>The passkey, whose it is, and what was asked, as nobody can write it in two ways; null where the answer does not hold.</summary>
    public async Task<(UserPasskeyInfo Passkey, long MemberId, string Question)?> AssertAsync(HttpContext context, string? credential, string? state)
    {
        if (string.IsNullOrEmpty(credential) || seal.Open(state) is not { } question)
            return null;
        var result = await handler.PerformAssertionAsync(new() { HttpContext = context, CredentialJson = credential, AssertionState = question });
        if (!result.Succeeded)
            NotTaken(logger, result.Failure.Message);
        return result.Succeeded ? (result.Passkey, result.User.Id, question) : null;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "A passkey was not taken: {Reason}")]
    private static partial void NotTaken(ILogger logger, string reason);
}
