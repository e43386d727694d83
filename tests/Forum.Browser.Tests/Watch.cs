using Microsoft.Playwright;

namespace Forum.Browser.Tests;

/// <summary>A page that tells of all that happens in it and should not: a dialog, a print, a break of the policy, a fault of a script, a way to another host.</summary>
internal sealed class Watch
{
    private readonly List<string> seen = [];

    private Watch(IPage page) => Page = page;

    public IPage Page { get; }

    public static async Task<Watch> OpenAsync(Site site, bool policy = true)
    {
        var page = await site.BlankAsync(policy: policy);
        var watch = new Watch(page);
        page.Dialog += async (_, dialog) =>
        {
            watch.seen.Add($"{dialog.Type}: {dialog.Message}");
            await dialog.DismissAsync();
        };
        page.PageError += (_, error) => watch.seen.Add($"fault: {error}");
        page.Popup += (_, popup) => watch.seen.Add($"window: {popup.Url}");
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(site.Address + "/", StringComparison.Ordinal))
                watch.seen.Add($"request: {request.Url}");
        };
        await page.ExposeFunctionAsync("tellWatch", (string what) => watch.seen.Add(what));
        await page.AddInitScriptAsync("""
            window.print = () => tellWatch("print");
            document.addEventListener("securitypolicyviolation", e => tellWatch(`policy: ${e.violatedDirective} ${e.blockedURI} ${e.sample}`), true);
            """);
        return watch;
    }

    /// <summary>Goes there, and finds nothing.</summary>
    public async Task LooksAsync(string address)
    {
        var answer = await Page.GotoAsync(address);
        Assert.True(answer!.Status < 500, $"{address}: {answer.Status}");
        var seen = await SeenAsync();
        Assert.True(seen.Count == 0, $"{address}: {string.Join('\n', seen)}");
    }

    /// <summary>
    /// What happened since it was asked last, and what stands ready to run or to lead astray at a click, in a few words each. What members wrote is read once more
    /// as scripts do, twice: what was harmless as read first must be so as read again.
    /// </summary>
    public async Task<IReadOnlyList<string>> SeenAsync()
    {
        var ready = await Page.EvaluateAsync<string[]>("""
            async () => {
              for (let times = 0; times < 2; times++)
                for (const body of document.querySelectorAll(".body")) body.innerHTML = body.innerHTML;
              const faults = [];
              const addresses = new Set(["href", "src", "xlink:href", "action", "formaction", "data", "poster", "background", "ping", "cite"]);
              const lead = /^(a|blockquote|q|del|ins)$/, never = /^(iframe|frame|object|embed|applet|style)$/;
              for (const element of document.querySelectorAll("*")) {
                for (const { name, value } of element.attributes) {
                  if (/^on|^style$|^srcdoc$/i.test(name)) faults.push(`${name}=${value}`);
                  if (!addresses.has(name) || !URL.canParse(value, document.baseURI)) continue;
                  const { protocol, origin } = new URL(value, document.baseURI);
                  if (!["http:", "https:", "mailto:"].includes(protocol) || origin !== location.origin && !lead.test(element.localName)) faults.push(`${name}=${value}`);
                }
                if (never.test(element.localName) || element.httpEquiv || element.localName === "script" && !element.src && element.type !== "application/ld+json") faults.push(element.outerHTML);
              }
              // Reports come in their order, so that those made before this are here when it is answered.
              await new Promise(done => requestAnimationFrame(() => setTimeout(done)));
              return faults;
            }
            """);
        string[] all = [.. seen, .. ready];
        seen.Clear();
        return all;
    }
}
