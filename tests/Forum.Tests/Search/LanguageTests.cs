using Forum.Boards;
using Forum.Search;

namespace Forum.Tests.Search;

public sealed class LanguageTests
{
    [Theory]
    [InlineData("de", "Die Häuser sind verkauft", "haus verkaufen")]
    [InlineData("es", "Las cervezas fermentadas", "cerveza fermentada")]
    [InlineData("fr", "Les bières brassées", "bière brassée")]
    [InlineData("fr", "Les bières brassées", "bieres brassees")]
    [InlineData("pt", "As fermentações longas", "fermentação")]
    [InlineData("pt-BR", "As fermentações longas", "fermentacoes")]
    [InlineData("it", "Le birre fermentate", "birra fermentata")]
    [InlineData("nl", "De brouwerijen sluiten", "brouwerij")]
    [InlineData("ru", "Пивоварни закрываются", "пивоварня")]
    [InlineData("sv", "Bryggerierna stänger", "bryggeri")]
    [InlineData("da", "Bryggerierne lukker", "bryggeri")]
    [InlineData("nb", "Bryggeriene stenger", "bryggeri")]
    [InlineData("fi", "Panimoissa kuohuu", "panimo")]
    [InlineData("hu", "A sörfőzdék bezárnak", "sörfőzde")]
    [InlineData("ro", "Berile fermentate", "bere")]
    [InlineData("ja", "ビールの泡が消える", "ビール")]
    [InlineData("en", "The breweries are closing", "brewery closes")]
    public async Task In_each_language_a_word_is_found_by_its_other_forms(string language, string title, string query)
    {
        await using var forum = await SearchForum.StartAsync(options => options.Site.Language = language);
        await forum.AskAsync(title, "…");

        Assert.Equal([title], await forum.TitlesAsync(query));
    }

    [Theory]
    [InlineData("de", "wie ist das und wo sind die")]
    [InlineData("fr", "qu'est-ce que c'est et dans les")]
    [InlineData("ru", "что он и как")]
    public async Task Words_that_say_nothing_are_not_looked_for(string language, string query)
    {
        await using var forum = await SearchForum.StartAsync(options => options.Site.Language = language);
        await forum.AskAsync(query, "…");

        Assert.Empty(await forum.TitlesAsync($"{query} Xylofon"));
    }

    [Fact]
    public async Task Each_board_has_its_own_language_and_who_looks_into_several_asks_in_all_of_them()
    {
        await using var forum = await SearchForum.StartAsync();
        var german = await forum.BoardAsync("hilfe", ReadAccess.Everyone, language: "de");
        await forum.AskAsync("Hefe für Weizenbiere", "Die Häuser haben Fässer, und der Kellner reinigt die Leitungen.", german);
        await forum.AskAsync("Yeasts for wheat", "The houses have barrels.");

        Assert.Equal(["Hefe für Weizenbiere"], await forum.TitlesAsync("haus leitung"));
        Assert.Equal(["Yeasts for wheat"], await forum.TitlesAsync("house barrel"));
        Assert.Equal(["Hefe für Weizenbiere"], await forum.TitlesAsync("weizenbier", request: new(null, Board: "hilfe")));
        Assert.Equal(["Hefe für Weizenbiere"], await forum.TitlesAsync("in:title weizenbier"));
        Assert.Equal(["Yeasts for wheat"], await forum.TitlesAsync("houses OR haus -leitung"));
        Assert.Empty(await forum.TitlesAsync("leitung -haus"));
        Assert.Contains((await forum.FindAsync("haus")).Items.Single().Snippet, p => p is { IsMatch: true, Text: "Häuser" });
        Assert.Equal(["haus", "leitung"], (await forum.FindAsync("haus leitung zapfhahn", null, new(null, Explained: true))).Items.Single().Why!.Words);
    }

    [Fact]
    public async Task Synonyms_are_known_by_their_forms_in_each_language()
    {
        await using var forum = await SearchForum.StartAsync();
        var german = await forum.BoardAsync("hilfe", ReadAccess.Everyone, language: "de");
        await forum.AskAsync("Zapfhähne tropfen", "Seit gestern.", german);
        _ = (await forum.Engine.Get<SetSynonyms>().RunAsync(Actor.Operator, null, "Zapfhahn, Ausschank", default)).Required;
        await forum.CaughtUpAsync();

        Assert.Equal(["Zapfhähne tropfen"], await forum.TitlesAsync("ausschanks"));
    }

    [Fact]
    public async Task A_board_that_gets_another_language_is_indexed_anew()
    {
        await using var forum = await SearchForum.StartAsync();
        await forum.AskAsync("Nasse Häuser", "Es regnet.");
        var elsewhere = await forum.BoardAsync("other", ReadAccess.Everyone);
        await forum.AskAsync("Alte Häuser", "Es schneit.", elsewhere);
        Assert.Empty(await forum.TitlesAsync("haus"));

        _ = (await forum.Engine.Get<ChangeBoard>().RunAsync(Actor.Operator, new("help", Language: "de"), default)).Required;
        await forum.CaughtUpAsync();
        Assert.Equal(["Nasse Häuser"], await forum.TitlesAsync("haus"));

        _ = (await forum.Engine.Get<ChangeBoard>().RunAsync(Actor.Operator, new("help", Language: ""), default)).Required;
        await forum.CaughtUpAsync();
        Assert.Empty(await forum.TitlesAsync("haus"));
    }

    [Theory]
    [InlineData("german")]
    [InlineData("DE")]
    [InlineData("d")]
    public async Task A_language_is_named_by_its_code(string language)
    {
        await using var forum = await SearchForum.StartAsync(indexing: false);

        Assert.Equal("language", (await forum.Engine.Get<ChangeBoard>().RunAsync(Actor.Operator, new("help", Language: language), default)).Refusal!.Field);
    }

    [Fact]
    public async Task A_site_that_gets_another_language_builds_its_index_anew()
    {
        await using var forum = await SearchForum.StartAsync();
        await forum.AskAsync("Nasse Häuser", "Es regnet.");
        await forum.StopIndexingAsync();

        forum.Engine.Options.Site.Language = "de";
        await using var german = new NewNode(forum, Path.GetFileName(forum.Engine.Options.NodePath));
        await german.StartAsync();

        Assert.Equal(1, german.Index.Builds);
        Assert.Equal(["Nasse Häuser"], await german.TitlesAsync("haus"));
    }
}
