using System.Diagnostics;

namespace Forum.Web.Tests.Published;

/// <summary>A folder on a disk of its own, of two megabytes, that can be filled to the last byte.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly string folder;

    private SmallDisk(string folder) => this.folder = folder;

    private string Filler => Path.Combine(folder, "filler");

    /// <summary>Null where this user may not mount one.</summary>
    public static SmallDisk? TryMount(string folder)
    {
        Directory.CreateDirectory(folder);
        return OperatingSystem.IsLinux() && Run("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", folder) ? new(folder) : null;
    }

    /// <summary>Leaves no byte free.</summary>
    public void Fill()
    {
        using var file = File.OpenWrite(Filler);
        for (var block = new byte[4096]; ;)
        {
            try
            {
                file.Write(block);
                file.Flush();
            }
            catch (IOException)
            {
                return;
            }
        }
    }

    public void Free() => File.Delete(Filler);

    public void Dispose() => Run("umount", "-l", folder);

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true });
        process!.WaitForExit();
        return process.ExitCode == 0;
    }
}

/// <summary>A test that fills a disk; skipped where no disk may be mounted.</summary>
public sealed class SmallDiskFactAttribute : FactAttribute
{
    public SmallDiskFactAttribute()
    {
        var folder = Directory.CreateTempSubdirectory("forum-disk-").FullName;
        using (var disk = SmallDisk.TryMount(folder))
            if (disk is null)
                Skip = "unconfigured: a disk to fill can only be mounted by root on Linux";
        Directory.Delete(folder);
    }
}
