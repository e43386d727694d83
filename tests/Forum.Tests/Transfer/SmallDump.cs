using System.Text;

namespace Forum.Tests.Transfer;

/// <summary>A dump of our own in a temporary folder: three questions about bread, with all that is awkward about real dumps.</summary>
public sealed class SmallDump : IDisposable
{
    public SmallDump()
    {
        Path = Directory.CreateTempSubdirectory("forum-dump-").FullName;
        Write("Users.xml", "users",
            """<row Id="-1" CreationDate="2020-01-01T00:00:00.000" DisplayName="Community" />""",
            """<row Id="1" CreationDate="2020-01-01T10:00:00.000" DisplayName="Nadia Petrova" />""",
            """<row Id="2" CreationDate="2020-01-02T10:00:00.000" DisplayName="Oskar Lindgren" />""",
            """<row Id="3" CreationDate="2020-01-02T10:00:00.000" DisplayName="Oskar Lindgren" />""",
            """<row Id="9007199254740993" CreationDate="2020-01-03T10:00:00.000" DisplayName="李 小龙" />""");
        Write("Posts.xml", "posts",
            """<row Id="10" PostTypeId="1" AcceptedAnswerId="12" CreationDate="2020-02-01T08:00:00.000" Score="7" ViewCount="120" Body="&lt;p&gt;HTML of the question.&lt;/p&gt;" OwnerUserId="1" LastEditorUserId="2" LastEditDate="2020-02-02T08:00:00.000" Title="Why does my sourdough not rise?" Tags="&lt;sourdough&gt;&lt;yeast&gt;" />""",
            """<row Id="11" PostTypeId="2" ParentId="10" CreationDate="2020-02-01T10:00:00.000" Score="-2" Body="&lt;p&gt;Too cold.&lt;/p&gt;" OwnerUserId="3" />""",
            """<row Id="12" PostTypeId="2" ParentId="10" CreationDate="2020-02-01T09:00:00.000" Score="25" Body="&lt;p&gt;Feed it &lt;b&gt;twice&lt;/b&gt; a day.&lt;/p&gt;" OwnerUserId="2" />""",
            """<row Id="20" PostTypeId="1" CreationDate="2020-02-05T08:00:00.000" Score="0" ViewCount="5" Body="&lt;p&gt;Same here.&lt;/p&gt;" OwnerDisplayName="Gone Baker" Title="Sourdough is flat" Tags="|sourdough|flour|" ClosedDate="2020-02-06T08:00:00.000" />""",
            """<row Id="21" PostTypeId="2" ParentId="20" CreationDate="2020-02-05T09:00:00.000" Score="1" Body="&lt;p&gt;See the other one.&lt;/p&gt;" />""",
            """<row Id="30" PostTypeId="1" AcceptedAnswerId="31" CreationDate="2020-01-20T08:00:00.000" Score="1" Body="&lt;p&gt;Rye &amp;amp; wheat?&lt;/p&gt;" OwnerUserId="9007199254740993" Title="黑麦面包怎么做" Tags="&lt;rye&gt;" />""",
            """<row Id="31" PostTypeId="2" ParentId="30" CreationDate="2020-01-21T08:00:00.000" Score="1" Body="&lt;p&gt;I found out myself.&lt;/p&gt;" OwnerUserId="9007199254740993" />""",
            """<row Id="40" PostTypeId="5" CreationDate="2020-01-21T08:00:00.000" Score="0" Body="&lt;p&gt;Tag wiki.&lt;/p&gt;" OwnerUserId="1" />""");
        Write("PostHistory.xml", "posthistory",
            """<row Id="1" PostHistoryTypeId="2" PostId="10" CreationDate="2020-02-01T08:00:00.000" UserId="1" Text="First *version*." />""",
            """<row Id="2" PostHistoryTypeId="5" PostId="10" CreationDate="2020-02-02T08:00:00.000" UserId="2" Text="It stays **flat**.&#xD;&#xA;&#xD;&#xA;- fed daily" />""",
            """<row Id="3" PostHistoryTypeId="1" PostId="10" CreationDate="2020-02-01T08:00:00.000" UserId="1" Text="Why does my sourdough not rise?" />""",
            """<row Id="4" PostHistoryTypeId="10" PostId="20" CreationDate="2020-02-06T08:00:00.000" Comment="101" Text="{}" />""");
        Write("Comments.xml", "comments",
            """<row Id="1" PostId="10" Score="3" Text="Which `flour`?" CreationDate="2020-02-01T08:30:00.000" UserId="2" />""",
            """<row Id="2" PostId="12" Score="0" Text="That was it." CreationDate="2020-02-01T11:00:00.000" UserId="1" />""",
            """<row Id="3" PostId="40" Score="0" Text="On a wiki." CreationDate="2020-02-01T11:00:00.000" UserId="1" />""",
            """<row Id="4" PostId="20" Score="0" Text="Me too." CreationDate="2020-02-05T11:00:00.000" UserDisplayName="Gone Baker" />""");
        Write("Votes.xml", "votes",
        [
            """<row Id="1" PostId="12" VoteTypeId="1" CreationDate="2020-02-03T00:00:00.000" />""",
            """<row Id="2" PostId="31" VoteTypeId="1" CreationDate="2020-02-03T00:00:00.000" />""",
            """<row Id="3" PostId="11" VoteTypeId="3" CreationDate="2020-02-03T00:00:00.000" />""",
            """<row Id="4" PostId="10" VoteTypeId="2" CreationDate="2020-02-03T00:00:00.000" />""",
            .. Enumerable.Range(5, 25).Select(i => $"""<row Id="{i}" PostId="12" VoteTypeId="2" CreationDate="2020-02-01T00:00:00.000" />"""),
        ]);
        Write("PostLinks.xml", "postlinks", """<row Id="1" CreationDate="2020-02-06T08:00:00.000" PostId="20" RelatedPostId="10" LinkTypeId="3" />""");
    }

    /// <summary>Rows that the fixture holds in Users.xml.</summary>
    public const int Accounts = 5;

    public string Path { get; }

    public void Write(string file, string root, params IEnumerable<string> rows) =>
        File.WriteAllText(System.IO.Path.Combine(Path, file), $"<?xml version=\"1.0\" encoding=\"utf-8\"?>\r\n<{root}>\r\n{string.Concat(rows.Select(r => $"  {r}\r\n"))}</{root}>", new UTF8Encoding(true));

    /// <summary>Puts text before the end tag of a file.</summary>
    public void Append(string file, string text)
    {
        var path = System.IO.Path.Combine(Path, file);
        var all = File.ReadAllText(path);
        var end = all.LastIndexOf("</", StringComparison.Ordinal);
        File.WriteAllText(path, all[..end] + text + all[end..], new UTF8Encoding(true));
    }

    public void Remove(string file) => File.Delete(System.IO.Path.Combine(Path, file));

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
