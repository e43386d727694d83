using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Forum.Benchmarks.Load;

/// <summary>A browser as far as a server can tell: a few connections that stay open, a cookie once signed in.</summary>
internal sealed class Reader : IDisposable
{
    /// <summary>Connections at once: with fewer, a good part of what is measured is threads that fall asleep and are woken again.</summary>
    private const int Connections = 16;

    private readonly HttpClient client;

    /// <param name="encodings">What is sent as Accept-Encoding; null asks for pages as they are.</param>
    public Reader(Uri address, string? encodings = null)
    {
        client = new(new SocketsHttpHandler { MaxConnectionsPerServer = Connections, AllowAutoRedirect = false, CookieContainer = new(), ActivityHeadersPropagator = null }) { BaseAddress = address };
        // As a browser, or its views would not be counted and that work would go unmeasured.
        client.DefaultRequestHeaders.UserAgent.ParseAdd("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0");
        client.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        if (encodings is not null)
            client.DefaultRequestHeaders.AcceptEncoding.ParseAdd(encodings);
    }

    public Task<byte[]> GetAsync(string address, CancellationToken cancellation) => client.GetByteArrayAsync(new Uri(address, UriKind.Relative), cancellation);

    /// <summary>Signs in by the form.</summary>
    public async Task SignInAsync(string email, string password, CancellationToken cancellation)
    {
        var address = new Uri("/account/sign-in", UriKind.Relative);
        var page = await new HtmlParser().ParseDocumentAsync(await client.GetStringAsync(address, cancellation), cancellation);
        var fields = page.QuerySelectorAll("form[method=post] input").OfType<IHtmlInputElement>().ToDictionary(i => i.Name!, i => i.Value);
        (fields["Input.Email"], fields["Input.Password"]) = (email, password);
        using var form = new FormUrlEncodedContent(fields);
        using var answer = await client.PostAsync(address, form, cancellation);
        if (answer.StatusCode is not (HttpStatusCode.Found or HttpStatusCode.SeeOther))
            throw new InvalidOperationException($"Signing in answered {(int)answer.StatusCode}.");
    }

    /// <summary>Asks for so many pages, as fast as the connections let, and gives the bytes of their bodies.</summary>
    public async Task<long> SendAsync(Func<int, string> address, int requests, CancellationToken cancellation)
    {
        var (next, bytes) = (-1, 0L);
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(async _ =>
        {
            var buffer = new byte[64 * 1024];
            for (int i; (i = Interlocked.Increment(ref next)) < requests;)
            {
                using var answer = await client.GetAsync(new Uri(address(i), UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, cancellation);
                if (answer.StatusCode != HttpStatusCode.OK)
                    throw new InvalidOperationException($"{address(i)} answered {(int)answer.StatusCode}.");
                await using var body = await answer.Content.ReadAsStreamAsync(cancellation);
                for (int read; (read = await body.ReadAsync(buffer, cancellation)) > 0;)
                    Interlocked.Add(ref bytes, read);
            }
        }));
        return bytes;
    }

    public void Dispose() => client.Dispose();
}
