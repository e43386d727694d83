namespace Forum.Uploads;

/// <summary>Why a file is not taken, each a sentence that says what to do.</summary>
internal static class FileRules
{
    private const string Field = "File";

    public static readonly Refusal Missing = Refusal.Invalid("Please choose a file; this one is empty.", Field);

    public static readonly Refusal NotTaken = Unsupported(
        "Files of this kind are not taken. Please attach an image (JPEG, PNG, GIF, WebP, AVIF), a PDF, a text, log or CSV file, or pack it into a .zip.");

    public static readonly Refusal NotWhatItSays = Unsupported("This file is not what its name says. Please save it again in the form that its name promises.");

    public static readonly Refusal TwoInOne = Unsupported("This file holds a second one inside. Please save it again, or attach both on their own.");

    public static readonly Refusal Damaged = Unsupported("This file is damaged or cut short. Please save it again and attach it once more.");

    public static readonly Refusal Markup = Unsupported("This is HTML, SVG or XML, which is not taken. Please pack it into a .zip, or put it into a code block.");

    public static readonly Refusal Binary = Unsupported("This is not plain text. Please save it as UTF-8, or pack it into a .zip.");

    public static readonly Refusal TooLarge = Large("This file is larger than {0} MB. Please make it smaller, or pack it.", Upload.MaxBytes / Megabyte);

    public static readonly Refusal TooManyPixels = Large(
        "This image has more than {0} megapixels, all its frames together, or a side of more than {1}. Please make it smaller.", Pictures.MaxPixels / 1_000_000, Pictures.MaxSide);

    public static readonly Refusal TooManyFrames = Large("This animation has more than {0} frames. Please make it shorter.", Pictures.MaxFrames);

    public static readonly Refusal Unavailable = new(RefusalKind.Unavailable, "Files cannot be stored at the moment. Please try again in a minute.", Field);

    public const int Megabyte = 1024 * 1024;

    private static Refusal Unsupported(string message) => new(RefusalKind.Unsupported, message, Field);

    private static Refusal Large(string message, params object[] args) => new(RefusalKind.TooLarge, message, Field, args);
}
