using System.Globalization;
using System.Security.Cryptography;
using Forum.Data;
using Forum.Settings;
using Microsoft.EntityFrameworkCore;
using OtpNet;

namespace Forum.Members;

/// <summary>Takes the code that a member types after their password: of the app, one step of 30 seconds early or late and once, or one of their codes for its loss, each once. Five wrong ones, and there is a pause.</summary>
public sealed class CheckSecondFactor(ForumWriter writer, ForumOptions options)
{
    private static readonly Pace tries = new("code", 5, TimeSpan.FromMinutes(15));

    /// <param name="memberId">Whose password was right.</param>
    /// <param name="remember">Not to ask on this device for a while.</param>
    /// <returns>The member, and a secret for the cookie of a device that is remembered.</returns>
    public async Task<Result<(Member Member, string? Device)>> RunAsync(Actor actor, long memberId, string? code, bool remember, Caller caller, CancellationToken cancellation)
    {
        var key = tries.Key(memberId.ToString(CultureInfo.InvariantCulture));
        var result = await writer.RunEvenReadOnlyAsync<(Member? Member, string? Device)>(actor, async (deed, cancellation) =>
        {
            var db = deed.Db;
            if (options.Limits.Enabled && await db.WaitAsync(tries, key, deed.Now, cancellation) is { } wait)
                return Refusal.TooMany(wait, "That was wrong several times. Please wait a little before you try again.");
            var factor = await db.SecondFactors.SingleOrDefaultAsync(f => f.MemberId == memberId && f.Since != null, cancellation);
            if (factor is null || !await deed.TakesAsync(factor, code, cancellation) && !await IsRecoveryAsync(deed, memberId, code, caller, cancellation))
            {
                // Stored, although it is a refusal in the end.
                deed.Try(key);
                deed.Note(SecurityEventKind.SecondFactorFailed, memberId, caller);
                return (null, null);
            }
            await db.Attempts.Where(a => a.Key == key).ExecuteDeleteAsync(cancellation);
            string? device = null;
            if (remember)
                db.RememberedDevices.Add(new RememberedDevice { Key = Secrets.Hash(device = Secrets.New()), MemberId = memberId, Until = deed.Now + SecondFactor.Remembers });
            return (await db.Users.AsNoTracking().SingleAsync(m => m.Id == memberId, cancellation), device);
        }, cancellation);
        return !result.Is(out var found, out var refusal) ? refusal : found.Member is { } member ? (member, found.Device) : OneTimeCodes.Wrong;
    }

    private static async Task<bool> IsRecoveryAsync(Deed deed, long memberId, string? code, Caller caller, CancellationToken cancellation)
    {
        var hash = Secrets.Hash(OneTimeCodes.Clean(code));
        if (await deed.Db.RecoveryCodes.Where(c => c.MemberId == memberId && c.Hash == hash).ExecuteDeleteAsync(cancellation) == 0)
            return false;
        deed.Note(SecurityEventKind.RecoveryCodeUsed, memberId, caller);
        return true;
    }
}

internal static class OneTimeCodes
{
    public static readonly Refusal Wrong = Refusal.Invalid("This code is not right, or it was used already. Please type the one that is shown now.", "Code");

    /// <summary>A step early or late, for clocks that are not quite right [ASVS 6.5.5].</summary>
    private static readonly VerificationWindow window = new(previous: 1, future: 1);

    public static string NewSecret() => Base32Encoding.ToString(RandomNumberGenerator.GetBytes(20));

    /// <summary>A code without the blanks and strokes that people type or that make it readable.</summary>
    public static string Clean(string? typed) => new([.. (typed ?? "").Where(char.IsAsciiLetterOrDigit).Select(char.ToLowerInvariant)]);

    /// <summary>Takes the code of a step that is later than the one taken last; of two who type it at once one has it.</summary>
    public static async Task<bool> TakesAsync(this Deed deed, SecondFactor factor, string? code, CancellationToken cancellation) =>
        new Totp(Base32Encoding.ToBytes(factor.Secret)).VerifyTotp(deed.Now, Clean(code), out var step, window)
        && await deed.Db.SecondFactors.Where(f => f.MemberId == factor.MemberId && f.LastStep < step).ExecuteUpdateAsync(set => set.SetProperty(f => f.LastStep, step), cancellation) == 1;

    /// <summary>Makes codes for the loss of the app, 50 bits each, and forgets the old ones.</summary>
    public static async Task<IReadOnlyList<string>> NewCodesAsync(this Deed deed, long memberId, CancellationToken cancellation)
    {
        await deed.Db.RecoveryCodes.Where(c => c.MemberId == memberId).ExecuteDeleteAsync(cancellation);
        var codes = Enumerable.Range(0, RecoveryCode.Count).Select(_ => RandomNumberGenerator.GetString("abcdefghijkmnpqrstuvwxyz23456789", 10)).ToList();
        deed.Db.RecoveryCodes.AddRange(codes.Select(code => new RecoveryCode { MemberId = memberId, Hash = Secrets.Hash(code) }));
        return codes.ConvertAll(code => $"{code[..5]}-{code[5..]}");
    }
}
