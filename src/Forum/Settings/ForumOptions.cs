namespace Forum.Settings;

public enum DatabaseProvider
{
    Sqlite,
    SqlServer,
}

/// <summary>How names of members are shown, everywhere.</summary>
public enum NamePolicy
{
    /// <summary>"Muhammad Ali" is shown as "Muhammad A".</summary>
    FirstNameInitial,
    Full,
    Handle,
}

/// <summary>
/// What the forum goes by: what an operator configures under the section "Forum", and over it what is changed in the browser
/// (<see cref="SettingList"/>), which may change at any time. Read what is needed where it is needed, and keep no copy of it.
/// </summary>
public sealed class ForumOptions
{
    public const string Section = "Forum";

    private readonly HashSet<string> given = [];

    /// <summary>Whether the operator said this one, so that it cannot be changed in the browser.</summary>
    public bool IsGiven(Setting setting) => given.Contains(setting.Key);

    /// <summary>The operator said this one.</summary>
    public void Give(Setting setting) => given.Add(setting.Key);

    /// <summary>Where everything on disk lies. Absolute once the program runs; relative values count from the content root.</summary>
    public string DataPath { get; set; } = "data";

    /// <summary>This node's own folder, not shared with any other node; default "node" in the data folder.</summary>
    public string NodePath { get; set; } = "";

    public DatabaseOptions Database { get; init; } = new();

    public SiteOptions Site { get; init; } = new();

    public LimitOptions Limits { get; init; } = new();

    public UploadOptions Uploads { get; init; } = new();

    public MailOptions Mail { get; init; } = new();

    public AccessOptions Access { get; init; } = new();

    public SignInOptions SignIn { get; init; } = new();

    /// <summary>Addresses of proxies whose X-Forwarded headers are believed.</summary>
    public string[] Proxies { get; init; } = [];
}

public sealed class DatabaseOptions
{
    public DatabaseProvider Provider { get; set; } = DatabaseProvider.Sqlite;

    /// <summary>Demanded for SQL Server; for SQLite the default is forum.db in the data folder.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>Bring the database up to date before serving.</summary>
    public bool MigrateOnStart { get; set; } = true;

    /// <summary>Most rows in one statement batch; null takes the provider's own.</summary>
    public int? MaxBatchSize { get; set; }

    /// <summary>SQLite only: FULL survives a power cut, NORMAL is about twice as fast and may lose the last commits then.</summary>
    public string Synchronous { get; set; } = "FULL";
}

public sealed class SiteOptions
{
    /// <summary>The accents of the sheet, as they are without a choice.</summary>
    public const string HouseAccent = "#2251c6", HouseAccentInTheDark = "#8ab0fe";

    /// <summary>Two lines on a phone.</summary>
    public const int MaxHeadlineLength = 80;

    public string Name { get; set; } = "Community";

    /// <summary>What the front says to visitors above the search; empty for the forum's own words.</summary>
    public string Headline { get; set; } = "";

    /// <summary>The public address; absolute links are made from it, and its scheme decides about secure cookies.</summary>
    public Uri Url { get; set; } = new("http://localhost:5080");

    /// <summary>The language pages have when the reader chose none, as a culture name.</summary>
    public string Language { get; set; } = "en";

    public NamePolicy DisplayNames { get; set; } = NamePolicy.FirstNameInitial;

    /// <summary>Where the community is at home, as an IANA id such as Europe/Berlin: its days begin there, and members are not disturbed at its night. Days of before stay as they were when it is changed.</summary>
    public string TimeZone { get; set; } = "UTC";

    /// <summary>The colour of links and buttons on light pages, as #rrggbb.</summary>
    public string Accent { get; set; } = HouseAccent;

    /// <summary>The same on dark pages.</summary>
    public string AccentInTheDark { get; set; } = HouseAccentInTheDark;

    /// <summary>The address of the picture that stands in the bar before the name, of one that was uploaded here; empty for the forum's own sign.</summary>
    public string Logo { get; set; } = "";

    /// <summary>The version of the terms of use that members accept; 0 where there are none. It is what the page of terms says, and no setting.</summary>
    public int TermsVersion { get; internal set; }

    /// <summary>What everybody reads above every page; empty for nothing.</summary>
    public string Notice { get; set; } = "";

    /// <summary>Links that stand in the bar beside those of the forum, one a line: "Label | address".</summary>
    public string Menu { get; set; } = "";

    /// <summary>Everything can be read and nothing written.</summary>
    public bool ReadOnly { get; set; }

    /// <summary>What members are asked about themselves beside their name: labels, one a line.</summary>
    public string ProfileFields { get; set; } = "";

    public RankOptions Ranks { get; init; } = new();

    /// <summary>The zone of that id.</summary>
    public TimeZoneInfo FindZone() => TimeZoneInfo.FindSystemTimeZoneById(TimeZone);

    /// <summary>The day that it is on the site at an instant in UTC.</summary>
    public DateOnly DayOf(DateTime instant) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(instant, FindZone()));

    /// <summary>The instant in UTC at which a day of the site begins: the first one where midnight comes twice, the next one where clocks skip it.</summary>
    public DateTime StartOf(DateOnly day) => InUtc(day.ToDateTime(TimeOnly.MinValue));

    /// <summary>What clocks of the site show at an instant in UTC.</summary>
    public DateTime OnSite(DateTime instant) => TimeZoneInfo.ConvertTimeFromUtc(instant, FindZone());

    /// <summary>The instant in UTC at which clocks of the site show this: the first one where they show it twice, the next one where they skip it.</summary>
    public DateTime InUtc(DateTime local)
    {
        var zone = FindZone();
        local = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        while (zone.IsInvalidTime(local))
            local = local.AddMinutes(15);
        return DateTime.SpecifyKind(local - (zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local)), DateTimeKind.Utc);
    }
}

/// <summary>How a connection to a mail server is kept private.</summary>
public enum MailSecurity
{
    /// <summary>By the port: TLS from the first byte at 465, elsewhere as soon as the server offers it.</summary>
    Auto,

    None,
    StartTls,
    Tls,
}

public sealed class MailOptions
{
    /// <summary>The server that takes our letters; empty puts them into the folder mail of the data folder.</summary>
    public string Host { get; set; } = "";

    public int Port { get; set; } = 587;

    /// <summary>Empty for a server that asks for none.</summary>
    public string User { get; set; } = "";

    public string Password { get; set; } = "";

    /// <summary>The address that letters come from; empty for "forum" at the host of the site.</summary>
    public string From { get; set; } = "";

    public MailSecurity Security { get; set; } = MailSecurity.Auto;

    /// <summary>The address that letters come from.</summary>
    public string Sender(SiteOptions site) => From.Length > 0 ? From : $"forum@{site.Url.Host}";
}

/// <summary>Who may make an account.</summary>
public enum JoinPolicy
{
    Open,

    /// <summary>Whoever has an invitation.</summary>
    Invited,

    Closed,
}

public sealed class AccessOptions
{
    public JoinPolicy Join { get; set; } = JoinPolicy.Open;
}

public sealed class SignInOptions
{
    /// <summary>Off where everybody comes by a provider: then nobody signs in by a password, nor makes an account by the form.</summary>
    public bool Passwords { get; set; } = true;

    /// <summary>Staff without a second factor are members like others until they have one.</summary>
    public bool StaffSecondFactor { get; set; }

    /// <summary>Providers of OpenID Connect by a short name, which stands in addresses and with each account that is connected.</summary>
    public Dictionary<string, OidcOptions> Oidc { get; init; } = [];
}

/// <summary>A provider of OpenID Connect.</summary>
public sealed class OidcOptions
{
    /// <summary>What members know it by; empty for its short name.</summary>
    public string Title { get; set; } = "";

    /// <summary>Its address, below which it describes itself at .well-known/openid-configuration.</summary>
    public Uri? Authority { get; set; }

    public string ClientId { get; set; } = "";

    /// <summary>Empty for a client without one: then the proof key of each sign-in stands alone.</summary>
    public string ClientSecret { get; set; } = "";

    /// <summary>What is asked for, with blanks between.</summary>
    public string Scopes { get; set; } = "openid profile email";

    /// <summary>Its addresses are those of the people who sign in, even where it does not say so of each: a company's own list of people.</summary>
    public bool TrustEmail { get; set; }

    /// <summary>Whoever is not known here gets an account, whatever <see cref="AccessOptions.Join"/> says of others.</summary>
    public bool MakesAccounts { get; set; } = true;

    /// <summary>The claim that lists the groups of a person.</summary>
    public string GroupsClaim { get; set; } = "groups";

    /// <summary>The role of the site that each of its groups has: admin, manager, moderator or staff. At each sign-in these roles are given and taken; others are left alone.</summary>
    public Dictionary<string, string> Roles { get; init; } = [];

    /// <summary>The group of the forum that each of its groups belongs to, by its short name; given and taken likewise.</summary>
    public Dictionary<string, string> Groups { get; init; } = [];
}

public enum UploadStore
{
    /// <summary>The folder uploads in the data folder, which all nodes must share.</summary>
    Disk,

    /// <summary>A bucket at Amazon or at any server that speaks S3.</summary>
    S3,
}

public sealed class UploadOptions
{
    public UploadStore Store { get; set; } = UploadStore.Disk;

    /// <summary>What the files of one member may take up, in megabytes, smaller pictures included; new members have a tenth of it.</summary>
    public int QuotaPerMember { get; set; } = 200;

    /// <summary>Demanded for S3, as is a region or a service address.</summary>
    public string? Bucket { get; set; }

    /// <summary>Address of a server that speaks S3; null for Amazon's own.</summary>
    public Uri? ServiceUrl { get; set; }

    /// <summary>Region of the bucket, such as eu-central-1.</summary>
    public string? Region { get; set; }

    /// <summary>With <see cref="SecretKey"/>; without both, the machine's own role at Amazon is used.</summary>
    public string? AccessKey { get; set; }

    public string? SecretKey { get; set; }

    /// <summary>What the names of all files in the bucket begin with, such as "forum/".</summary>
    public string Prefix { get; set; } = "";

    /// <summary>Name the bucket in the path, not in the host: what most servers other than Amazon's need.</summary>
    public bool ForcePathStyle { get; set; }
}

/// <summary>What ranks are called and what they take (rules of standing).</summary>
public sealed class RankOptions
{
    public string Community { get; set; } = "Community Member";

    public string Active { get; set; } = "Active Member";

    public string Guru { get; set; } = "Community Guru";

    /// <summary>100 points: ten upvotes, or a handful of solutions.</summary>
    public int ActivePoints { get; set; } = 100;

    /// <summary>1,000 points and 10 solutions: the people a community is asked about.</summary>
    public int GuruPoints { get; set; } = 1000;

    public int GuruSolutions { get; set; } = 10;

    /// <summary>Nobody is a regular in the first week.</summary>
    public int ActiveDays { get; set; } = 7;
}

/// <summary>How much and how fast one may write and vote (rules of writing and of votes).</summary>
public sealed class LimitOptions
{
    /// <summary>Off for tests and imports only.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Between two topics of one member [Discourse].</summary>
    public int SecondsBetweenTopics { get; set; } = 15;

    /// <summary>Between two posts of one member [Discourse].</summary>
    public int SecondsBetweenPosts { get; set; } = 5;

    /// <summary>Between two topics of a member of trust 0 [Discourse].</summary>
    public int SecondsBetweenTopicsOfNewcomers { get; set; } = 120;

    /// <summary>Between two posts of a member of trust 0 [Discourse].</summary>
    public int SecondsBetweenPostsOfNewcomers { get; set; } = 30;

    /// <summary>Between the showing of a form and the post of a member of trust 0; what comes sooner waits for a moderator.</summary>
    public int SecondsToWriteOfNewcomers { get; set; } = 3;

    /// <summary>Topics of one member in 24 hours [Discourse].</summary>
    public int TopicsPerDay { get; set; } = 20;

    /// <summary>Topics of a member of trust 0 on their first day [Discourse].</summary>
    public int TopicsOnFirstDay { get; set; } = 3;

    /// <summary>Replies of a member of trust 0 on their first day [Discourse].</summary>
    public int RepliesOnFirstDay { get; set; } = 10;

    /// <summary>Posts of one member in a row: what comes to mind afterwards belongs into the last of them [Discourse].</summary>
    public int PostsInARow { get; set; } = 3;

    /// <summary>Links to other sites in one post of a member of trust 0 [Discourse].</summary>
    public int LinksOfNewcomers { get; set; } = 2;

    /// <summary>Images in one post of a member of trust 0 [Discourse].</summary>
    public int ImagesOfNewcomers { get; set; } = 1;

    /// <summary>Members mentioned in one post of a member of trust 0 [Discourse].</summary>
    public int MentionsOfNewcomers { get; set; } = 2;

    /// <summary>Upvotes a member may cast in 24 hours [Stack Exchange].</summary>
    public int UpvotesPerDay { get; set; } = 40;

    /// <summary>Of these, for the same author [NodeBB].</summary>
    public int UpvotesPerDayForOneAuthor { get; set; } = 6;

    /// <summary>Reports of posts and doubts about solutions, together, of one member in 24 hours [Discourse].</summary>
    public int ReportsPerDay { get; set; } = 20;

    /// <summary>Searches of one member in a minute [Discourse].</summary>
    public int SearchesPerMinute { get; set; } = 30;

    /// <summary>Searches of all visitors from one network in a minute [Discourse].</summary>
    public int SearchesPerMinuteOfVisitors { get; set; } = 15;
}
