using System.Reflection;
using System.Reflection.Emit;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Forum.Data;
using Forum.Tests.Architecture;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.CompilerServices;
using Microsoft.AspNetCore.Components.Rendering;

namespace Forum.Web.Tests.Architecture;

/// <summary>The rules of the house for the web floor, held by the compiled code itself.</summary>
public sealed class CodeTests
{
    private static readonly Assembly web = typeof(Program).Assembly;

    private static readonly ILookup<Type, MemberInfo> uses = Code.UsesIn(web);

    /// <summary>Attributes and parameters whose value people read or hear.</summary>
    private static readonly HashSet<string> spoken = ["title", "alt", "placeholder", "aria-label", "aria-description", "aria-placeholder", "aria-roledescription", "aria-valuetext", "label", "hint", "heading", "description", "note", "data-system", "data-light", "data-dark"];

    /// <summary>Who knows the database beside the engine, each with its reason.</summary>
    private static readonly Dictionary<string, string> knowTheDatabase = new()
    {
        ["SignIn"] = "looks up who signs in and whether the session is still there",
        ["SignInSetup"] = "the stores of Identity",
        ["Bearer"] = "looks up the token of a request",
        ["Viewer"] = "reads the rights of the request once",
        ["Health"] = "asks whether the database answers",
        ["WebFloor"] = "keeps the key ring there",
        ["PageCacheEviction"] = "a consumer of the outbox",
        ["LiveTopics"] = "a consumer of the outbox",
        ["DemoCommunity"] = "sees whether the forum is empty",
        ["Storyteller"] = "dates back what it tells",
    };

    [Fact]
    public void Every_word_that_people_see_is_in_the_wording_and_none_in_a_page() =>
        Assert.Equal([], web.GetTypes().Where(t => t.IsSubclassOf(typeof(ComponentBase))).SelectMany(c => WordsOf(c).Select(w => $"{c.Name}: {w}")).Order());

    [Fact]
    public void Only_a_posts_body_and_structured_data_turn_text_into_markup() =>
        Assert.Equal(["JsonLd", "PostBody"], CallersOf(m => m.DeclaringType == typeof(MarkupString) && m.Name is ".ctor" or "op_Explicit").Order());

    [Fact]
    public void The_time_comes_from_the_clock_that_is_passed_in() =>
        Assert.Empty(CallersOf(m => (m.DeclaringType == typeof(DateTime) || m.DeclaringType == typeof(DateTimeOffset)) && m.Name is "get_Now" or "get_UtcNow" or "get_Today"));

    [Fact]
    public void Nothing_waits_by_holding_a_thread() =>
        Assert.Empty(CallersOf(m => m.DeclaringType is { } type && (typeof(Task).IsAssignableFrom(type) || type.Namespace == typeof(Task).Namespace && type.Name.StartsWith("ValueTask", StringComparison.Ordinal))
            && m.Name is "get_Result" or "Wait" or "WaitAll" or "WaitAny"));

    [Fact]
    public void Pages_ask_the_engine_and_not_the_database() =>
        Assert.Equal(knowTheDatabase.Keys.Order(), uses.Where(u => u.SelectMany(Code.TypesOf).Contains(typeof(ForumDbContext))).Select(u => Code.Outermost(u.Key).Name).Distinct().Order());

    /// <summary>Names of the types whose code calls such a method.</summary>
    private static IEnumerable<string> CallersOf(Func<MethodBase, bool> which) =>
        uses.Where(u => u.OfType<MethodBase>().Any(which)).Select(u => Code.Outermost(u.Key).Name).Distinct();

    /// <summary>Text that a component writes as it stands in its source.</summary>
    private static IEnumerable<string> WordsOf(Type component)
    {
        foreach (var method in new[] { component }.Concat(Nested(component)).SelectMany(Il.MethodsOf))
        {
            var before = new List<(OpCode Code, object? Operand)>();
            foreach (var instruction in Il.Instructions(method))
            {
                if (instruction.Operand is MethodInfo { Name: nameof(RuntimeHelpers.TypeCheck) })
                    continue;
                if (instruction.Operand is MethodInfo call && call.DeclaringType == typeof(RenderTreeBuilder) && before is [.., (_, var name), (_, string value)])
                    foreach (var words in Written(call.Name, name as string, value).Where(w => w.Any(char.IsLetter)))
                        yield return words.Trim();
                before.Add(instruction);
            }
        }
    }

    private static IEnumerable<string> Written(string call, string? name, string value) => call switch
    {
        nameof(RenderTreeBuilder.AddContent) => [value],
        nameof(RenderTreeBuilder.AddMarkupContent) => InMarkup(value),
        nameof(RenderTreeBuilder.AddAttribute) or nameof(RenderTreeBuilder.AddComponentParameter) when spoken.Contains(name?.ToLowerInvariant() ?? "") => [value],
        _ => [],
    };

    private static IEnumerable<string> InMarkup(string markup)
    {
        var body = new HtmlParser().ParseDocument("").Body!;
        foreach (var node in new HtmlParser().ParseFragment(markup, body).SelectMany(n => n.GetDescendantsAndSelf()))
            if (node is IText text)
                yield return text.Data;
            else if (node is IElement element)
                foreach (var attribute in element.Attributes.Where(a => spoken.Contains(a.Name)))
                    yield return attribute.Value;
    }

    private static IEnumerable<Type> Nested(Type type) => type.GetNestedTypes(BindingFlags.Public | BindingFlags.NonPublic).SelectMany(n => Nested(n).Prepend(n));
}
