using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Metadata;

namespace Forum.Web.Api;

/// <summary>What a request brings as JSON, or the problem with it. Fields that a shape does not have are left alone.</summary>
public sealed class Body<T> : IEndpointParameterMetadataProvider where T : class, IExample<T>
{
    private T? Value { get; init; }

    private Problem? Problem { get; init; }

    /// <summary>True, and <paramref name="value"/> set, when the body could be read.</summary>
    public bool Is([NotNullWhen(true)] out T? value, [NotNullWhen(false)] out IResult? problem)
    {
        (value, problem) = (Value, Problem);
        return value is not null;
    }

    public static async ValueTask<Body<T>> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        try
        {
            if (!context.Request.HasJsonContentType())
                return Refused(new(StatusCodes.Status415UnsupportedMediaType));
            return await context.Request.ReadFromJsonAsync<T>(context.RequestAborted) is { } value
                ? new() { Value = value }
                : Refused(new(Refusal.Invalid("Please send a JSON object. See /api for what it holds.")));
        }
        catch (JsonException exception)
        {
            return Refused(new(exception.Path is { Length: > 2 } path
                ? Refusal.Invalid("The body cannot be read at {0}. Please see /api for what it holds.", path[2..], path)
                : Refusal.Invalid("The body is not JSON of the form that this operation takes. Please see /api.")));
        }
        catch (BadHttpRequestException exception)
        {
            return Refused(new(exception.StatusCode));
        }
        catch (InvalidOperationException)
        {
            // Of a charset that nobody here knows.
            return Refused(new(StatusCodes.Status415UnsupportedMediaType));
        }
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new BodyMetadata(typeof(T), T.Example));

    private static Body<T> Refused(Problem problem) => new() { Problem = problem };
}

/// <summary>Names the shape of an operation's body for its description. The framework's own mark would refuse other media types before it is known who asks.</summary>
public sealed record BodyMetadata(Type Shape, object Example);

/// <summary>A body that shows by an example what it is for.</summary>
public interface IExample<TSelf>
{
    static abstract TSelf Example { get; }
}
