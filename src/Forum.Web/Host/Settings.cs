using System.ComponentModel;
using System.Data.Common;
using System.Net;
using Forum.Members;
using Forum.Settings;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;

namespace Forum.Web.Host;

/// <summary>A setting that keeps the program from starting; the message is one sentence that names the key.</summary>
public sealed class SettingException(string message) : Exception(message);

/// <summary>Reads the section "Forum" and refuses what it cannot mean.</summary>
public static class Settings
{
    /// <summary>Reads and checks the settings; paths come out absolute.</summary>
    public static ForumOptions Read(IConfiguration configuration, string contentRoot)
    {
        var section = configuration.GetSection(ForumOptions.Section);
        Demand(section, typeof(ForumOptions));
        var options = new ForumOptions();
        section.Bind(options);
        if (string.IsNullOrWhiteSpace(options.DataPath))
            throw new SettingException("Forum:DataPath must name a folder.");
        options.DataPath = Path.GetFullPath(options.DataPath, contentRoot);
        options.NodePath = string.IsNullOrWhiteSpace(options.NodePath) ? Path.Combine(options.DataPath, "node") : Path.GetFullPath(options.NodePath, contentRoot);
        Check(options);
        Give(section, options);
        CheckUrls(configuration["urls"] ?? "");
        return options;
    }

    /// <summary>A port that is no number would be taken for a part of the name, and the program would listen to all the world at port 80.</summary>
    private static void CheckUrls(string urls)
    {
        foreach (var url in urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            if (!IsBindable(url))
                throw new SettingException($"The setting urls must list addresses such as http://localhost:5080; \"{url}\" is none.");
    }

    private static bool IsBindable(string url)
    {
        try
        {
            return BindingAddress.Parse(url).Host is var host && (host.StartsWith('[') || !host.Contains(':', StringComparison.Ordinal));
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static void Check(ForumOptions options)
    {
        var (server, connection) = (options.Database.Provider == DatabaseProvider.SqlServer, options.Database.ConnectionString);
        if (server && string.IsNullOrWhiteSpace(connection))
            throw new SettingException("Forum:Database:ConnectionString is missing; the provider SqlServer needs one.");
        try
        {
            _ = server ? (DbConnectionStringBuilder)new SqlConnectionStringBuilder(connection) : new SqliteConnectionStringBuilder(connection);
        }
        catch (ArgumentException exception)
        {
            throw new SettingException($"Forum:Database:ConnectionString cannot be read: {exception.Message}");
        }
        if (options.Database.Synchronous is not ("FULL" or "NORMAL" or "OFF"))
            throw new SettingException("Forum:Database:Synchronous must be FULL, NORMAL or OFF.");
        if (options.Database.MaxBatchSize is < 1)
            throw new SettingException("Forum:Database:MaxBatchSize must be at least 1.");
        if (options.Site.Url is not { IsAbsoluteUri: true, Scheme: "http" or "https" })
            throw new SettingException("Forum:Site:Url must be an absolute address that begins with http:// or https://.");
        CheckUploads(options.Uploads);
        CheckMail(options.Mail);
        CheckSignIn(options.SignIn);
        foreach (var proxy in options.Proxies)
            if (!IPAddress.TryParse(proxy, out _) && !IPNetwork.TryParse(proxy, out _))
                throw new SettingException($"Forum:Proxies must list addresses or networks; \"{proxy}\" is neither.");
    }

    /// <summary>What is changed in the browser otherwise: an operator who says it is held to the same rules, and their word holds.</summary>
    private static void Give(IConfigurationSection section, ForumOptions options)
    {
        foreach (var setting in SettingList.All.Where(s => section[s.Key] is not null))
        {
            if (setting.Read(setting.Of(options)).Refusal is { } refusal)
                throw new SettingException($"{section.Path}:{setting.Key} cannot be \"{section[setting.Key]}\". {refusal}");
            options.Give(setting);
        }
    }

    /// <summary>Makes the folder where it is missing, and tries whether it can be written.</summary>
    public static void DemandFolder(string key, string path)
    {
        try
        {
            Directory.CreateDirectory(path);
            using var probe = new FileStream(Path.Combine(path, $".probe-{Guid.NewGuid():N}"), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SettingException($"{key} must name a folder that can be written: {exception.Message}");
        }
    }

    private static void CheckMail(MailOptions mail)
    {
        if (mail.Port is < 1 or > 65535)
            throw new SettingException("Forum:Mail:Port must be between 1 and 65535.");
        if (mail.From.Length > 0 && !System.Net.Mail.MailAddress.TryCreate(mail.From, out _))
            throw new SettingException($"Forum:Mail:From must be an e-mail address; \"{mail.From}\" is none.");
        if (mail.Host.Length == 0 && mail.User.Length > 0)
            throw new SettingException("Forum:Mail:Host is missing; Forum:Mail:User needs one.");
        if (mail.User.Length > 0 != mail.Password.Length > 0)
            throw new SettingException($"Forum:Mail:{(mail.User.Length > 0 ? "Password" : "User")} is missing; the two go together.");
    }

    private static void CheckSignIn(SignInOptions signIn)
    {
        foreach (var (name, provider) in signIn.Oidc)
        {
            var key = $"Forum:SignIn:Oidc:{name}";
            if (!name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
                throw new SettingException($"{key} must be named in small letters, digits and hyphens, as it stands in addresses.");
            if (provider.Authority is not { IsAbsoluteUri: true, Scheme: "http" or "https" } authority)
                throw new SettingException($"{key}:Authority must be an absolute address that begins with https://.");
            if (authority.Scheme == Uri.UriSchemeHttp && !authority.IsLoopback)
                throw new SettingException($"{key}:Authority must begin with https://: whoever listens on the way could sign in as anybody.");
            if (provider.ClientId.Length == 0)
                throw new SettingException($"{key}:ClientId is missing.");
            if (!provider.Scopes.Split(' ').Contains("openid"))
                throw new SettingException($"{key}:Scopes must contain openid.");
            foreach (var (group, role) in provider.Roles)
                if (SiteRoles.Parse(role) is null)
                    throw new SettingException($"{key}:Roles:{group} must be admin, manager, moderator or staff; \"{role}\" is not.");
        }
        if (!signIn.Passwords && signIn.Oidc.Count == 0)
            throw new SettingException("Forum:SignIn:Passwords cannot be false without a provider in Forum:SignIn:Oidc: nobody could sign in.");
    }

    private static void CheckUploads(UploadOptions uploads)
    {
        if (uploads.QuotaPerMember < 1)
            throw new SettingException("Forum:Uploads:QuotaPerMember must be at least 1 (megabyte).");
        if (uploads.Store != UploadStore.S3)
            return;
        if (string.IsNullOrWhiteSpace(uploads.Bucket))
            throw new SettingException("Forum:Uploads:Bucket is missing; the store S3 needs one.");
        if (uploads.ServiceUrl is null && string.IsNullOrWhiteSpace(uploads.Region))
            throw new SettingException("Forum:Uploads:Region is missing; the store S3 needs it, or Forum:Uploads:ServiceUrl.");
        if (uploads.ServiceUrl is { } url && (!url.IsAbsoluteUri || url.Scheme is not ("http" or "https")))
            throw new SettingException("Forum:Uploads:ServiceUrl must be an absolute address that begins with http:// or https://.");
        if (string.IsNullOrEmpty(uploads.AccessKey) != string.IsNullOrEmpty(uploads.SecretKey))
            throw new SettingException($"Forum:Uploads:{(string.IsNullOrEmpty(uploads.AccessKey) ? "AccessKey" : "SecretKey")} is missing; the two keys go together.");
        if (uploads.Prefix.StartsWith('/'))
            throw new SettingException("Forum:Uploads:Prefix must not begin with a slash.");
    }

    /// <summary>A key that nothing reads is a typing error: better to say so than to run without what it was meant to set.</summary>
    private static void Demand(IConfigurationSection section, Type type)
    {
        foreach (var child in section.GetChildren())
        {
            // Whoever configures chooses the names in it.
            if (type.IsGenericType && type.GenericTypeArguments is [_, var value])
            {
                if (value != typeof(string))
                    Demand(child, value);
                continue;
            }
            var property = type.GetProperties().SingleOrDefault(p => string.Equals(p.Name, child.Key, StringComparison.OrdinalIgnoreCase))
                ?? throw new SettingException($"{child.Path} is not a setting of the forum.");
            var named = property.PropertyType.IsGenericType && property.PropertyType.GetGenericTypeDefinition() == typeof(Dictionary<,>);
            var group = named || property.PropertyType.Assembly == typeof(ForumOptions).Assembly && property.PropertyType.IsClass;
            if ((group || property.PropertyType.IsArray) && !string.IsNullOrEmpty(child.Value))
                throw new SettingException($"{child.Path} holds other settings and no value of its own, such as {child.Path}:{(named ? "name" : group ? property.PropertyType.GetProperties()[0].Name : "0")}.");
            if (group)
                Demand(child, property.PropertyType);
            else if (child.Value is { } said && !property.PropertyType.IsArray && !CanBe(said, property.PropertyType))
                throw new SettingException($"{child.Path} must be {Wanted(property.PropertyType)}; \"{said}\" is not.");
        }
    }

    private static bool CanBe(string value, Type type)
    {
        if (type.IsEnum)
            return Enum.GetNames(type).Contains(value, StringComparer.OrdinalIgnoreCase);
        try
        {
            _ = TypeDescriptor.GetConverter(type).ConvertFromInvariantString(value);
            return true;
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or NotSupportedException)
        {
            return false;
        }
    }

    private static string Wanted(Type type) =>
        type.IsEnum ? string.Join(" or ", Enum.GetNames(type))
        : type == typeof(bool) ? "true or false"
        : type == typeof(Uri) ? "an address"
        : "a whole number";
}
