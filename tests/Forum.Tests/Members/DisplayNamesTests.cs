using Forum.Members;
using Forum.Settings;

namespace Forum.Tests.Members;

public sealed class DisplayNamesTests
{
    [Theory]
    [InlineData("Muhammad Ali", "Muhammad A")]
    [InlineData("  Muhammad   bin Ali ", "Muhammad A")]
    [InlineData("Prince", "Prince")]
    [InlineData("inês ávila", "inês Á")]
    [InlineData("Anna e\u0301mile", "Anna E\u0301")]
    [InlineData("Bob (Builder)", "Bob B")]
    [InlineData("Anna 😀", "Anna")]
    [InlineData("王 小明", "王 小")]
    [InlineData("محمد علي", "محمد ع")]
    [InlineData("", "handle")]
    [InlineData("   ", "handle")]
    public void Of_the_last_name_only_the_initial_is_seen(string name, string shown) => Assert.Equal(shown, NamePolicy.FirstNameInitial.Show(name, "handle"));

    [Fact]
    public void Another_policy_shows_the_whole_name_or_the_handle_alone()
    {
        Assert.Equal("Muhammad Ali", NamePolicy.Full.Show("Muhammad Ali", "muhammada"));
        Assert.Equal("muhammada", NamePolicy.Handle.Show("Muhammad Ali", "muhammada"));
        Assert.Equal("muhammada", NamePolicy.Full.Show(" ", "muhammada"));
    }

    [Theory]
    [InlineData(0, 0, 365, "Community Member")]
    [InlineData(100, 0, 7, "Active Member")]
    [InlineData(100, 0, 6, "Community Member")]
    [InlineData(1000, 9, 365, "Active Member")]
    [InlineData(1000, 10, 365, "Community Guru")]
    public void A_rank_follows_from_points_solutions_and_time(int points, int solutions, int days, string rank) =>
        Assert.Equal(rank, new RankOptions().Of(points, solutions, TimeSpan.FromDays(days)));
}
