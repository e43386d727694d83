using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Forum.Data;

/// <summary>The shape of Identity's tables: version 3, which has passkeys. The model is only right where these options are among the services of the context.</summary>
public static class IdentitySchema
{
    /// <summary>Longest key column: below SQL Server's limit for an index.</summary>
    private const int MaxKeyLength = 128;

    public static void Configure(IdentityOptions options)
    {
        options.Stores.SchemaVersion = IdentitySchemaVersions.Version3;
        options.Stores.MaxLengthForKeys = MaxKeyLength;
    }

    /// <summary>Services that hold these options and nothing else, for tools and tests that make a context by hand.</summary>
    public static IServiceProvider Services() => new ServiceCollection().Configure<IdentityOptions>(Configure).BuildServiceProvider();
}
