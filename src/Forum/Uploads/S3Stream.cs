using Amazon.S3.Model;

namespace Forum.Uploads;

/// <summary>An object of a bucket as a stream that can seek: the body is asked for anew from where reading goes on.</summary>
internal sealed class S3Stream(Func<long, CancellationToken, Task<GetObjectResponse>> open, GetObjectResponse first) : Stream
{
    private GetObjectResponse? body = first;
    private long position;

    /// <summary>Where the open body stands.</summary>
    private long bodyPosition;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length { get; } = first.ContentLength;

    public override long Position
    {
        get => position;
        set => Seek(value, SeekOrigin.Begin);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (position >= Length)
            return 0;
        if (body is null || bodyPosition != position)
        {
            body?.Dispose();
            body = null;
            body = await open(position, cancellationToken);
            bodyPosition = position;
        }
        var read = await body.ResponseStream.ReadAsync(buffer, cancellationToken);
        position = bodyPosition += read;
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override long Seek(long offset, SeekOrigin origin) => position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => position + offset,
        _ => Length + offset,
    };

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Read asynchronously.");

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            body?.Dispose();
        base.Dispose(disposing);
    }
}
