// WebSockets only, without the negotiation that would tie a reader to one node.
Blazor.start({ circuit: { configureSignalR: builder => builder.withUrl("_blazor", { skipNegotiation: true, transport: 1 }) } });
