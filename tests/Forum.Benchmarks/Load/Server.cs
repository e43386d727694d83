using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Forum.Benchmarks.Load;

/// <summary>The published program, serving as a child process.</summary>
internal sealed class Server : IAsyncDisposable
{
    private static readonly TimeSpan look = TimeSpan.FromMilliseconds(200);

    private readonly Process process;

    private Server(Process process, Uri address) => (this.process, Address) = (process, address);

    public Uri Address { get; }

    /// <summary>CPU time that the process has taken so far, of all its threads, in user and in system mode; the kernel counts in steps of 10 ms.</summary>
    public TimeSpan Cpu
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <summary>Starts the program on a data folder and waits until it says that it is ready: its search index is built.</summary>
    public static async Task<Server> StartAsync(Published program, string data, CancellationToken cancellation)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        var start = program.Start("serve", $"--urls={address}", $"--Forum:Site:Url={address}", $"--Forum:DataPath={data}");
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, line) => Console.Error.Write(line.Data is null ? "" : line.Data + '\n');
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var server = new Server(process, address);
        using var client = new HttpClient { BaseAddress = address };
        while (!await IsReadyAsync(client, cancellation))
        {
            if (process.HasExited)
                throw new InvalidOperationException($"The server ended with {process.ExitCode}.");
            await Task.Delay(look, cancellation);
        }
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private static async Task<bool> IsReadyAsync(HttpClient client, CancellationToken cancellation)
    {
        try
        {
            using var answer = await client.GetAsync(new Uri("/health/ready", UriKind.Relative), cancellation);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
