namespace Forum.Outbox;

/// <summary>Wakes the consumers of this process after a commit; those of other nodes find the event by polling.</summary>
public sealed class Signal
{
    private volatile TaskCompletionSource next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes at the next <see cref="Raise"/>. Take it before looking for events, so that none slips by between look and wait.</summary>
    public Task Next => next.Task;

    public void Raise() => Interlocked.Exchange(ref next, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
}
