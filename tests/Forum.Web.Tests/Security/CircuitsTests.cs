using System.Net.WebSockets;

namespace Forum.Web.Tests.Security;

/// <summary>Who may open a circuit.</summary>
public sealed class CircuitsTests(ServedForum served) : IClassFixture<ServedForum>
{
    private readonly WebForum forum = served.Forum;

    [Fact]
    public async Task Check_29_a_circuit_opens_for_a_member_on_a_page_of_this_site_and_for_nobody_else()
    {
        var (member, visitor) = (await forum.CookiesAsync((await forum.MemberAsync()).Email!), new System.Net.CookieContainer());
        var own = forum.Address.GetLeftPart(UriPartial.Authority);
        Assert.True(await OpensAsync(member, own));
        Assert.False(await OpensAsync(member, "https://evil.example"));
        Assert.False(await OpensAsync(member, own + ".evil.example"));
        Assert.False(await OpensAsync(member, "null"));
        Assert.False(await OpensAsync(member, null));
        Assert.False(await OpensAsync(visitor, own));
    }

    private async Task<bool> OpensAsync(System.Net.CookieContainer cookies, string? origin)
    {
        using var socket = new ClientWebSocket();
        socket.Options.Cookies = cookies;
        if (origin is not null)
            socket.Options.SetRequestHeader("Origin", origin);
        try
        {
            await socket.ConnectAsync(new Uri($"ws://{forum.Address.Authority}/_blazor"), default);
            return true;
        }
        catch (WebSocketException)
        {
            return false;
        }
    }
}
