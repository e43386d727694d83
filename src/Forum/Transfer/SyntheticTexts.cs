using System.Text;
using Forum.Rendering;
using Forum.Topics;

namespace Forum.Transfer;

/// <summary>Made-up titles and texts about running a help desk; each distinct text is rendered once.</summary>
internal sealed class SyntheticTexts
{
    /// <summary>Distinct texts: enough that a search has something to tell apart, few enough to render in seconds.</summary>
    private const int Distinct = 1500;

    private static readonly string[] firstNames = ["Ada", "Bruno", "Chidi", "Dana", "Emre", "Farah", "Goran", "Hana", "Ivo", "Jana", "Kofi", "Lena", "Mateo", "Nora", "Oskar", "Priya", "Quentin", "Rosa", "Samir", "Tova", "Ugo", "Vera", "Wei", "Xenia", "Yusuf", "Zora"];
    private static readonly string[] lastNames = ["Abel", "Brandt", "Costa", "Dietz", "Engel", "Fischer", "Garcia", "Hansen", "Ito", "Jensen", "Keller", "Lopez", "Mbeki", "Novak", "Okafor", "Petrov", "Rossi", "Sato", "Tanaka", "Umarov", "Vogel", "Weiss", "Yilmaz", "Zimmer"];
    private static readonly string[] verbs = ["export", "import", "archive", "restore", "share", "merge", "rename", "schedule", "translate", "print", "filter", "sort", "install", "update", "encrypt", "synchronise", "delete", "copy", "review", "publish", "connect", "migrate", "measure", "test"];
    private static readonly string[] adjectives = ["shared", "private", "large", "old", "broken", "signed", "empty", "nightly", "external", "read-only", "duplicate", "monthly", "hidden", "temporary", "compressed", "localised", "remote", "default", "custom", "expired"];
    private static readonly string[] nouns = ["calendar", "invoice", "report", "mailbox", "project", "template", "licence", "account", "database", "printer", "folder", "dashboard", "contract", "workflow", "certificate", "backup", "glossary", "spreadsheet", "form", "gateway", "webhook", "token", "queue", "cluster", "proxy", "plugin", "schema", "index", "cache", "timeline"];
    private static readonly string[] joiners = ["because", "although", "while", "after", "before", "unless", "whenever", "so that"];
    private static readonly string[] places = ["on the server", "in the browser", "on a phone", "behind a proxy", "for the whole team", "without an administrator", "in the new version", "over the night", "from the command line", "for one customer"];

    public static readonly string[] Tags = [.. nouns.Concat(verbs).Order(StringComparer.Ordinal)];

    private readonly Writing[] texts;

    public SyntheticTexts(PostRenderer renderer)
    {
        texts = new Writing[Distinct];
        Parallel.For(0, Distinct, i =>
        {
            var markdown = Compose(new Random(i));
            texts[i] = Writing.Of(markdown, renderer.Render(markdown).Required);
        });
    }

    public Writing Text(Random random) => texts[random.Next(Distinct)];

    public static string Title(Random random) => random.Next(4) switch
    {
        0 => $"How do I {Pick(verbs, random)} a {Pick(adjectives, random)} {Pick(nouns, random)} {Pick(places, random)}?",
        1 => $"Why can't I {Pick(verbs, random)} the {Pick(nouns, random)} of a {Pick(adjectives, random)} {Pick(nouns, random)}?",
        2 => $"The {Pick(nouns, random)} is {Pick(adjectives, random)} after I {Pick(verbs, random)} the {Pick(nouns, random)}",
        _ => $"What is the best way to {Pick(verbs, random)} and {Pick(verbs, random)} every {Pick(nouns, random)} {Pick(places, random)}?",
    };

    public static string NameOf(int member) => $"{firstNames[member % firstNames.Length]} {lastNames[member / firstNames.Length % lastNames.Length]}";

    private static string Compose(Random random)
    {
        var text = new StringBuilder();
        var paragraphs = 1 + (int)(Math.Pow(random.NextDouble(), 4) * 8);
        for (var p = 0; p < paragraphs; p++)
        {
            if (p > 0)
                text.Append("\n\n");
            if (p > 0 && random.Next(6) == 0)
                text.Append($"```\n{Pick(verbs, random)} --{Pick(adjectives, random)} {Pick(nouns, random)}-{random.Next(1000)}\n```");
            else if (p > 0 && random.Next(5) == 0)
                text.AppendJoin('\n', Enumerable.Range(0, 2 + random.Next(4)).Select(_ => $"- {Pick(verbs, random)} the **{Pick(adjectives, random)}** {Pick(nouns, random)}"));
            else
                text.AppendJoin(' ', Enumerable.Range(0, 1 + random.Next(5)).Select(_ => Sentence(random)));
        }
        return text.ToString();
    }

    private static string Sentence(Random random) =>
        $"We {Pick(verbs, random)} the {Pick(adjectives, random)} {Pick(nouns, random)} {Pick(places, random)} {Pick(joiners, random)} the {Pick(nouns, random)} and its {Pick(nouns, random)} {Pick(verbs, random)} case {random.Next(10000)}.";

    private static string Pick(string[] words, Random random) => words[random.Next(words.Length)];
}
