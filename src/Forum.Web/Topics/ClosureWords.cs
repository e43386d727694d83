using Forum.Topics;

namespace Forum.Web.Topics;

/// <summary>What the reasons of a closure are called; keys of their translations.</summary>
public static class ClosureWords
{
    /// <summary>As a choice.</summary>
    public static string Name(this ClosureReason reason) => reason switch
    {
        ClosureReason.Duplicate => "Duplicate",
        ClosureReason.OffTopic => "Does not belong here",
        ClosureReason.NotEnoughDetail => "Not enough detail",
        ClosureReason.NoLongerRelevant => "No longer matters",
        ClosureReason.Quiet => "Closed by itself",
        _ => "Solved without a reply",
    };

    /// <summary>When to choose it.</summary>
    public static string Meaning(this ClosureReason reason) => reason switch
    {
        ClosureReason.Duplicate => "The same is asked in another topic. This one stays and leads there.",
        ClosureReason.OffTopic => "It belongs to another place. Say which, below.",
        ClosureReason.NotEnoughDetail => "Nobody can answer it as it stands. Say what is missing, below.",
        ClosureReason.NoLongerRelevant => "What it is about is gone or has changed.",
        _ => "It works now, and no reply was it. Say what did it, below.",
    };

    /// <summary>For who finds the topic closed: what it is, and what to do next.</summary>
    public static string Says(this ClosureReason reason) => reason switch
    {
        ClosureReason.Duplicate => "This topic is a duplicate and takes no more replies. Is your question another one? Ask it, and say how it differs.",
        ClosureReason.OffTopic => "This topic was closed because it does not belong here. Look for a board that it fits, and ask there.",
        ClosureReason.NotEnoughDetail => "This topic was closed because it says too little to be answered. Edit the question, then report it and ask for it to be opened again.",
        ClosureReason.NoLongerRelevant => "This topic was closed because it no longer matters. If it still happens to you, ask a new question.",
        ClosureReason.Quiet => "This topic is solved and was closed automatically when nobody wrote for a while. If it did not solve yours, ask a new question.",
        _ => "This is solved, and no reply was needed.",
    };
}
