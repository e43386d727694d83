using System.Net.Mail;

namespace Forum.Members;

/// <summary>The rules of e-mail addresses.</summary>
internal static class Emails
{
    /// <summary>What was typed, where it is an address.</summary>
    public static Result<string> Read(string? typed)
    {
        var email = Typed.Line(typed);
        return email.Length > Member.MaxEmailLength || !MailAddress.TryCreate(email, out var address) || address.Address != email || !address.Host.Contains('.', StringComparison.Ordinal) && address.Host != "localhost"
            ? Refusal.Invalid("Please give an e-mail address, such as you@example.org.", "Email")
            : email;
    }

    public static string Normalize(string email) => email.ToUpperInvariant();

    /// <summary>The member of that address, in capitals or not; none where there is none.</summary>
    public static IQueryable<Member> OfEmail(this IQueryable<Member> members, string email)
    {
        var normalized = Normalize(email);
        return members.Where(m => m.NormalizedEmail == normalized);
    }
}
