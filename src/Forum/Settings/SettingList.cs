using System.Globalization;

namespace Forum.Settings;

/// <summary>Everything that is changed in the browser without a restart, once: the page, the check of what the operator says and what is kept are made from it.</summary>
public static class SettingList
{
    private const int Hour = 3600;

    /// <summary>Characters of the label of a field of profiles.</summary>
    private const int MaxFieldLength = 40;

    public static readonly IReadOnlyList<Setting> All =
    [
        Line("Site:Name", SettingGroup.Site, "Name", "Stands in the bar, in titles, in feeds and where other sites link here.", 1, 60, o => o.Site.Name, (o, value) => o.Site.Name = value),
        Line("Site:Headline", SettingGroup.Site, "Headline", "What the front says to visitors above the search. Empty for the forum’s own words.", 0, SiteOptions.MaxHeadlineLength, o => o.Site.Headline, (o, value) => o.Site.Headline = value),
        new("Site:DisplayNames", SettingGroup.Site, SettingKind.Choice, "Names of members", "How much of a name is shown: on pages, in feeds, in the API and to search engines. A name that once was in sight may have been copied elsewhere.")
        {
            Choices = [(nameof(NamePolicy.FirstNameInitial), "First name and initial: Muhammad A"), (nameof(NamePolicy.Full), "The whole name: Muhammad Ali"), (nameof(NamePolicy.Handle), "The handle alone: muhammada")],
            Of = o => o.Site.DisplayNames.ToString(),
            Set = (o, value) => o.Site.DisplayNames = Enum.Parse<NamePolicy>(value),
        },
        new("Site:Language", SettingGroup.Site, SettingKind.Line, "Language", "The language of pages, as a short name such as en or de, and that of the posts of boards that name none. The search is built anew when it changes.")
        {
            Least = 1,
            Most = 20,
            Of = o => o.Site.Language,
            Set = (o, value) => o.Site.Language = value,
            Rule = value => IsLanguage(value) ? null : Refusal.Invalid("“{0}” is not the short name of a language, such as en.", null, value),
        },
        new("Site:TimeZone", SettingGroup.Site, SettingKind.Zone, "Time zone", "Where the community is at home: its days begin there, for leaderboards and limits, and members are not disturbed at its night. Days of before stay as they were.")
        {
            Least = 1,
            Most = 60,
            Of = o => o.Site.TimeZone,
            Set = (o, value) => o.Site.TimeZone = value,
            Rule = value => TimeZoneInfo.TryFindSystemTimeZoneById(value, out _) ? null : Refusal.Invalid("“{0}” is not a time zone that is known here. They are named like Europe/Berlin.", null, value),
        },

        Colored("Site:Accent", false, "Colour on light pages", "The one colour of links and buttons. Green says solved and violet says staff here, so another one is clearer.", o => o.Site.Accent, (o, value) => o.Site.Accent = value),
        Colored("Site:AccentInTheDark", true, "Colour on dark pages", "The same for readers whose system is dark: a lighter shade of it.", o => o.Site.AccentInTheDark, (o, value) => o.Site.AccentInTheDark = value),
        new("Site:Logo", SettingGroup.Look, SettingKind.Line, "Logo", "Stands in the bar before the name. Upload a picture with any post or draft, and give its address here, such as /uploads/… Empty for the forum’s own sign.")
        {
            Most = 200,
            Of = o => o.Site.Logo,
            Set = (o, value) => o.Site.Logo = value,
            Rule = value => value.Length == 0 || value.StartsWith("/uploads/", StringComparison.Ordinal) && Uri.IsWellFormedUriString(value, UriKind.Relative) ? null : Refusal.Invalid("Please give the address of a picture that was uploaded here: it begins with /uploads/"),
        },
        new("Site:Menu", SettingGroup.Look, SettingKind.Text, "Links in the bar", "To what belongs to the community elsewhere. One a line: a label, a | and an address, such as: Shop | https://example.org")
        {
            Most = 1000,
            Of = o => o.Site.Menu,
            Set = (o, value) => o.Site.Menu = value,
            Rule = MenuLink.Refusal,
        },

        Line("Site:Notice", SettingGroup.Availability, "Notice", "Stands above every page for everybody until it is taken away: what all need to know now. Empty for none.", 0, 300, o => o.Site.Notice, (o, value) => o.Site.Notice = value),
        new("Site:ReadOnly", SettingGroup.Availability, SettingKind.Switch, "Read-only", "Everything can be read and nothing is written: for the time of a move or a repair. Signing in still works, and so do these settings.")
        {
            Of = o => o.Site.ReadOnly ? "true" : "false",
            Set = (o, value) => o.Site.ReadOnly = value == "true",
        },

        new("Access:Join", SettingGroup.Joining, SettingKind.Choice, "Who makes an account", "By the form. What providers of sign-ins may do, the operator says.")
        {
            Choices = [(nameof(JoinPolicy.Open), "Everybody"), (nameof(JoinPolicy.Invited), "Whoever has an invitation"), (nameof(JoinPolicy.Closed), "Nobody")],
            Of = o => o.Access.Join.ToString(),
            Set = (o, value) => o.Access.Join = Enum.Parse<JoinPolicy>(value),
        },
        new("Site:ProfileFields", SettingGroup.Joining, SettingKind.Text, "Fields of profiles", "What members may say about themselves beside their name, such as: Company. One label a line; what was answered to one that is taken away is kept, and shown when it comes back.")
        {
            Most = 600,
            Of = o => o.Site.ProfileFields,
            Set = (o, value) => o.Site.ProfileFields = value,
            Rule = value => value.Split('\n').Any(line => line.Trim().Length > MaxFieldLength) ? Refusal.Invalid("Please give labels of at most {0} characters.", null, MaxFieldLength) : null,
        },
        new("SignIn:StaffSecondFactor", SettingGroup.Joining, SettingKind.Switch, "Second factor of staff", "Staff and moderators whose password alone lets them in are members like others until they have set up codes from an app. You, too.")
        {
            Of = o => o.SignIn.StaffSecondFactor ? "true" : "false",
            Set = (o, value) => o.SignIn.StaffSecondFactor = value == "true",
        },

        Number("Limits:SecondsBetweenTopics", SettingGroup.Limits, "Seconds between two topics", "Of one member. A person takes longer; a flood does not. Staff and a board’s moderators are exempt from all of these.", 0, Hour, o => o.Limits.SecondsBetweenTopics, (o, value) => o.Limits.SecondsBetweenTopics = value),
        Number("Limits:SecondsBetweenPosts", SettingGroup.Limits, "Seconds between two posts", "Of one member.", 0, Hour, o => o.Limits.SecondsBetweenPosts, (o, value) => o.Limits.SecondsBetweenPosts = value),
        Number("Limits:TopicsPerDay", SettingGroup.Limits, "Topics a day", "Of one member in 24 hours.", 1, 200, o => o.Limits.TopicsPerDay, (o, value) => o.Limits.TopicsPerDay = value),
        Number("Limits:PostsInARow", SettingGroup.Limits, "Posts in a row", "Of one member in one topic. What comes to mind afterwards belongs into the last of them.", 1, 50, o => o.Limits.PostsInARow, (o, value) => o.Limits.PostsInARow = value),
        Number("Limits:UpvotesPerDay", SettingGroup.Limits, "Upvotes a day", "Of one member in 24 hours. Votes that cost nothing say nothing.", 1, 1000, o => o.Limits.UpvotesPerDay, (o, value) => o.Limits.UpvotesPerDay = value),
        Number("Limits:UpvotesPerDayForOneAuthor", SettingGroup.Limits, "Of these, for the same author", "Keeps friends from lifting each other.", 1, 1000, o => o.Limits.UpvotesPerDayForOneAuthor, (o, value) => o.Limits.UpvotesPerDayForOneAuthor = value),
        Number("Limits:ReportsPerDay", SettingGroup.Limits, "Reports a day", "Of one member in 24 hours, doubts about solutions included.", 1, 200, o => o.Limits.ReportsPerDay, (o, value) => o.Limits.ReportsPerDay = value),
        Number("Limits:SearchesPerMinute", SettingGroup.Limits, "Searches a minute", "Of one member, or of one program that searches in a member’s name.", 1, 10_000, o => o.Limits.SearchesPerMinute, (o, value) => o.Limits.SearchesPerMinute = value),
        Number("Limits:SearchesPerMinuteOfVisitors", SettingGroup.Limits, "Searches a minute of visitors", "Of all visitors from one network together: an office counts as one.", 1, 10_000, o => o.Limits.SearchesPerMinuteOfVisitors, (o, value) => o.Limits.SearchesPerMinuteOfVisitors = value),

        Number("Limits:SecondsBetweenTopicsOfNewcomers", SettingGroup.Newcomers, "Seconds between two topics of a newcomer", "Newcomers are members of trust 0: they have not read much here yet.", 0, Hour, o => o.Limits.SecondsBetweenTopicsOfNewcomers, (o, value) => o.Limits.SecondsBetweenTopicsOfNewcomers = value),
        Number("Limits:SecondsBetweenPostsOfNewcomers", SettingGroup.Newcomers, "Seconds between two posts of a newcomer", "Whoever comes to sell something is slowed down, and nobody else notices.", 0, Hour, o => o.Limits.SecondsBetweenPostsOfNewcomers, (o, value) => o.Limits.SecondsBetweenPostsOfNewcomers = value),
        Number("Limits:SecondsToWriteOfNewcomers", SettingGroup.Newcomers, "Seconds that a newcomer takes to write", "What is sent sooner after the form was opened waits for a moderator, and so does the first post of whoever signs up sooner: programs do not take their time. 0 for never.", 0, 60, o => o.Limits.SecondsToWriteOfNewcomers, (o, value) => o.Limits.SecondsToWriteOfNewcomers = value),
        Number("Limits:TopicsOnFirstDay", SettingGroup.Newcomers, "Topics on the first day", "Of a newcomer in the first 24 hours.", 1, 200, o => o.Limits.TopicsOnFirstDay, (o, value) => o.Limits.TopicsOnFirstDay = value),
        Number("Limits:RepliesOnFirstDay", SettingGroup.Newcomers, "Replies on the first day", "Of a newcomer in the first 24 hours.", 1, 500, o => o.Limits.RepliesOnFirstDay, (o, value) => o.Limits.RepliesOnFirstDay = value),
        Number("Limits:LinksOfNewcomers", SettingGroup.Newcomers, "Links in a post of a newcomer", "To other sites.", 0, 50, o => o.Limits.LinksOfNewcomers, (o, value) => o.Limits.LinksOfNewcomers = value),
        Number("Limits:ImagesOfNewcomers", SettingGroup.Newcomers, "Images in a post of a newcomer", "One is enough to show what is wrong.", 0, 50, o => o.Limits.ImagesOfNewcomers, (o, value) => o.Limits.ImagesOfNewcomers = value),
        Number("Limits:MentionsOfNewcomers", SettingGroup.Newcomers, "Mentions in a post of a newcomer", "Each calls somebody.", 0, 10, o => o.Limits.MentionsOfNewcomers, (o, value) => o.Limits.MentionsOfNewcomers = value),

        Line("Site:Ranks:Community", SettingGroup.Ranks, "First rank", "What everybody is called who has joined.", 1, 40, o => o.Site.Ranks.Community, (o, value) => o.Site.Ranks.Community = value),
        Line("Site:Ranks:Active", SettingGroup.Ranks, "Second rank", "For members who have given something.", 1, 40, o => o.Site.Ranks.Active, (o, value) => o.Site.Ranks.Active = value),
        Number("Site:Ranks:ActivePoints", SettingGroup.Ranks, "Points for the second rank", "Ten for an upvote, fifteen for a solution.", 1, 100_000, o => o.Site.Ranks.ActivePoints, (o, value) => o.Site.Ranks.ActivePoints = value),
        Number("Site:Ranks:ActiveDays", SettingGroup.Ranks, "Days for the second rank", "Since joining. It is asked for the third rank, too.", 0, 365, o => o.Site.Ranks.ActiveDays, (o, value) => o.Site.Ranks.ActiveDays = value),
        Line("Site:Ranks:Guru", SettingGroup.Ranks, "Third rank", "For the people a community is asked about.", 1, 40, o => o.Site.Ranks.Guru, (o, value) => o.Site.Ranks.Guru = value),
        Number("Site:Ranks:GuruPoints", SettingGroup.Ranks, "Points for the third rank", "Both these and the solutions are asked for.", 1, 1_000_000, o => o.Site.Ranks.GuruPoints, (o, value) => o.Site.Ranks.GuruPoints = value),
        Number("Site:Ranks:GuruSolutions", SettingGroup.Ranks, "Accepted solutions for the third rank", "On the topics of others.", 0, 10_000, o => o.Site.Ranks.GuruSolutions, (o, value) => o.Site.Ranks.GuruSolutions = value),
    ];

    private static readonly Dictionary<string, Setting> byKey = All.ToDictionary(s => s.Key);

    public static Setting? Find(string key) => byKey.GetValueOrDefault(key);

    private static bool IsLanguage(string name)
    {
        try
        {
            return CultureInfo.GetCultureInfo(name, predefinedOnly: true).Name.Length > 0;
        }
        catch (CultureNotFoundException)
        {
            return false;
        }
    }

    private static Setting Line(string key, SettingGroup group, string name, string why, int least, int most, Func<ForumOptions, string> get, Action<ForumOptions, string> set) =>
        new(key, group, SettingKind.Line, name, why) { Least = least, Most = most, Of = get, Set = set };

    private static Setting Number(string key, SettingGroup group, string name, string why, int least, int most, Func<ForumOptions, int> get, Action<ForumOptions, int> set) => new(key, group, SettingKind.Number, name, why)
    {
        Least = least,
        Most = most,
        Of = o => get(o).ToString(CultureInfo.InvariantCulture),
        Set = (o, value) => set(o, int.Parse(value, CultureInfo.InvariantCulture)),
    };

    private static Setting Colored(string key, bool dark, string name, string why, Func<ForumOptions, string> get, Action<ForumOptions, string> set) =>
        new(key, SettingGroup.Look, SettingKind.Color, name, why) { Of = get, Set = set, Rule = value => Accent.Refusal(value, dark) };
}
