using Forum.Moderation;

namespace Forum.Web.Moderation;

/// <summary>What the deeds of the audit trail are called on pages; keys of their translations. A deed without words of its own is shown as it is kept.</summary>
public static class AuditWords
{
    /// <summary>What deeds are done to, for the filter of the log.</summary>
    public static readonly IReadOnlyList<(string Noun, string Name)> Nouns =
    [
        ("post", "Posts"), ("topic", "Topics"), ("wiki", "Wikis"), ("solution", "Solutions"), ("vote", "Upvotes"), ("tag", "Tags"), ("board", "Boards"), ("member", "Members"), ("role", "Roles"), ("group", "Groups"), ("badge", "Badges"), ("synonyms", "Synonyms"), ("token", "Tokens"),
    ];

    public static string Words(this AuditRow row) => row.Deed switch
    {
        "post.hidden" => "hid a post",
        "post.hidden-by-reports" => "Reports hid a post",
        "post.deleted" => "deleted a post",
        "post.approved" => "let a post stand that waited",
        "post.restored" => "brought a post back",
        "post.kept" => "let a reported post stand",
        "wiki.made" => "made a post a wiki",
        "wiki.unmade" => "made a post no wiki any more",
        "topic.closed-duplicate" => "closed a topic as a duplicate",
        "topic.closed-offtopic" => "closed a topic that does not belong there",
        "topic.closed-notenoughdetail" => "closed a topic that says too little",
        "topic.closed-nolongerrelevant" => "closed a topic that no longer matters",
        "topic.closed-resolved" => "said that a topic was solved without a reply",
        "topic.moved" => "moved a topic to another board",
        "topic.closed-quiet" => "Closed automatically, since it was solved and nobody wrote for a while",
        "topic.split" => "moved posts from one topic to another",
        "topic.merged" => "merged another topic into this one",
        "topic.reopened" => "opened a topic again",
        "solution.accepted" => "accepted a solution",
        "solution.confirmed" => "said that what staff marked did solve it",
        "solution.disputed" => "said that what staff marked did not solve it",
        "solution.outdated" => "said that a solution no longer works",
        "solution.outdated-by-members" => "Members said that a solution no longer works",
        "solution.works" => "looked at a solution and found that it works",
        "solution.doubts-withdrawn" => "Members took back that a solution no longer works",
        "vote.taken-back" => "took back the upvotes of members for each other",
        "solution.unmarked" => "took the mark off a solution",
        "tag.created" => "made a tag",
        "tag.changed" => "described a tag",
        "tag.renamed" => "renamed a tag",
        "tag.merged" => "merged two tags",
        "tag.freed" => "took a synonym off a tag",
        "board.created" => "made a board",
        "board.changed" => "changed a board",
        "board.removed" => "took a board away",
        "board.tags" => "said which tags a board asks for",
        "role.granted" => "gave a role",
        "role.lines" => "said what stands beside the name of staff",
        "role.revoked" => "took a role away",
        "group.created" => "made a group",
        "group.changed" => "changed a group",
        "group.removed" => "took a group away",
        "group.rights" => "said what a group may do on a board",
        "group.joined" => "A member came into a group",
        "group.left" => "A member left a group",
        "member.warned" => "warned a member",
        "member.silenced" => "silenced a member",
        "member.unsilenced" => "let a member write again",
        "member.suspended" => "suspended a member",
        "member.unsuspended" => "lifted the suspension of a member",
        "member.noted" => "left a note on a member",
        "member.trusted" => "What they did here raised the trust of a member",
        "member.trust-lapsed" => "What they did not do any more lowered the trust of a member",
        "member.trust-set" => "set the trust of a member by hand",
        "member.trust-released" => "gave the trust of a member back to the rules",
        "badge.set" => "made or changed a badge",
        "badge.removed" => "took a badge away from everybody",
        "badge.given" => "gave a badge",
        "badge.taken" => "took a badge back",
        "synonyms.set" => "wrote a group of synonyms",
        "synonyms.removed" => "took a group of synonyms away",
        "token.created" => "made a token",
        "forum.set-up" => "set the forum up",
        "doctor.repaired" => "mended counters",
        _ => row.Deed,
    };
}
