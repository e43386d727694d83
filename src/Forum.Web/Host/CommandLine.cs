namespace Forum.Web.Host;

/// <summary>The commands of the executable.</summary>
public static class CommandLine
{
    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            return await ForumHost.ServeAsync(args, CancellationToken.None);
        }
        catch (SettingException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return 1;
        }
    }
}
