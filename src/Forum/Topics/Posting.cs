using Forum.Boards;
using Forum.Data;
using Forum.Rendering;
using Microsoft.EntityFrameworkCore;

namespace Forum.Topics;

/// <summary>What asking and replying share inside their transaction.</summary>
internal static class Posting
{
    /// <summary>The post that this key already made, if any: a double click or a retry reads as success.</summary>
    public static async Task<PostedPost?> EarlierAsync(this Deed deed, string? key, CancellationToken cancellation)
    {
        if (string.IsNullOrEmpty(key))
            return null;
        var memberId = deed.Actor.MemberId;
        return await deed.Db.Submissions.Where(s => s.MemberId == memberId && s.Key == KeyOf(key))
            .Join(deed.Db.Posts, s => s.PostId, p => p.Id, (s, p) => new PostedPost(p.TopicId, p.Topic.Slug, p.Id, p.Number))
            .SingleOrDefaultAsync(cancellation);
    }

    /// <summary>Stores a post, or a note, be it to wait or to stand, with the files it uses and the topics it leads to, and its submission.</summary>
    public static async Task<Post> AddPostAsync(this Deed deed, Rights rights, long topicId, int number, long? replyToId, Writing writing, string? key, HeldReason? held, CancellationToken cancellation)
    {
        var authorId = rights.MemberId!.Value;
        var post = new Post
        {
            TopicId = topicId,
            Number = number,
            AuthorId = authorId,
            ReplyToId = replyToId,
            Created = deed.Now,
            Markdown = writing.Markdown,
            Html = writing.Html,
            Text = writing.Text,
            RendererVersion = PostRenderer.Version,
            Visibility = number < 0 ? Visibility.StaffNote : held is null ? Visibility.Visible : Visibility.Held,
        };
        deed.Db.Posts.Add(post);
        await deed.Db.SaveChangesAsync(cancellation);
        if (held is { } reason)
            deed.Db.HeldPosts.Add(new HeldPost { PostId = post.Id, Reason = reason, Since = deed.Now });
        if (!string.IsNullOrEmpty(key))
            deed.Db.Submissions.Add(new Submission { MemberId = authorId, Key = KeyOf(key), PostId = post.Id, Created = deed.Now });
        await deed.UseFilesAsync(rights, post.Id, writing.Files, cancellation);
        if (writing.Leads.Count > 0)
            await deed.LeadAsync(post.Id, topicId, writing.Leads, cancellation);
        deed.Db.PostMentions.AddRange(writing.Mentions.Select(id => new PostMention { PostId = post.Id, MemberId = id }));
        return post;
    }

    /// <summary>Moves a member's number of posts; the member's row stays locked until the commit.</summary>
    public static Task CountPostOfAsync(this Deed deed, long memberId, int by, CancellationToken cancellation) =>
        deed.Db.Users.Where(m => m.Id == memberId).ExecuteUpdateAsync(set => set.SetProperty(m => m.Posts, m => m.Posts + by), cancellation);

    /// <summary>A hash, since a key may be of any length, and SQL Server would take "A" and "a" for the same.</summary>
    private static string KeyOf(string key) => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(key)));
}
