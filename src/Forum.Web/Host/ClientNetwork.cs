using System.Net;
using System.Net.Sockets;
using System.Security.Claims;
using Forum.Data;
using Forum.Members;

namespace Forum.Web.Host;

/// <summary>Where a request comes from: its address, of IPv6 the first 64 bits, since one household has all that begin so.</summary>
public static class ClientNetwork
{
    /// <summary>Null where it is not known.</summary>
    public static string? Network(this HttpContext context) => context.Connection.RemoteIpAddress is { } address ? Of(address) : null;

    /// <summary>Where a request comes from, with what, and in which session.</summary>
    public static Caller Caller(this HttpContext context) => new(context.Network(), Device.Of(context.Request.Headers.UserAgent.ToString()), context.User.FindFirstValue(Viewer.SessionClaim));

    /// <summary>Writes a line of the security log about a request that was turned away.</summary>
    public static void TellSecurity(this HttpContext context, string what) =>
        context.RequestServices.GetRequiredService<SecurityLog>().Write(what, Viewer.IdOf(context.User), network: context.Network(), note: $"{context.Request.Method} {context.Request.Path}");

    public static string Of(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return address.ToString();
        var bytes = address.GetAddressBytes();
        Array.Clear(bytes, 8, 8);
        return $"{new IPAddress(bytes)}/64";
    }
}
