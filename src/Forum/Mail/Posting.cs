using Forum.Data;

namespace Forum.Mail;

internal static class Posting
{
    /// <summary>Writes an e-mail that is sent once the deed is stored.</summary>
    /// <param name="subject">English, with <c>{0}</c> for the arguments, which it shares with the body.</param>
    public static void Mail(this Deed deed, string to, string subject, string body, params object[] args) =>
        deed.Db.Letters.Add(new Letter { To = to, Subject = subject, Body = body, Args = Letter.Pack(args), Written = deed.Now, Due = deed.Now });

    /// <summary>Asks for a letter that is written when it is sent.</summary>
    public static void MailLater(this Deed deed, string to, LetterKind kind, params object[] args) =>
        deed.Db.Letters.Add(new Letter { Kind = kind, To = to, Subject = "", Body = "", Args = Letter.Pack(args), Written = deed.Now, Due = deed.Now });
}
