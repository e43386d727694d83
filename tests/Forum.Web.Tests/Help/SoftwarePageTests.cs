using System.Text.Json;
using Forum.Web.Help;

namespace Forum.Web.Tests.Help;

public sealed class SoftwarePageTests(WebForum forum) : IClassFixture<WebForum>
{
    [Fact]
    public async Task The_libraries_of_the_program_are_named_with_their_licences_and_without_their_versions()
    {
        var page = await forum.Visitor().GetAsync((await forum.Visitor().GetAsync("/")).One("footer a[href='/help/software']").GetAttribute("href")!);
        var rows = page.Document.QuerySelectorAll("tbody tr").ToDictionary(row => row.QuerySelector("a")!.TextContent, row => row.LastElementChild!.TextContent.Trim());
        Assert.Equal(("BSD-2-Clause", "MIT", "As its project says", "LGPL-3.0-or-later"), (rows["Markdig"], rows["HtmlSanitizer"], rows["Lucene.Net"], rows["NetVips.Native.linux-x64"]));
        Assert.All(page.Document.QuerySelectorAll("tbody a"), link => Assert.Matches("^https?://", link.GetAttribute("href")));
        Assert.DoesNotContain("4.8.0-beta", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_list_of_the_build_holds_every_package_that_is_referenced_with_its_version_and_hash()
    {
        using var bom = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "bom.json")));
        var listed = bom.RootElement.GetProperty("components").EnumerateArray().ToDictionary(c => c.GetProperty("name").GetString()!, c => c);
        Assert.All(new[] { "Markdig", "Microsoft.Data.SqlClient", "QRCoder", "MailKit", "AWSSDK.S3" }, name =>
            Assert.Matches("^[0-9A-F]{128}$", listed[name].GetProperty("hashes")[0].GetProperty("content").GetString()));
        Assert.Equal("CycloneDX", bom.RootElement.GetProperty("bomFormat").GetString());
        Assert.True(Software.Libraries.Count > 50);
    }
}
