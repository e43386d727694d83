using Forum.Settings;
using Microsoft.Data.SqlClient;

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
        try
        {
            section.Bind(options);
        }
        catch (InvalidOperationException exception)
        {
            throw new SettingException(exception.InnerException is { } inner ? $"{exception.Message} {inner.Message}" : exception.Message);
        }
        if (string.IsNullOrWhiteSpace(options.DataPath))
            throw new SettingException("Forum:DataPath must name a folder.");
        options.DataPath = Path.GetFullPath(options.DataPath, contentRoot);
        options.NodePath = string.IsNullOrWhiteSpace(options.NodePath) ? Path.Combine(options.DataPath, "node") : Path.GetFullPath(options.NodePath, contentRoot);
        Check(options);
        return options;
    }

    private static void Check(ForumOptions options)
    {
        if (options.Database.Provider == DatabaseProvider.SqlServer)
        {
            if (string.IsNullOrWhiteSpace(options.Database.ConnectionString))
                throw new SettingException("Forum:Database:ConnectionString is missing; the provider SqlServer needs one.");
            try
            {
                _ = new SqlConnectionStringBuilder(options.Database.ConnectionString);
            }
            catch (ArgumentException exception)
            {
                throw new SettingException($"Forum:Database:ConnectionString cannot be read: {exception.Message}");
            }
        }
        if (options.Database.Synchronous is not ("FULL" or "NORMAL" or "OFF"))
            throw new SettingException("Forum:Database:Synchronous must be FULL, NORMAL or OFF.");
        if (options.Database.MaxBatchSize is < 1)
            throw new SettingException("Forum:Database:MaxBatchSize must be at least 1.");
        if (!options.Site.Url.IsAbsoluteUri || options.Site.Url.Scheme is not ("http" or "https"))
            throw new SettingException("Forum:Site:Url must be an absolute address that begins with http:// or https://.");
        if (string.IsNullOrWhiteSpace(options.Site.Name))
            throw new SettingException("Forum:Site:Name must not be empty.");
        CheckUploads(options.Uploads);
        foreach (var proxy in options.Proxies)
            if (!System.Net.IPAddress.TryParse(proxy, out _) && !System.Net.IPNetwork.TryParse(proxy, out _))
                throw new SettingException($"Forum:Proxies must list addresses or networks; \"{proxy}\" is neither.");
        try
        {
            _ = System.Globalization.CultureInfo.GetCultureInfo(options.Site.Language, predefinedOnly: true);
        }
        catch (System.Globalization.CultureNotFoundException)
        {
            throw new SettingException($"Forum:Site:Language must name a language such as en; \"{options.Site.Language}\" is none.");
        }
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
            var property = type.GetProperties().SingleOrDefault(p => string.Equals(p.Name, child.Key, StringComparison.OrdinalIgnoreCase))
                ?? throw new SettingException($"{child.Path} is not a setting of the forum.");
            if (property.PropertyType.Assembly == typeof(ForumOptions).Assembly && property.PropertyType.IsClass)
                Demand(child, property.PropertyType);
        }
    }
}
