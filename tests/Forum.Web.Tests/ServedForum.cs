namespace Forum.Web.Tests;

/// <summary>One forum behind a real server for the tests of a class.</summary>
public sealed class ServedForum : IAsyncLifetime
{
    public WebForum Forum { get; private set; } = null!;

    public async Task InitializeAsync() => Forum = await WebForum.ServeAsync();

    public async Task DisposeAsync() => await Forum.DisposeAsync();
}
