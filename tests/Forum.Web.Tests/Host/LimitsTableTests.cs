using System.Globalization;
using System.Text.RegularExpressions;
using Forum.Members;
using Forum.Settings;
using Forum.Topics;
using Forum.Uploads;
using Forum.Web.Host;
using Forum.Web.Tests.Published;

namespace Forum.Web.Tests.Host;

public sealed partial class LimitsTableTests
{
    [Fact]
    public void Check_72_the_limits_that_are_written_down_are_those_of_the_program()
    {
        var limits = new LimitOptions();
        Dictionary<string, double> program = new()
        {
            ["Session without a visit, days"] = Session.MaxIdle.TotalDays,
            ["Session in any case, days"] = Session.MaxAge.TotalDays,
            ["Sign-in that counts as a proof where there is no password, minutes"] = Session.Fresh.TotalMinutes,
            ["Device remembered for the second factor, days"] = SecondFactor.Remembers.TotalDays,
            ["Link that confirms an address, days"] = AccountToken.LifetimeOf(TokenPurpose.ConfirmEmail).TotalDays,
            ["Link to a new password or address, hours"] = AccountToken.LifetimeOf(TokenPurpose.ResetPassword).TotalHours,
            ["Account that nobody confirmed, days"] = Member.KeptUnconfirmed.TotalDays,
            ["Time to call off an erasure, days"] = Member.ErasureGrace.TotalDays,
            ["Addresses of the network are kept, days"] = Session.KeepsNetwork.TotalDays,
            ["Passkeys of a member"] = AddPasskey.Max,
            ["Keys to the API of a member"] = ApiToken.MaxOfMember,
            ["Key to the API, days"] = ApiToken.MaxDays,
            ["Password, fewest characters"] = Passwords.MinLength,
            ["Password, most characters"] = Passwords.MaxLength,
            ["Handle, fewest characters"] = Member.MinHandleLength,
            ["Handle, most characters"] = Member.MaxHandleLength,
            ["Title, fewest characters"] = Topic.MinTitleLength,
            ["Title, most characters"] = Topic.MaxTitleLength,
            ["First post, fewest characters"] = Post.MinBodyLength,
            ["Post, most characters"] = Post.MaxBodyLength,
            ["File, MB"] = Upload.MaxBytes / 1024 / 1024,
            ["Image, megapixels"] = Pictures.MaxPixels / 1_000_000,
            ["Image, longest side"] = Pictures.MaxSide,
            ["Animation, frames"] = Pictures.MaxFrames,
            ["File that no post uses, kept for hours"] = CollectUploads.Kept.TotalHours,
            ["Deeds in a minute"] = Limits.DeedsPerMinute,
            ["Tries to sign in or up from an address in a minute"] = Limits.SignInsPerMinute,
            ["Suggestions in a minute"] = Limits.SuggestionsPerMinute,
            ["Files in a minute"] = Limits.FilesPerMinute,
            ["Wrong passwords in a minute"] = CheckPassword.Soon.Count / CheckPassword.Soon.Window.TotalMinutes,
            ["Wrong passwords in an hour"] = CheckPassword.Later.Count / CheckPassword.Later.Window.TotalHours,
            ["Accounts a day from one network"] = SignUp.MaxPerNetwork,
            ["Seconds between topics"] = limits.SecondsBetweenTopics,
            ["Seconds between topics of newcomers"] = limits.SecondsBetweenTopicsOfNewcomers,
            ["Seconds between posts"] = limits.SecondsBetweenPosts,
            ["Seconds between posts of newcomers"] = limits.SecondsBetweenPostsOfNewcomers,
            ["Seconds that newcomers take to write"] = limits.SecondsToWriteOfNewcomers,
            ["Topics a day"] = limits.TopicsPerDay,
            ["Topics of newcomers on the first day"] = limits.TopicsOnFirstDay,
            ["Replies of newcomers on the first day"] = limits.RepliesOnFirstDay,
            ["Posts in a row"] = limits.PostsInARow,
            ["Links in a post of newcomers"] = limits.LinksOfNewcomers,
            ["Images in a post of newcomers"] = limits.ImagesOfNewcomers,
            ["Mentions in a post of newcomers"] = limits.MentionsOfNewcomers,
            ["Minutes until the same text is no repeat"] = global::Forum.Topics.Pace.SameWords.TotalMinutes,
            ["Upvotes a day"] = limits.UpvotesPerDay,
            ["Upvotes a day for one author"] = limits.UpvotesPerDayForOneAuthor,
            ["Reports a day"] = limits.ReportsPerDay,
            ["Searches in a minute"] = limits.SearchesPerMinute,
            ["Searches in a minute of the visitors of a network"] = limits.SearchesPerMinuteOfVisitors,
            ["Author's time to edit, days"] = EditRules.WindowOf(0).TotalDays,
            ["Author's time to edit from trust 2 on, days"] = EditRules.WindowOf(2).TotalDays,
        };
        var section = Section().Match(File.ReadAllText(Path.Combine(PublishedProgram.Root(), "docs", "security.md"))).Value;
        var written = Row().Matches(section).ToDictionary(m => m.Groups[1].Value, m => double.Parse(m.Groups[2].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture));
        Assert.Equal(program.OrderBy(l => l.Key, StringComparer.Ordinal), written.OrderBy(l => l.Key, StringComparer.Ordinal));
    }

    [GeneratedRegex("## Limits.*?(?=\n## )", RegexOptions.Singleline)]
    private static partial Regex Section();

    [GeneratedRegex(@"^\| (.+?) \| ([\d,]+) \|\r?$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
