using Forum.Web.Commands;

namespace Forum.Web.Tests.Commands;

public sealed class GivenPathTests
{
    [Fact]
    public void Under_dotnet_run_a_path_counts_from_the_folder_of_the_shell() =>
        Assert.Equal("/home/ines/dump", GivenPath.Of("../dump", "Forum", "/home/ines/forum"));

    [Fact]
    public void Otherwise_it_counts_from_the_working_folder() =>
        Assert.Equal(Path.GetFullPath("../dump"), GivenPath.Of("../dump", null, "/home/ines/forum"));

    [Fact]
    public void An_absolute_path_is_what_it_is() => Assert.Equal("/srv/dump", GivenPath.Of("/srv/dump", "Forum", "/home/ines/forum"));
}
