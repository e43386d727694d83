using System.Globalization;
using Forum.Data;
using Forum.Settings;
using Forum.Web.Demo;

namespace Forum.Web.Host;

/// <summary>Builds the program: the engine's services for every command, and the web floor for serving.</summary>
public static class ForumHost
{
    /// <summary>A builder that knows the settings, with the engine in it.</summary>
    public static WebApplicationBuilder CreateBuilder(string[] args)
    {
        // A published program finds its files beside itself, whatever folder it is started from.
        var published = Directory.Exists(Path.Combine(AppContext.BaseDirectory, "wwwroot"));
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = published ? AppContext.BaseDirectory : null });
        if (!published && builder.Environment.IsDevelopment())
            builder.WebHost.UseStaticWebAssets();
        if (builder.Configuration["urls"] is null && builder.Configuration["http_ports"] is null)
            builder.WebHost.UseUrls("http://localhost:5080");
        var options = Settings.Read(builder.Configuration, builder.Environment.ContentRootPath);
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.GetCultureInfo(options.Site.Language);
        builder.Services.AddForum(options);
        return builder;
    }

    private static async Task FillAsync(WebApplication app, CancellationToken cancellation)
    {
        var signIns = await ActivatorUtilities.CreateInstance<DemoCommunity>(app.Services).FillAsync(cancellation);
        if (signIns.Count == 0)
            return;
        Console.WriteLine($"A demonstration community is at {app.Services.GetRequiredService<ForumOptions>().Site.Url}");
        Console.WriteLine($"Sign in there as {string.Join(", ", signIns)} with the password {DemoCommunity.Password}");
    }

    /// <summary>Serves until stopped.</summary>
    public static async Task<int> ServeAsync(string[] args, CancellationToken cancellation)
    {
        var builder = CreateBuilder(args);
        builder.AddWebFloor();
        await using var app = builder.Build();
        var options = app.Services.GetRequiredService<ForumOptions>();
        var migrator = app.Services.GetRequiredService<Migrator>();
        if (options.Database.MigrateOnStart)
            await migrator.RunAsync(cancellation);
        else if (!await migrator.IsCurrentAsync(cancellation))
            throw new SettingException("The database is not up to date; run the command migrate, or set Forum:Database:MigrateOnStart to true.");
        app.UseWebFloor();
        if (app.Environment.IsDevelopment())
            await FillAsync(app, cancellation);
        await app.RunAsync(cancellation);
        return 0;
    }
}
