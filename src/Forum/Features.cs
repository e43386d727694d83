using Forum.Data;
using Forum.Data.Providers;
using Forum.Outbox;
using Forum.Rendering;
using Forum.Settings;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Forum;

/// <summary>The table of contents of the engine: one block a feature.</summary>
public static class Features
{
    public static IServiceCollection AddForum(this IServiceCollection services, ForumOptions options)
    {
        services.AddSingleton(options);
        services.TryAddSingleton(TimeProvider.System);

        // Data
        services.Configure<IdentityOptions>(IdentitySchema.Configure);
        services.AddPooledDbContextFactory<ForumDbContext>((provider, builder) => Database.Use(builder.UseApplicationServiceProvider(provider), options));
        services.AddScoped(provider => provider.GetRequiredService<IDbContextFactory<ForumDbContext>>().CreateDbContext());
        services.AddSingleton<WriteGate>();
        services.AddSingleton<ForumWriter>();
        services.AddSingleton<Migrator>();

        // Outbox
        services.AddSingleton<Signal>();

        // Rendering
        services.AddSingleton<PostRenderer>();

        return services;
    }
}
