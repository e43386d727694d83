using System.Net;
using Forum.Web.Host;

namespace Forum.Web.Tests.Host;

public sealed class ClientNetworkTests
{
    [Theory]
    [InlineData("192.0.2.7", "192.0.2.7")]
    [InlineData("::ffff:192.0.2.7", "192.0.2.7")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    [InlineData("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64")]
    [InlineData("::1", "::/64")]
    public void An_address_of_IPv6_counts_by_its_first_64_bits(string address, string network) => Assert.Equal(network, ClientNetwork.Of(IPAddress.Parse(address)));
}
