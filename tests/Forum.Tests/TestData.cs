namespace Forum.Tests;

/// <summary>Corpora made by others that the tests read but the repository does not hold.</summary>
/// <remarks>The folder is named by <c>FORUM_TEST_DATA</c>; without it, <c>../shared/data</c> from the repository's root.</remarks>
public static class TestData
{
    private static readonly string? folder = Folder();

    /// <summary>The full path of a file or folder of the corpora; null when it is not on this machine.</summary>
    public static string? Find(string name)
    {
        var path = folder is null ? null : Path.Combine(folder, name);
        return Path.Exists(path) ? path : null;
    }

    /// <summary>The full path of a file or folder that the test's attribute has already asked for.</summary>
    public static string Require(string name) => Find(name) ?? throw new FileNotFoundException(WhyMissing(name));

    internal static string WhyMissing(string name) =>
        $"unconfigured: {name} is not in {folder ?? "../shared/data"}; name the folder of test data in FORUM_TEST_DATA";

    private static string? Folder()
    {
        if (Environment.GetEnvironmentVariable("FORUM_TEST_DATA") is { Length: > 0 } named)
            return Path.GetFullPath(named);
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "Forum.sln")))
            root = root.Parent;
        return root is null ? null : Path.GetFullPath(Path.Combine(root.FullName, "..", "shared", "data"));
    }
}

/// <summary>A test of one corpus; skipped with the reason where the corpus is missing.</summary>
public sealed class DataFactAttribute : FactAttribute
{
    public DataFactAttribute(string name)
    {
        if (TestData.Find(name) is null)
            Skip = TestData.WhyMissing(name);
    }
}

/// <summary>A test of many rows of one corpus; skipped with the reason where the corpus is missing.</summary>
public sealed class DataTheoryAttribute : TheoryAttribute
{
    public DataTheoryAttribute(string name)
    {
        if (TestData.Find(name) is null)
            Skip = TestData.WhyMissing(name);
    }
}
