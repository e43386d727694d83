using Forum.Data;
using Forum.Members;

namespace Forum.Transfer.StackExchange;

/// <summary>Brings in the authors of a dump that are not here yet.</summary>
internal sealed class MemberRows(ForumWriter writer, Actor actor, Dump dump, string source)
{
    private const int BatchSize = 500;

    private sealed record NewMember(long Key, string Name, DateTime Created);

    public int Accounts { get; private set; }

    public int Former { get; private set; }

    public async Task RunAsync(IProgress<TransferProgress>? progress, CancellationToken cancellation)
    {
        var batch = new List<NewMember>(BatchSize);
        var done = 0;
        foreach (var fresh in Missing())
        {
            batch.Add(fresh);
            if (batch.Count == BatchSize)
                await FlushAsync();
        }
        await FlushAsync();

        async Task FlushAsync()
        {
            cancellation.ThrowIfCancellationRequested();
            await WriteAsync(batch);
            done += batch.Count;
            progress?.Report(new("Members", done, dump.Members.Count));
            batch.Clear();
        }
    }

    private IEnumerable<NewMember> Missing()
    {
        var seen = new HashSet<long>();
        foreach (var row in dump.Users.Rows(reports: false))
        {
            var id = row.RequiredNumber("Id");
            var created = row.Date("CreationDate") ?? DateTime.UnixEpoch;
            var name = Typed.Line(row.Text("DisplayName"));
            if (seen.Add(id) && dump.Members.TryGetValue(id, out var here) && here == 0)
                yield return new(id, name.Length > 0 ? name : $"user{id}", created);
        }
        foreach (var (key, (name, first)) in dump.Former)
            if (dump.Members[key] == 0)
                yield return new(key, name, first);
    }

    private async Task WriteAsync(List<NewMember> batch)
    {
        if (batch.Count == 0)
            return;
        var made = (await writer.RunAsync<List<Member>>(actor, async (deed, cancellation) =>
        {
            var db = deed.Db;
            db.ChangeTracker.AutoDetectChangesEnabled = false;
            var handles = await NumberedHandles.ForAsync(db, [.. batch.Select(m => (m.Name, m.Key))], cancellation);
            var members = batch.Select((fresh, i) => new Member
            {
                Name = Cut.To(fresh.Name, Member.MaxNameLength),
                UserName = handles[i],
                NormalizedUserName = Handles.Normalize(handles[i]),
                SecurityStamp = Guid.NewGuid().ToString("N"),
                LockoutEnabled = true,
                Created = fresh.Created,
            }).ToList();
            db.Users.AddRange(members);
            await db.SaveChangesAsync(cancellation);
            db.ImportedRows.AddRange(members.Select((m, i) => new ImportedRow { Source = source, Kind = ImportedKind.Member, SourceId = batch[i].Key, TargetId = m.Id }));
            return members;
        }, CancellationToken.None)).Required;
        for (var i = 0; i < batch.Count; i++)
            dump.Members[batch[i].Key] = made[i].Id;
        Former += batch.Count(m => dump.Former.ContainsKey(m.Key));
        Accounts += batch.Count(m => !dump.Former.ContainsKey(m.Key));
    }
}
