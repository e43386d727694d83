using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Forum.Web.Tests;

/// <summary>What a server answered, read as a page.</summary>
public sealed record Answer(HttpResponseMessage Message, string Text)
{
    private readonly Lazy<IHtmlDocument> document = new(() => new HtmlParser().ParseDocument(Text));

    public HttpStatusCode Status => Message.StatusCode;

    public IHtmlDocument Document => document.Value;

    public bool IsRedirect => (int)Status is >= 300 and < 400;

    /// <summary>Where a redirect leads.</summary>
    public string? Location => Message.Headers.Location?.OriginalString;

    public string? Header(string name) =>
        Message.Headers.TryGetValues(name, out var values) || Message.Content.Headers.TryGetValues(name, out values) ? string.Join(", ", values) : null;

    /// <summary>The words of the one element that the selector names, with blanks tidied.</summary>
    public string TextOf(string selector) => Tidy(One(selector).TextContent);

    public IReadOnlyList<string> TextsOf(string selector) => [.. Document.QuerySelectorAll(selector).Select(e => Tidy(e.TextContent))];

    public IElement One(string selector) => Assert.Single(Document.QuerySelectorAll(selector));

    public bool Has(string selector) => Document.QuerySelector(selector) is not null;

    private static string Tidy(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}

/// <summary>A reader without JavaScript: keeps cookies, follows links and sends forms as they stand in the page.</summary>
/// <param name="client">Follows no redirect.</param>
/// <param name="level">Waits until pages kept for visitors show what happened so far, so that tests read what they wrote.</param>
public sealed class Browser(HttpClient client, Func<Task>? level = null)
{
    /// <summary>Reads an address; redirects are not followed.</summary>
    public async Task<Answer> GetAsync(string address)
    {
        await (level?.Invoke() ?? Task.CompletedTask);
        return await SendAsync(HttpMethod.Get, address);
    }

    public Task<Answer> SendAsync(HttpMethod method, string address) => SendAsync(new HttpRequestMessage(method, address));

    public async Task<Answer> SendAsync(HttpRequestMessage request)
    {
        var message = await client.SendAsync(request);
        return new(message, await message.Content.ReadAsStringAsync());
    }

    /// <summary>Follows a redirect, or stays where no redirect is.</summary>
    public async Task<Answer> FollowAsync(Answer answer) => answer.Location is { } location ? await GetAsync(location) : answer;

    /// <summary>Signs in by the form; the password is <see cref="WebForum.Password"/>.</summary>
    public async Task SignInAsync(string email)
    {
        var answer = await SubmitAsync(await GetAsync("/account/sign-in"), "form[method=post]", ("Email", email), ("Password", WebForum.Password));
        Assert.True(answer.IsRedirect, $"Signing in answered {(int)answer.Status}: {answer.Text}");
    }

    /// <summary>Posts the page's form that the selector names, with everything it holds (its token too), or that of a button, by it. A field is named by the last segment of its name.</summary>
    public Task<Answer> SubmitAsync(Answer page, string form, params (string Field, string Value)[] typed)
    {
        var chosen = page.One(form);
        var button = chosen as IHtmlButtonElement;
        var element = button?.Form ?? (IHtmlFormElement)chosen;
        var fields = element.Elements.OfType<IHtmlInputElement>().Where(i => i.Type is not ("checkbox" or "radio") || i.IsChecked).Select(i => (i.Name, i.Value))
            .Concat(element.Elements.OfType<IHtmlTextAreaElement>().Select(t => (t.Name, t.Value)))
            .Concat(element.Elements.OfType<IHtmlSelectElement>().Select(s => (s.Name, Value: s.Value ?? "")))
            .Where(f => f.Name is { Length: > 0 }).Select(f => (Name: f.Name!, f.Value)).ToList();
        if (button is { Name.Length: > 0 })
            fields.Add((button.Name, button.Value));
        foreach (var (field, value) in typed)
        {
            var name = Assert.Single(element.Elements.OfType<IHtmlElement>().Select(e => e.GetAttribute("name")).Distinct(), n => n == field || n?.EndsWith($".{field}", StringComparison.Ordinal) == true)!;
            fields.RemoveAll(f => f.Name == name);
            fields.Add((name, value));
        }
        var action = (button?.GetAttribute("formaction") ?? element.GetAttribute("action")) is { Length: > 0 } given ? given : page.Message.RequestMessage!.RequestUri!.PathAndQuery;
        return PostAsync(action, [.. fields]);
    }

    /// <summary>Posts fields as a form would, without any token of its own.</summary>
    public Task<Answer> PostAsync(string address, params (string Name, string Value)[] fields) => SendAsync(new HttpRequestMessage(HttpMethod.Post, address)
    {
        Content = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))),
    });
}
