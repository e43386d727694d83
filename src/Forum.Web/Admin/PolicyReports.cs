using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization;
using Forum.Admin;
using Forum.Data;
using Forum.Settings;

namespace Forum.Web.Admin;

/// <summary>Takes what browsers report of broken rules of the policy of contents, counts it in memory, and adds it to the database now and then.</summary>
public sealed class PolicyReports(CountViolations count, ForumOptions options, ILogger<PolicyReports> logger) : Buffered(TimeSpan.FromSeconds(30), logger)
{
    /// <summary>Where the policy sends browsers with what they report. It is <c>report-uri</c>, since every browser knows that, and reports at once.</summary>
    public const string Address = "/x/csp";

    private const string MediaType = "application/csp-report";

    /// <summary>Bytes; a report is a tenth of it.</summary>
    private const int MaxBytes = 16 * 1024;

    /// <summary>Kinds between two writes.</summary>
    private const int MaxNoted = 200;

    private ConcurrentDictionary<Violation, int> noted = new();

    /// <summary>Notes a report. What an extension of the reader's browser tried is none of the site's, and what another page did is none of this one's.</summary>
    public void Note(PolicyReport report)
    {
        if (!Uri.TryCreate(report.DocumentUri, UriKind.Absolute, out var page) || page.Authority != options.Site.Url.Authority || !IsOfPage(report.BlockedUri) || !IsOfPage(report.SourceFile))
            return;
        var violation = new Violation(
            Cut((report.EffectiveDirective ?? report.ViolatedDirective ?? "").Split(' ')[0], PolicyViolation.MaxDirectiveLength), Told(report.BlockedUri), Cut(page.AbsolutePath),
            Told(report.SourceFile) is { Length: > 0 } source ? Cut(report.LineNumber is { } line ? $"{source}:{line}" : source) : "");
        if (noted.Count < MaxNoted || noted.ContainsKey(violation))
            noted.AddOrUpdate(violation, 1, (_, count) => count + 1);
    }

    public override async Task FlushAsync(CancellationToken cancellation)
    {
        if (!noted.IsEmpty)
            _ = (await count.RunAsync(Actor.Operator, Interlocked.Exchange(ref noted, new()), cancellation)).Required;
    }

    /// <summary>Browsers send a report with the cookies of the page and no token. It changes nothing but counts, and no form sends what is of its kind.</summary>
    public static void Map(WebApplication app) => app.MapPost(Address, async (HttpContext context, PolicyReports reports) =>
    {
        var request = context.Request;
        if (!string.Equals(request.ContentType?.Split(';')[0].Trim(), MediaType, StringComparison.OrdinalIgnoreCase))
            return Results.StatusCode(StatusCodes.Status415UnsupportedMediaType);
        if (request.ContentLength is null or > MaxBytes)
            return Results.StatusCode(StatusCodes.Status413PayloadTooLarge);
        try
        {
            if ((await JsonSerializer.DeserializeAsync<Sent>(request.Body, cancellationToken: context.RequestAborted))?.Report is { } report)
                reports.Note(report);
        }
        catch (JsonException)
        {
            return Results.StatusCode(StatusCodes.Status400BadRequest);
        }
        return Results.NoContent();
    }).DisableAntiforgery().AllowAnonymous();

    private static bool IsOfPage(string? address) =>
        !Uri.TryCreate(address, UriKind.Absolute, out var uri) ? address?.EndsWith("-extension", StringComparison.Ordinal) != true : uri.Scheme is "http" or "https" or "ws" or "wss" or "data" or "blob";

    /// <summary>Addresses without what may be a secret; of data only that it is some.</summary>
    private string Told(string? address) => Cut(
        !Uri.TryCreate(address, UriKind.Absolute, out var uri) ? address ?? ""
        : uri.Scheme is "data" or "blob" ? uri.Scheme
        : uri.Authority == options.Site.Url.Authority ? uri.AbsolutePath : uri.GetLeftPart(UriPartial.Authority));

    private static string Cut(string text, int length = PolicyViolation.MaxAddressLength) =>
        string.Concat(text.Where(c => !char.IsControl(c) && !char.IsSurrogate(c)).Take(length));

    private sealed record Sent([property: JsonPropertyName("csp-report")] PolicyReport? Report);
}

/// <summary>A report as Content Security Policy 2 defines it.</summary>
public sealed record PolicyReport
{
    [JsonPropertyName("document-uri")] public string? DocumentUri { get; init; }
    [JsonPropertyName("effective-directive")] public string? EffectiveDirective { get; init; }
    [JsonPropertyName("violated-directive")] public string? ViolatedDirective { get; init; }
    [JsonPropertyName("blocked-uri")] public string? BlockedUri { get; init; }
    [JsonPropertyName("source-file")] public string? SourceFile { get; init; }
    [JsonPropertyName("line-number")] public int? LineNumber { get; init; }
}
