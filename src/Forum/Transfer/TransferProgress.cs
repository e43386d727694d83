namespace Forum.Transfer;

/// <summary>How far a long piece of work has come.</summary>
/// <param name="Stage">What is being done, as an English key.</param>
/// <param name="Done">How much of <paramref name="Total"/> is done: rows, topics or bytes.</param>
/// <param name="Total">All there is to do in this stage.</param>
public readonly record struct TransferProgress(string Stage, long Done, long Total);

/// <summary>Something in a file that could not be taken as it stands.</summary>
/// <param name="Line">Line of the file, from 1; 0 when it is about the file as a whole.</param>
public sealed record TransferProblem(string File, int Line, string What)
{
    public override string ToString() => Line > 0 ? $"{File}, line {Line}: {What}" : $"{File}: {What}";
}

/// <summary>The problems of one run: all are counted, the first ones are kept.</summary>
internal sealed class TransferProblems
{
    /// <summary>More than anybody reads; a file that is damaged throughout must not fill the memory.</summary>
    public const int MaxKept = 1000;

    private readonly List<TransferProblem> kept = [];
    private readonly Lock guard = new();

    public int Count { get; private set; }

    public IReadOnlyList<TransferProblem> Kept => kept;

    public void Add(string file, int line, string what)
    {
        lock (guard)
        {
            Count++;
            if (kept.Count < MaxKept)
                kept.Add(new(file, line, what));
        }
    }
}
