using Bunit;
using Forum.Web.Shell;

namespace Forum.Web.Tests.Shell;

public sealed class FieldTests : IDisposable
{
    private readonly Stage stage = new();

    [Fact]
    public void A_field_is_named_by_its_label_and_described_by_its_hint()
    {
        var field = Field("Say what it is about.", null);
        Assert.Equal("title", field.Find("label").GetAttribute("for"));
        var input = field.Find("input");
        Assert.Equal(("title", null), (input.Id, input.GetAttribute("aria-invalid")));
        Assert.Equal("Say what it is about.", field.Find($"#{input.GetAttribute("aria-describedby")}").TextContent);
    }

    [Fact]
    public void What_is_wrong_with_a_field_is_said_at_it_and_to_those_who_cannot_see_it()
    {
        var field = Field("Say what it is about.", Refusal.Invalid("Please shorten the title to {0} characters.", "Title", 150));
        var input = field.Find("input");
        Assert.Equal("true", input.GetAttribute("aria-invalid"));
        Assert.Equal(["Say what it is about.", "Please shorten the title to 150 characters."], input.GetAttribute("aria-describedby")!.Split(' ').Select(id => field.Find($"#{id}").TextContent));
        Assert.Equal("alert", field.Find(".error").GetAttribute("role"));
    }

    [Fact]
    public void A_refusal_of_another_field_leaves_this_one_alone()
    {
        var field = Field(null, Refusal.Invalid("Please choose a board.", "Board"));
        Assert.Empty(field.FindAll(".error"));
        Assert.False(field.Find("input").HasAttribute("aria-invalid"));
        Assert.False(field.Find("input").HasAttribute("aria-describedby"));
    }

    public void Dispose() => stage.Dispose();

    private IRenderedComponent<Field> Field(string? hint, Refusal? refusal) => stage.Render<Field>(p => p
        .Add(c => c.Id, "title").Add(c => c.Label, "Title").Add(c => c.For, "Title").Add(c => c.Hint, hint).Add(c => c.Refusal, refusal)
        .Add(c => c.ChildContent, said => builder =>
        {
            builder.OpenElement(0, "input");
            builder.AddMultipleAttributes(1, said);
            builder.CloseElement();
        }));
}
