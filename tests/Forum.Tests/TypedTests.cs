namespace Forum.Tests;

public sealed class TypedTests
{
    [Theory]
    [InlineData("  a \t b\r\nc  ", "a b c")]
    [InlineData("a\0b\u0007c\u001b[31m", "abc[31m")]
    [InlineData("e\u0301", "é")]
    [InlineData("\uffff\ufffe", "")]
    [InlineData("\u200b", "")]
    [InlineData("👨‍👩‍👧", "👨‍👩‍👧")]
    public void A_line_is_one_line_without_what_cannot_be_shown(string typed, string line) => Assert.Equal(line, Typed.Line(typed));

    [Theory]
    [InlineData("a\r\nb\rc\nd \n\n", "a\nb\nc\nd")]
    [InlineData("    indented\tcode", "    indented\tcode")]
    [InlineData(" \u200b\n\u2028", "")]
    [InlineData(null, "")]
    public void A_text_keeps_its_lines(string? typed, string text) => Assert.Equal(text, Typed.Text(typed));

    [Fact]
    public void Half_a_character_becomes_the_sign_for_an_unknown_one() => Assert.Equal("x\ufffdy", Typed.Line("x\ud800y"));

    [Fact]
    public void A_character_is_what_people_count_as_one() => Assert.Equal(3, Typed.Length("é👨‍👩‍👧e\u0301"));
}
