using Forum.Web.Host;
using Forum.Web.Tests.Commands;

namespace Forum.Web.Tests.Host;

[Collection(Terminal.Name)]
public sealed class SettingsTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("forum-settings-").FullName;

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("Forum:DataPath", " ")]
    [InlineData("Forum:DataPath", "{file}")]
    [InlineData("Forum:DataPath", "{file}/below")]
    [InlineData("Forum:DataPath", "/proc/forum")]
    [InlineData("Forum:NodePath", "{file}")]
    [InlineData("Forum:DataPth", "data")]
    [InlineData("Forum:Database", "Sqlite")]
    [InlineData("Forum:Database:Provider", "Oracle")]
    [InlineData("Forum:Database:Provider", "7")]
    [InlineData("Forum:Database:Provider", "")]
    [InlineData("Forum:Database:Provider", "SqlServer")]
    [InlineData("Forum:Database:ConnectionString", "Data Source={file}")]
    [InlineData("Forum:Database:ConnectionString", "Data Source={folder}/no/such/folder/forum.db")]
    [InlineData("Forum:Database:ConnectionString", "Servus=x")]
    [InlineData("Forum:Database:MigrateOnStart", "perhaps")]
    [InlineData("Forum:Database:MigrateOnStart", "false")]
    [InlineData("Forum:Database:MaxBatchSize", "0")]
    [InlineData("Forum:Database:MaxBatchSize", "many")]
    [InlineData("Forum:Database:Synchronous", "SOMETIMES")]
    [InlineData("Forum:Site:Name", "")]
    [InlineData("Forum:Site:Headline", "We answer all that was ever asked about anything at all, by anybody who came to us.")]
    [InlineData("Forum:Site:Url", "")]
    [InlineData("Forum:Site:Url", "forum.example.org")]
    [InlineData("Forum:Site:Url", "ftp://forum.example.org")]
    [InlineData("Forum:Site:Language", "")]
    [InlineData("Forum:Site:Language", "klingonish")]
    [InlineData("Forum:Site:TimeZone", "Middle/Earth")]
    [InlineData("Forum:Site:TimeZone", "")]
    [InlineData("Forum:Site:DisplayNames", "Initials")]
    [InlineData("Forum:Limits:Enabled", "1")]
    [InlineData("Forum:Proxies", "10.0.0.1")]
    [InlineData("Forum:Proxies:0", "the proxy")]
    public async Task Check_63_a_wrong_setting_stops_the_start_with_one_sentence_that_names_it(string key, string value)
    {
        var file = Path.Combine(folder, "file");
        await File.WriteAllTextAsync(file, "This is neither a folder nor a database of any kind, whatever its name.");
        value = value.Replace("{file}", file, StringComparison.Ordinal).Replace("{folder}", folder, StringComparison.Ordinal);
        string[] data = key.StartsWith("Forum:DataP", StringComparison.Ordinal) ? [] : [$"--Forum:DataPath={Path.Combine(folder, "data")}"];

        var ended = await Terminal.RunAsync(["serve", "--urls=http://127.0.0.1:0", $"--{key}={value}", .. data]);

        Assert.Equal(CommandLine.Failed, ended.Code);
        Assert.Empty(ended.Output);
        var sentence = Assert.Single(ended.Errors);
        Assert.Contains(key is "Forum:Proxies:0" ? "Forum:Proxies" : value is "SqlServer" || key is "Forum:Database:ConnectionString" ? "Forum:Database" : key, sentence, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_settings_file_that_cannot_be_read_is_named()
    {
        var file = Path.Combine(folder, "appsettings.json");
        await File.WriteAllTextAsync(file, "{ \"Forum\": { \"Site\": ");
        var ended = await Terminal.RunAsync("serve", "--urls=http://127.0.0.1:0", $"--contentRoot={folder}");
        Assert.Equal(CommandLine.Failed, ended.Code);
        Assert.Contains(file, Assert.Single(ended.Errors), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://127.0.0.1:{taken}")]
    [InlineData("http://127.0.0.1:door")]
    [InlineData("127.0.0.1")]
    [InlineData("https://127.0.0.1:0", "--Kestrel:Certificates:Default:Path=/no/such/certificate.pem")]
    public async Task An_address_that_cannot_be_listened_on_is_told_in_one_sentence(string urls, params string[] others)
    {
        using var taken = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        taken.Start();
        var port = ((System.Net.IPEndPoint)taken.LocalEndpoint).Port;
        urls = urls.Replace("{taken}", $"{port}", StringComparison.Ordinal);

        var ended = await Terminal.RunAsync(["serve", $"--urls={urls}", $"--Forum:DataPath={folder}", "--applicationName=Forum.Web", .. others]);

        Assert.Equal(CommandLine.Failed, ended.Code);
        Assert.DoesNotContain("   at ", string.Concat(ended.Output), StringComparison.Ordinal);
        Assert.Contains("urls", Assert.Single(ended.Errors), StringComparison.Ordinal);
    }
}
