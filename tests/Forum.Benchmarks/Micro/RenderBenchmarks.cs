using BenchmarkDotNet.Attributes;
using Forum.Rendering;

namespace Forum.Benchmarks.Micro;

/// <summary>From Markdown to sanitized HTML, as each post is written once.</summary>
[Config(typeof(Quick)), MemoryDiagnoser]
public class RenderBenchmarks
{
    private const string Paragraph = "We *export* the **shared calendar** of `https://example.org/a` because the printer, https://example.org/printers, restores case 4711.\n\n";
    private const string Code = "```csharp\nforeach (var folder in folders)\n    Console.WriteLine(folder.Name);\n```\n\n";
    private const string Table = "| case | folder |\n|---|---|\n| 1 | invoices |\n| 2 | contracts |\n\n";

    private readonly PostRenderer renderer = new();

    private const string Question = Paragraph + Code + Paragraph + Table + "- one\n- two\n- three\n\n> " + Paragraph;

    /// <summary>A text with some of everything that has 2,000 characters.</summary>
    public static readonly string Long = string.Concat(Enumerable.Repeat(Question, 4))[..2000];

    [Params("reply", "question", "2,000 characters", "longest")]
    public string Text { get; set; } = "";

    private string Markdown => Text switch
    {
        "reply" => Paragraph,
        "question" => Question,
        "2,000 characters" => Long,
        _ => string.Concat(Enumerable.Repeat(Paragraph + Code, 30_000 / (Paragraph.Length + Code.Length))),
    };

    [Benchmark]
    public RenderedPost Render() => renderer.Render(Markdown).Required;
}
