using Forum.Standing;
using Forum.Web.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace Forum.Web.Standing;

/// <summary>What pages call the facts and grades of badges, and a badge as it stands anywhere.</summary>
public static class BadgeWords
{
    public static string NameOf(this IStringLocalizer<Wording> words, BadgeFact fact) => words[fact switch
    {
        BadgeFact.ByHand => "Given by hand",
        BadgeFact.Questions => "Questions asked",
        BadgeFact.Replies => "Replies written",
        BadgeFact.Posts => "Posts written",
        BadgeFact.QuestionsHelped => "Questions of others replied to",
        BadgeFact.Solutions => "Accepted solutions on topics of others",
        BadgeFact.AcceptedByAsker => "Solutions that the asker accepted",
        BadgeFact.UpvotesGiven => "Upvotes given",
        BadgeFact.UpvotesReceived => "Upvotes received",
        BadgeFact.UpvotesOfOnePost => "Upvotes of one post",
        BadgeFact.TopicsRead => "Topics read",
        BadgeFact.PostsRead => "Posts read",
        BadgeFact.DaysVisited => "Days visited",
        _ => "Years here",
    }];

    public static string NameOf(this IStringLocalizer<Wording> words, BadgeGrade grade) => words[grade.ToString()];

    /// <summary>The rule in a few words.</summary>
    public static string Rule(this IStringLocalizer<Wording> words, BadgeView badge) =>
        badge.Fact == BadgeFact.ByHand ? words.NameOf(badge.Fact) : words["{0}: {1:N0} or more", words.NameOf(badge.Fact), badge.Threshold];

    /// <summary>The badge with the colour of its grade; a fragment, since it stands on a page many times.</summary>
    public static RenderFragment Medal(this IStringLocalizer<Wording> words, string name, BadgeGrade grade) => builder =>
    {
        builder.OpenElement(0, "span");
        builder.AddAttribute(1, "class", $"medal g{(int)grade}");
        builder.AddContent(2, words[name].Value);
        builder.CloseElement();
    };
}
