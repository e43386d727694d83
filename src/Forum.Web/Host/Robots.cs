namespace Forum.Web.Host;

/// <summary>Tells machines from people, as far as they say so.</summary>
public static class Robots
{
    private static readonly string[] names = ["bot", "crawl", "spider", "slurp", "curl", "wget", "python", "headless", "monitor"];

    public static bool Sent(HttpRequest request) =>
        request.Headers.UserAgent.ToString() is var agent && (agent.Length == 0 || names.Any(name => agent.Contains(name, StringComparison.OrdinalIgnoreCase)));
}
