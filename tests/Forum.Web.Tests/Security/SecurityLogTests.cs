using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Forum.Data;
using Forum.Moderation;
using Forum.Members;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Forum.Web.Tests.Security;

/// <summary>The log of what concerns the safety of accounts. Numbers are those of the list of checks.</summary>
public sealed class SecurityLogTests
{
    [Fact]
    public async Task Check_60_what_happens_to_accounts_is_a_line_of_JSON_without_secrets_that_nobody_forges()
    {
        // As any program has it that logs requests.
        using var listener = new ActivityListener { ShouldListenTo = source => source.Name == "Microsoft.AspNetCore", Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData };
        ActivitySource.AddActivityListener(listener);
        var lines = new Lines();
        await using var forum = await WebForum.StartAsync([("Forum:Limits:Enabled", "true")], services => services.AddSingleton<ILogger<SecurityLog>>(lines));
        var member = await forum.MemberAsync();
        var browser = forum.Visitor();
        await browser.SubmitAsync(await browser.GetAsync("/account/sign-in"), "main form", ("Email", member.Email!), ("Password", "wrong words"));
        await browser.SignInAsync(member.Email!);
        await browser.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/account/sign-out?a=%0d%0a{\"utc\":0}") { Content = new FormUrlEncodedContent([]) });
        await browser.GetAsync("/admin");
        var staff = await forum.MemberAsync("Mo Derat", SiteRole.Moderator);
        _ = (await forum.Get<SanctionMember>().RunAsync(staff.AsActor(), new(member.Handle, SanctionKind.Silence, 1, "Please\r\nbe kind."), default)).Required;
        for (var i = 0; i < 7; i++)
            await browser.SubmitAsync(await browser.GetAsync("/account/sign-in"), "main form", ("Email", "nobody@example.org"), ("Password", "wrong words"));

        var told = lines.All.Select(line => JsonDocument.Parse(line).RootElement).ToList();
        string[] expected = ["account.sign-in-failed", "account.signed-in", "form.refused", "access.refused", "member.silenced", "limit.hit"];
        Assert.Equal([], expected.Except(told.Select(e => e.GetProperty("what").GetString()!)));
        Assert.All(lines.All, line => Assert.DoesNotContain('\n', line));
        Assert.DoesNotContain(lines.All, line => line.Contains(WebForum.Password, StringComparison.Ordinal) || line.Contains("wrong words", StringComparison.Ordinal));
        var signedIn = told.First(e => e.GetProperty("what").GetString() == "account.signed-in");
        Assert.Equal((member.Id, JsonValueKind.String), (signedIn.GetProperty("actor").GetInt64(), signedIn.GetProperty("request").ValueKind));
        Assert.EndsWith("Z", signedIn.GetProperty("utc").GetString(), StringComparison.Ordinal);
    }

    private sealed class Lines : ILogger<SecurityLog>
    {
        public ConcurrentQueue<string> All { get; } = new();

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => All.Enqueue(formatter(state, exception));
    }
}
