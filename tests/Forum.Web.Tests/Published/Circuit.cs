using System.Globalization;
using System.Net;
using System.Net.WebSockets;
using System.Text;

namespace Forum.Web.Tests.Published;

/// <summary>An open circuit, as the script of a member's page keeps one. It speaks just enough of the protocol (SignalR over MessagePack) to begin.</summary>
public static class Circuit
{
    private const byte Array4 = 0x94, Array5 = 0x95, EmptyMap = 0x80, Completion = 3;

    public static async Task<WebSocket> OpenAsync(Node node, CookieContainer jar)
    {
        using var patience = new CancellationTokenSource(Node.Patience);
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Cookie", jar.GetCookieHeader(node.Address));
        socket.Options.SetRequestHeader("Origin", node.Address.GetLeftPart(UriPartial.Authority));
        await socket.ConnectAsync(new UriBuilder(node.Address) { Scheme = "ws", Path = "/_blazor" }.Uri, patience.Token);
        await socket.SendAsync(Encoding.UTF8.GetBytes("{\"protocol\":\"blazorpack\",\"version\":1}\u001e"), WebSocketMessageType.Text, true, patience.Token);
        Assert.Equal("{}\u001e", Encoding.UTF8.GetString(await ReceiveAsync(socket, patience.Token)));
        await socket.SendAsync(Start(node.Address.ToString()), WebSocketMessageType.Binary, true, patience.Token);
        while (true)
        {
            // Array, type, headers, invocation, kind of result; the result is the circuit's secret.
            foreach (var message in Messages(await ReceiveAsync(socket, patience.Token)))
            {
                if (message is not [Array5, Completion, ..])
                    continue;
                Assert.True(message.Length > 36, $"No circuit was opened: {Encoding.UTF8.GetString(message)}");
                return socket;
            }
        }
    }

    /// <summary>A busy server sends several at once; each has its length before it, seven bits a byte.</summary>
    private static IEnumerable<byte[]> Messages(byte[] received)
    {
        for (var at = 0; at < received.Length;)
        {
            var length = 0;
            for (var shift = 0; ; shift += 7)
            {
                var bits = received[at++];
                length |= (bits & 0x7F) << shift;
                if (bits < 0x80)
                    break;
            }
            yield return received[at..(at + length)];
            at += length;
        }
    }

    private static byte[] Start(string address)
    {
        var message = new List<byte> { Array5 + 1, 1, EmptyMap };
        message.AddRange(Text("0"));
        message.AddRange(Text("StartCircuit"));
        message.Add(Array4);
        foreach (var argument in new[] { address, address, "[]", "" })
            message.AddRange(Text(argument));
        message.Add(0x90);
        Assert.True(message.Count < 128, string.Create(CultureInfo.InvariantCulture, $"{message.Count} bytes need a longer length"));
        return [(byte)message.Count, .. message];
    }

    private static byte[] Text(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return bytes.Length < 32 ? [(byte)(0xA0 | bytes.Length), .. bytes] : [0xD9, (byte)bytes.Length, .. bytes];
    }

    private static async Task<byte[]> ReceiveAsync(WebSocket socket, CancellationToken cancellation)
    {
        var buffer = new byte[64 * 1024];
        var length = 0;
        while (true)
        {
            var received = await socket.ReceiveAsync(buffer.AsMemory(length), cancellation);
            length += received.Count;
            Assert.NotEqual(WebSocketMessageType.Close, received.MessageType);
            if (received.EndOfMessage)
                return buffer[..length];
        }
    }
}
