using Forum.Members;

namespace Forum.Web.Members;

/// <summary>What happened to an account, in words.</summary>
public static class AccountWords
{
    public static string Name(this SecurityEventKind kind) => kind switch
    {
        SecurityEventKind.SignedIn => "Signed in",
        SecurityEventKind.SignInFailed => "A wrong password",
        SecurityEventKind.SignedOut => "Signed out",
        SecurityEventKind.SessionsEnded => "Signed out elsewhere",
        SecurityEventKind.PasswordChanged => "The password was changed",
        SecurityEventKind.RecoveryAsked => "A new password was asked for",
        SecurityEventKind.EmailChanged => "The e-mail address was changed",
        SecurityEventKind.SecondFactorOn => "An app for codes was added",
        SecurityEventKind.SecondFactorOff => "The app for codes was taken off",
        SecurityEventKind.SecondFactorFailed => "A wrong code",
        SecurityEventKind.RecoveryCodeUsed => "Signed in by a code for the loss of the app",
        SecurityEventKind.PasskeyAdded => "A passkey was added",
        SecurityEventKind.PasskeyRemoved => "A passkey was taken off",
        SecurityEventKind.TokenMade => "A key to the API was made",
        SecurityEventKind.TokenTakenBack => "A key to the API was taken back",
        SecurityEventKind.DataExported => "The data was exported",
        SecurityEventKind.ErasureAsked => "The account is to be erased",
        SecurityEventKind.ErasureCalledOff => "The account is not to be erased after all",
        SecurityEventKind.HandleChanged => "The handle was changed",
        SecurityEventKind.ProviderConnected => "Another way to sign in was connected",
        SecurityEventKind.ProviderRemoved => "A way to sign in was taken off",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
