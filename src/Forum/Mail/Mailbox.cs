using System.Globalization;
using Forum.Settings;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Forum.Mail;

/// <summary>The words of a letter in the language of the site.</summary>
/// <param name="english">The key of the translation.</param>
public delegate string LetterWords(string english, object[] args);

/// <summary>Hands letters to the mail server of the settings or, without one, puts them as .eml files into the folder mail of the data folder.</summary>
public sealed class Mailbox(ForumOptions options, LetterWords words)
{
    /// <summary>How long a server may take for anything.</summary>
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(20);

    /// <summary>Where letters lie without a server.</summary>
    public string Folder => Path.Combine(options.DataPath, "mail");

    public async Task SendAsync(Letter letter, CancellationToken cancellation)
    {
        using var message = Compose(letter);
        if (options.Mail.Host.Length == 0)
            await KeepAsync(letter, message, cancellation);
        else
            await HandOverAsync(message, cancellation);
    }

    private MimeMessage Compose(Letter letter)
    {
        var (site, args) = (options.Site, letter.Unpack());
        var message = new MimeMessage { Subject = Typed.Line(words(letter.Subject, args)), Date = letter.Written, MessageId = $"letter-{letter.Id.ToString(CultureInfo.InvariantCulture)}@{site.Url.Host}" };
        message.From.Add(new MailboxAddress(site.Name, options.Mail.Sender(site)));
        message.To.Add(new MailboxAddress("", letter.To));
        // So that nobody's holiday notice answers it [RFC 3834].
        message.Headers.Add("Auto-Submitted", "auto-generated");
        message.Body = new TextPart("plain") { Text = $"{words(letter.Body, args)}\n\n-- \n{site.Name}\n{site.Url}\n" };
        return message;
    }

    /// <summary>Under a name of its own first, so that nobody reads half of it.</summary>
    private async Task KeepAsync(Letter letter, MimeMessage message, CancellationToken cancellation)
    {
        Directory.CreateDirectory(Folder);
        var path = Path.Combine(Folder, string.Create(CultureInfo.InvariantCulture, $"{letter.Written:yyyyMMdd-HHmmss}-{letter.Id:D8}.eml"));
        await message.WriteToAsync($"{path}.part", cancellation);
        File.Move($"{path}.part", path, overwrite: true);
    }

    private async Task HandOverAsync(MimeMessage message, CancellationToken cancellation)
    {
        var mail = options.Mail;
        using var server = new SmtpClient { Timeout = (int)patience.TotalMilliseconds };
        await server.ConnectAsync(mail.Host, mail.Port, mail.Security switch
        {
            MailSecurity.None => SecureSocketOptions.None,
            MailSecurity.StartTls => SecureSocketOptions.StartTls,
            MailSecurity.Tls => SecureSocketOptions.SslOnConnect,
            _ => SecureSocketOptions.Auto,
        }, cancellation);
        if (mail.User.Length > 0)
            await server.AuthenticateAsync(mail.User, mail.Password, cancellation);
        await server.SendAsync(message, cancellation);
        await server.DisconnectAsync(quit: true, cancellation);
    }
}
