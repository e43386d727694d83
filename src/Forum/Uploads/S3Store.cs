using System.Net;
using System.Runtime.CompilerServices;
using Amazon;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Forum.Settings;

namespace Forum.Uploads;

/// <summary>Uploads as objects of a bucket, at Amazon or at any server that speaks S3.</summary>
public sealed class S3Store(ForumOptions options) : IUploadStore, IDisposable
{
    /// <summary>How long one request may take; who waits for a file waits no longer.</summary>
    private static readonly TimeSpan timeout = TimeSpan.FromSeconds(20);

    private const int Retries = 2;

    /// <summary>Made when it is first needed: it takes a tenth of a second.</summary>
    private readonly Lazy<AmazonS3Client> client = new(() => NewClient(options.Uploads));

    private readonly (string Bucket, string Prefix) place = (options.Uploads.Bucket ?? "", options.Uploads.Prefix);

    public void Dispose()
    {
        if (client.IsValueCreated)
            client.Value.Dispose();
    }

    public Task SaveAsync(string name, string contentType, ReadOnlyMemory<byte> content, CancellationToken cancellation) => GuardAsync(async () =>
    {
        using var body = new MemoryStream(content.ToArray(), writable: false);
        await client.Value.PutObjectAsync(new PutObjectRequest
        {
            BucketName = place.Bucket,
            Key = place.Prefix + name,
            ContentType = contentType,
            InputStream = body,
            // Not every server takes a body in signed chunks.
            UseChunkEncoding = false,
        }, cancellation);
        return true;
    });

    public Task<Stream?> OpenAsync(string name, CancellationToken cancellation) => GuardAsync<Stream?>(async () =>
    {
        try
        {
            return new S3Stream((from, stop) => GuardAsync(() => GetAsync(name, from, stop)), await GetAsync(name, 0, cancellation));
        }
        catch (AmazonS3Exception exception) when (exception.StatusCode == HttpStatusCode.NotFound && exception.ErrorCode != "NoSuchBucket")
        {
            return null;
        }
    });

    public Task DeleteAsync(string name, CancellationToken cancellation) => GuardAsync(() => client.Value.DeleteObjectAsync(place.Bucket, place.Prefix + name, cancellation));

    public async IAsyncEnumerable<StoredFile> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var request = new ListObjectsV2Request { BucketName = place.Bucket, Prefix = place.Prefix + prefix };
        do
        {
            var page = await GuardAsync(() => client.Value.ListObjectsV2Async(request, cancellation));
            foreach (var item in page.S3Objects ?? [])
                yield return new(item.Key[place.Prefix.Length..], item.LastModified?.ToUniversalTime() ?? DateTime.MaxValue);
            request.ContinuationToken = page.NextContinuationToken;
        }
        while (request.ContinuationToken is not null);
    }

    private Task<GetObjectResponse> GetAsync(string name, long from, CancellationToken cancellation) => client.Value.GetObjectAsync(new GetObjectRequest
    {
        BucketName = place.Bucket,
        Key = place.Prefix + name,
        ByteRange = from == 0 ? null : new ByteRange($"bytes={from}-"),
    }, cancellation);

    private static AmazonS3Client NewClient(UploadOptions uploads)
    {
        var config = new AmazonS3Config
        {
            ForcePathStyle = uploads.ForcePathStyle,
            Timeout = timeout,
            MaxErrorRetry = Retries,
            // Checksums beyond the signature are Amazon's alone.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        };
        if (uploads.ServiceUrl is { } url)
            (config.ServiceURL, config.AuthenticationRegion) = (url.AbsoluteUri, uploads.Region ?? "us-east-1");
        else
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(uploads.Region);
        return uploads.AccessKey is { Length: > 0 } key ? new(new BasicAWSCredentials(key, uploads.SecretKey), config) : new(config);
    }

    private static async Task<T> GuardAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception exception) when (exception is AmazonServiceException or AmazonClientException or HttpRequestException or IOException or TimeoutException)
        {
            throw new UploadStoreException("The bucket of uploads cannot be used.", exception);
        }
    }
}
