namespace Forum.Web.Commands;

/// <summary>Paths as the person at the terminal means them.</summary>
public static class GivenPath
{
    /// <summary>
    /// The absolute path. A relative one counts from the folder of the shell: <c>dotnet run</c> starts the program in the project's
    /// folder, says so by naming a launch profile, and leaves the shell's own folder in PWD.
    /// </summary>
    public static string Of(string path) => Of(path, Environment.GetEnvironmentVariable("DOTNET_LAUNCH_PROFILE"), Environment.GetEnvironmentVariable("PWD"));

    internal static string Of(string path, string? launchProfile, string? shellFolder) =>
        launchProfile is not null && Path.IsPathFullyQualified(shellFolder ?? "") ? Path.GetFullPath(path, shellFolder!) : Path.GetFullPath(path);
}
