using Forum.Settings;

namespace Forum.Data;

/// <summary>Lets one writer at a time through to SQLite: waiting here is fair and short, waiting for its lock is neither. Open wide on SQL Server.</summary>
public sealed class WriteGate(ForumOptions options) : IDisposable
{
    private readonly SemaphoreSlim? gate = options.Database.Provider == DatabaseProvider.Sqlite ? new(1, 1) : null;

    /// <summary>Waits for the turn; dispose what it gives to let the next one in.</summary>
    public async Task<Turn> EnterAsync(CancellationToken cancellation)
    {
        if (gate is not null)
            await gate.WaitAsync(cancellation);
        return new Turn(gate);
    }

    public void Dispose() => gate?.Dispose();

    public readonly struct Turn(SemaphoreSlim? gate) : IDisposable
    {
        public void Dispose() => gate?.Release();
    }
}
