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

/// <summary>What an operator configures, under the section "Forum".</summary>
public sealed class ForumOptions
{
    public const string Section = "Forum";

    /// <summary>Where everything on disk lies. Absolute once the program runs; relative values count from the content root.</summary>
    public string DataPath { get; set; } = "data";

    /// <summary>This node's own folder, not shared with any other node; default "node" in the data folder.</summary>
    public string NodePath { get; set; } = "";

    public DatabaseOptions Database { get; init; } = new();

    public SiteOptions Site { get; init; } = new();

    public LimitOptions Limits { get; init; } = new();

    public UploadOptions Uploads { get; init; } = new();

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

    /// <summary>The zone of that id.</summary>
    public TimeZoneInfo FindZone() => TimeZoneInfo.FindSystemTimeZoneById(TimeZone);

    /// <summary>The day that it is on the site at an instant in UTC.</summary>
    public DateOnly DayOf(DateTime instant) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(instant, FindZone()));

    /// <summary>The instant in UTC at which a day of the site begins: the first one where midnight comes twice, the next one where clocks skip it.</summary>
    public DateTime StartOf(DateOnly day)
    {
        var (zone, local) = (FindZone(), day.ToDateTime(TimeOnly.MinValue));
        while (zone.IsInvalidTime(local))
            local = local.AddMinutes(15);
        return DateTime.SpecifyKind(local - (zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local)), DateTimeKind.Utc);
    }
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

public sealed class LimitOptions
{
    /// <summary>Off for tests and imports only.</summary>
    public bool Enabled { get; set; } = true;
}
