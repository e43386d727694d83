using System.Data.Common;
using System.Globalization;
using System.Net.Sockets;
using System.Security.Cryptography;
using Forum.Admin;
using Forum.Data;
using Forum.Members;
using Forum.Settings;
using Forum.Web.Demo;

namespace Forum.Web.Host;

/// <summary>Builds the program: the engine's services for every command, and the web floor for serving.</summary>
public static partial class ForumHost
{
    /// <summary>A builder that knows the settings, with the engine in it.</summary>
    public static WebApplicationBuilder CreateBuilder(string[] args)
    {
        try
        {
            return Build(args);
        }
        catch (InvalidDataException exception)
        {
            throw new SettingException($"{exception.Message} {exception.InnerException?.Message}".TrimEnd());
        }
    }

    private static WebApplicationBuilder Build(string[] args)
    {
        // A published program finds its files beside itself, whatever folder it is started from.
        var published = Directory.Exists(Path.Combine(AppContext.BaseDirectory, "wwwroot"));
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = published ? AppContext.BaseDirectory : null });
        if (!published && builder.Environment.IsDevelopment())
            builder.WebHost.UseStaticWebAssets();
        if (builder.Configuration["urls"] is null && builder.Configuration["http_ports"] is null)
            builder.WebHost.UseUrls("http://localhost:5080");
        var options = Settings.Read(builder.Configuration, builder.Environment.ContentRootPath);
        options.Speak();
        builder.Services.AddForum(options);
        return builder;
    }

    /// <summary>Sees that the folders can be written and that the database is up to date, by bringing it there where that is wanted.</summary>
    public static async Task PrepareAsync(IServiceProvider services, bool migrate, CancellationToken cancellation)
    {
        var options = services.GetRequiredService<ForumOptions>();
        Settings.DemandFolder("Forum:DataPath", options.DataPath);
        Settings.DemandFolder("Forum:NodePath", options.NodePath);
        var migrator = services.GetRequiredService<Migrator>();
        try
        {
            if (migrate)
                await migrator.RunAsync(cancellation);
            else if (!await migrator.IsCurrentAsync(cancellation))
                throw new SettingException("The database is not up to date; run the command migrate, or set Forum:Database:MigrateOnStart to true.");
        }
        catch (Exception exception) when (exception.GetBaseException() is DbException fault)
        {
            throw new SettingException($"The database that Forum:Database names cannot be used: {fault.Message.Split('\n')[0].Trim()}");
        }
        await services.GetRequiredService<LiveSettings>().ReadAsync(cancellation);
        options.Speak();
    }

    /// <summary>Has pages speak the language of the site, from the next one on.</summary>
    public static void Speak(this ForumOptions options) =>
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.GetCultureInfo(options.Site.Language);

    private static async Task FillAsync(WebApplication app, CancellationToken cancellation)
    {
        var signIns = await ActivatorUtilities.CreateInstance<DemoCommunity>(app.Services).FillAsync(cancellation);
        if (signIns.Count == 0)
            return;
        Console.WriteLine($"A demonstration community is at {app.Services.GetRequiredService<ForumOptions>().Site.Url}");
        Console.WriteLine($"Sign in there as {string.Join(", ", signIns)} with the password {DemoCommunity.Password}");
    }

    /// <summary>Tells how to make the first administrator, where there is none.</summary>
    private static async Task OfferSetupAsync(IServiceProvider services, CancellationToken cancellation)
    {
        if ((await services.GetRequiredService<OfferSetup>().RunAsync(Actor.Operator, cancellation)).Is(out var token, out _))
            Offered(services.GetRequiredService<ILoggerFactory>().CreateLogger("Forum.Setup"), new Uri(services.GetRequiredService<ForumOptions>().Site.Url, $"/setup?token={token}"));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Nobody administers this forum yet. Make the first account at {Link}")]
    private static partial void Offered(ILogger logger, Uri link);

    /// <summary>Serves until stopped.</summary>
    public static async Task<int> ServeAsync(string[] args, CancellationToken cancellation)
    {
        var builder = CreateBuilder(args);
        builder.AddWebFloor();
        var listening = false;
        // Why it does not listen is told in a sentence at the end, instead of by each of these with all its calls.
        foreach (var teller in new[] { "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.Extensions.Hosting.Internal.Host" })
            builder.Logging.AddFilter(teller, level => listening && level >= LogLevel.Warning);
        await using var app = builder.Build();
        await PrepareAsync(app.Services, app.Services.GetRequiredService<ForumOptions>().Database.MigrateOnStart, cancellation);
        app.UseWebFloor();
        if (app.Environment.IsDevelopment())
            await FillAsync(app, cancellation);
        try
        {
            await app.StartAsync(cancellation);
        }
        catch (Exception exception) when (exception is IOException or SocketException or FormatException or InvalidOperationException or CryptographicException)
        {
            await app.StopAsync(CancellationToken.None);
            throw new SettingException($"The program cannot listen as the settings urls and Kestrel say: {exception.Message.Split('\n')[0].Trim()}");
        }
        listening = true;
        if (!app.Environment.IsDevelopment())
            await OfferSetupAsync(app.Services, cancellation);
        await app.WaitForShutdownAsync(cancellation);
        return CommandLine.Ok;
    }
}
