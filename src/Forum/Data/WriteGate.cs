using Forum.Settings;

namespace Forum.Data;

/// <summary>Lets one writer at a time through to SQLite: waiting here is fair and short, waiting for its lock is neither. Open wide on SQL Server.</summary>
public sealed class WriteGate(ForumOptions options, TimeProvider clock) : IDisposable
{
    /// <summary>How long a deed waits for the others of its process and for the database together. Then it is refused as unavailable: whoever sent it still has it.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim? gate = options.Database.Provider == DatabaseProvider.Sqlite ? new(1, 1) : null;

    /// <summary>Waits for the turn; dispose what it gives to let the next one in.</summary>
    /// <exception cref="TimeoutException">It did not come within <see cref="Patience"/>.</exception>
    public async Task<Turn> EnterAsync(CancellationToken cancellation)
    {
        var begun = clock.GetTimestamp();
        if (gate is not null && !await gate.WaitAsync(Patience, cancellation))
            throw new TimeoutException("Other writes have kept the database busy for too long.");
        return new Turn(gate, Patience - clock.GetElapsedTime(begun));
    }

    public void Dispose() => gate?.Dispose();

    public readonly struct Turn(SemaphoreSlim? gate, TimeSpan left) : IDisposable
    {
        /// <summary>What is left of <see cref="Patience"/> to wait for the database.</summary>
        public TimeSpan Left { get; } = left;

        public void Dispose() => gate?.Release();
    }
}
