using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Forum.Web.Tests.Members;

/// <summary>A provider of OpenID Connect at a free port of this machine, who knows one person at a time and asks nothing.</summary>
public sealed class OidcProvider : IAsyncLifetime
{
    public const string ClientId = "forum", Secret = "a secret of the two";

    private WebApplication app = null!;

    /// <summary>What it says of whoever signs in next: claims, of which some may come several times. None where they say no.</summary>
    public IReadOnlyList<(string Type, string Value)> Person { get; set; } = [];

    public string Address => app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    /// <summary>Settings of a forum that it is known to as "company".</summary>
    public (string Key, string Value)[] Settings(params (string Key, string Value)[] more) =>
    [
        .. new[] { ("Title", "Company"), ("Authority", Address), ("ClientId", ClientId), ("ClientSecret", Secret) }.Concat(more).Select(s => ($"Forum:SignIn:Oidc:company:{s.Item1}", s.Item2)),
    ];

    public Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddOpenIddict().AddServer(server =>
        {
            server.SetAuthorizationEndpointUris("authorize").SetTokenEndpointUris("token");
            server.AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange().RegisterScopes(Scopes.Profile, Scopes.Email);
            server.EnableDegradedMode().AddEphemeralEncryptionKey().AddEphemeralSigningKey();
            server.UseAspNetCore().DisableTransportSecurityRequirement();
            server.AddEventHandler<ValidateAuthorizationRequestContext>(handler => handler.UseInlineHandler(request =>
            {
                if (request.ClientId != ClientId)
                    request.Reject(Errors.InvalidClient);
                return default;
            }));
            server.AddEventHandler<ValidateTokenRequestContext>(handler => handler.UseInlineHandler(request =>
            {
                if (request.ClientId != ClientId || request.ClientSecret != Secret)
                    request.Reject(Errors.InvalidClient);
                return default;
            }));
            server.AddEventHandler<HandleAuthorizationRequestContext>(handler => handler.UseInlineHandler(request =>
            {
                if (Person.Count == 0)
                {
                    request.Reject(Errors.AccessDenied);
                    return default;
                }
                var identity = new ClaimsIdentity("provider", Claims.Name, Claims.Role);
                foreach (var (type, value) in Person)
                    identity.AddClaim(new Claim(type, value, bool.TryParse(value, out _) ? ClaimValueTypes.Boolean : ClaimValueTypes.String).SetDestinations(Destinations.IdentityToken));
                request.Principal = new ClaimsPrincipal(identity).SetScopes(request.Request.GetScopes());
                return default;
            }));
        });
        app = builder.Build();
        app.UseAuthentication();
        return app.StartAsync();
    }

    public Task DisposeAsync() => app.DisposeAsync().AsTask();
}
