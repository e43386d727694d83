using System.Text.RegularExpressions;
using Forum.Settings;

namespace Forum.Web.Tests.Host;

public sealed partial class ComposeTests
{
    [Fact]
    public void Every_setting_of_the_compose_file_is_one_that_the_program_knows()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "docker-compose.yml")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("docker-compose.yml is not above the tests.");
        var names = Setting().Matches(File.ReadAllText(Path.Combine(folder, "docker-compose.yml"))).Select(m => m.Groups[1].Value).Distinct().ToList();

        Assert.NotEmpty(names);
        Assert.All(names, name => Assert.True(IsKnown(typeof(ForumOptions), name.Split("__")), $"Forum__{name} is not a setting."));
    }

    private static bool IsKnown(Type type, ReadOnlySpan<string> path)
    {
        if (path.Length == 0)
            return true;
        if (type.IsArray)
            return int.TryParse(path[0], out _) && path.Length == 1;
        return type.GetProperty(path[0]) is { } property && IsKnown(property.PropertyType, path[1..]);
    }

    [GeneratedRegex(@"Forum__(\w+):")]
    private static partial Regex Setting();
}
