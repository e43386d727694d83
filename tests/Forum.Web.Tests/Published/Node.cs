using System.Diagnostics;
using System.Globalization;
using System.Net;
using Forum.Outbox;

namespace Forum.Web.Tests.Published;

/// <summary>One process of the published program. It is killed when the test is done with it.</summary>
public sealed class Node : IAsyncDisposable
{
    /// <summary>Longer than anything takes on a busy machine; only a failing test waits for it.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private static readonly TimeSpan poll = TimeSpan.FromMilliseconds(50);

    private readonly Process process;
    private readonly List<(bool Error, string Line)> said = [];
    private readonly Signal heard = new();
    private HttpClient? client;

    public Node(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        process = new Process { StartInfo = start, EnableRaisingEvents = true };
        process.OutputDataReceived += (_, line) => Hear(false, line.Data);
        process.ErrorDataReceived += (_, line) => Hear(true, line.Data);
        process.Exited += (_, _) => heard.Raise();
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public Uri Address => client!.BaseAddress!;

    /// <summary>What it wrote to the standard output so far.</summary>
    public string[] Output => Lines(error: false);

    /// <summary>What it wrote to the error output so far.</summary>
    public string[] Errors => Lines(error: true);

    /// <summary>A client that keeps no cookie and follows no redirect.</summary>
    public HttpClient Client => client!;

    /// <summary>A browser without JavaScript that keeps its cookies in the jar; without a jar, in one of its own.</summary>
    public Browser Visitor(CookieContainer? jar = null) =>
        new(new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = jar ?? new() }) { BaseAddress = Address, Timeout = Patience });

    /// <summary>Waits for the line that names the address.</summary>
    public async Task ListensAsync()
    {
        const string listening = "Now listening on: ";
        var line = await SaysAsync(listening);
        client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = new Uri(line[(line.IndexOf(listening, StringComparison.Ordinal) + listening.Length)..]),
            Timeout = Patience,
        };
    }

    /// <summary>Waits for a line with these words on either output, and gives it.</summary>
    public async Task<string> SaysAsync(string words)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            var next = heard.Next;
            lock (said)
                if (said.Find(s => s.Line.Contains(words, StringComparison.Ordinal)).Line is { } line)
                    return line;
            Assert.False(process.HasExited, $"It ended without a word of \"{words}\": {this}");
            try
            {
                await next.WaitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                Assert.Fail($"Still no word of \"{words}\": {this}");
            }
        }
    }

    /// <summary>Waits until it is ready for readers: the database answers and the search index is complete.</summary>
    public Task IsReadyAsync() => HoldsAsync(async () => (await Client.GetAsync(new Uri("/health/ready", UriKind.Relative))).StatusCode == HttpStatusCode.OK, "ready");

    /// <summary>Asks again until it holds; gives how long that took.</summary>
    public async Task<TimeSpan> HoldsAsync(Func<Task<bool>> holds, string what)
    {
        var begun = Stopwatch.GetTimestamp();
        while (!await holds())
        {
            Assert.True(Stopwatch.GetElapsedTime(begun) < Patience, $"Still not: {what}. {this}");
            await Task.Delay(poll);
        }
        return Stopwatch.GetElapsedTime(begun);
    }

    /// <summary>Ends it without a warning, as a power cut does.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>Sends it a signal, such as TERM.</summary>
    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("sh", ["-c", string.Create(CultureInfo.InvariantCulture, $"kill -{signal} {process.Id}")]);
        await kill.WaitForExitAsync();
        Assert.Equal(0, kill.ExitCode);
    }

    /// <summary>Waits for its end and gives its exit code.</summary>
    public async Task<int> EndsAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        await process.WaitForExitAsync(patience.Token);
        return process.ExitCode;
    }

    /// <summary>Stops it as a service manager does; it must end as if it had wanted to.</summary>
    public async Task StopAsync()
    {
        await SignalAsync("TERM");
        var code = await EndsAsync();
        Assert.True(code == 0, $"It ended with {code}: {this}");
    }

    public override string ToString()
    {
        lock (said)
            return string.Join('\n', said.Select(s => s.Line));
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            await KillAsync();
        client?.Dispose();
        process.Dispose();
    }

    private void Hear(bool error, string? line)
    {
        if (line is null)
            return;
        lock (said)
            said.Add((error, line));
        heard.Raise();
    }

    private string[] Lines(bool error)
    {
        lock (said)
            return [.. said.Where(s => s.Error == error).Select(s => s.Line)];
    }
}
