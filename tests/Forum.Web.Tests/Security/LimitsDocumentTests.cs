using System.Globalization;
using Forum.Members;
using Forum.Settings;
using Forum.Topics;
using Forum.Uploads;
using Forum.Web.Tests.Published;

namespace Forum.Web.Tests.Security;

/// <summary>The document of limits, held to what the program does.</summary>
public sealed class LimitsDocumentTests
{
    [Fact]
    public void Check_72_every_limit_is_written_down_as_it_is()
    {
        var rows = File.ReadAllLines(Path.Combine(PublishedProgram.Root(), "docs", "security.md")).SkipWhile(l => l != "## Limits").TakeWhile(l => !l.StartsWith("## Not", StringComparison.Ordinal))
            .Where(l => l.StartsWith("| ", StringComparison.Ordinal)).Skip(1).Select(l => l.Split('|', StringSplitOptions.TrimEntries)).ToDictionary(c => c[1], c => c[2]);
        var limits = new LimitOptions();
        var so = new Dictionary<string, string>
        {
            ["A session without a visit"] = Days(Session.MaxIdle),
            ["A session in any case"] = Days(Session.MaxAge),
            ["A sign-in that counts as a proof, without a password"] = $"{Session.Fresh.TotalMinutes} minutes",
            ["A device that is not asked for a code"] = Days(SecondFactor.Remembers),
            ["Link that confirms an address"] = Days(AccountToken.LifetimeOf(TokenPurpose.ConfirmEmail)),
            ["Link to a new password or address"] = $"{AccountToken.LifetimeOf(TokenPurpose.ResetPassword).TotalHours} hour",
            ["Account that nobody confirmed"] = Days(Member.KeptUnconfirmed),
            ["Erasure may be called off for"] = Days(Member.ErasureGrace),
            ["Addresses of the network are kept"] = Days(Session.KeepsNetwork),
            ["Password"] = $"{Passwords.MinLength}–{Passwords.MaxLength} characters",
            ["Handle"] = $"{Member.MinHandleLength}–{Member.MaxHandleLength} characters",
            ["Passkeys of a member"] = $"{AddPasskey.Max}",
            ["Keys to the API of a member"] = $"{ApiToken.MaxOfMember}",
            ["Key to the API is good for at most"] = $"{ApiToken.MaxDays} days",
            ["Accounts from one network in a day"] = $"{SignUp.MaxPerNetwork}",
            ["Title"] = $"{Topic.MinTitleLength}–{Topic.MaxTitleLength} characters",
            ["Question"] = $"{Post.MinBodyLength}–{Number(Post.MaxBodyLength)} characters",
            ["Reply"] = $"{Post.MinReplyLength}–{Number(Post.MaxBodyLength)} characters",
            ["File"] = $"{Upload.MaxBytes / 1024 / 1024} MB",
            ["Topics of a member in a day"] = $"{limits.TopicsPerDay}",
            ["Topics of a newcomer on the first day"] = $"{limits.TopicsOnFirstDay}",
            ["Replies of a newcomer on the first day"] = $"{limits.RepliesOnFirstDay}",
            ["Between two topics"] = $"{limits.SecondsBetweenTopics} seconds (newcomers: {limits.SecondsBetweenTopicsOfNewcomers})",
            ["Between two posts"] = $"{limits.SecondsBetweenPosts} seconds (newcomers: {limits.SecondsBetweenPostsOfNewcomers})",
            ["Upvotes in a day"] = $"{limits.UpvotesPerDay} (for one author: {limits.UpvotesPerDayForOneAuthor})",
            ["Reports in a day"] = $"{limits.ReportsPerDay}",
            ["Searches in a minute"] = $"{limits.SearchesPerMinute} (visitors of a network: {limits.SearchesPerMinuteOfVisitors})",
        };
        Assert.Equal(so.OrderBy(r => r.Key, StringComparer.Ordinal), rows.OrderBy(r => r.Key, StringComparer.Ordinal));
    }

    private static string Days(TimeSpan time) => $"{time.TotalDays} days";

    private static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
