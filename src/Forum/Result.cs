using System.Diagnostics.CodeAnalysis;

namespace Forum;

/// <summary>What a deed gives back: its value, or the forum's refusal.</summary>
public sealed class Result<T>
{
    private Result(T? value, Refusal? refusal)
    {
        Value = value;
        Refusal = refusal;
    }

    public T? Value { get; }

    public Refusal? Refusal { get; }

    /// <summary>True, and <paramref name="value"/> set, when the deed was done; otherwise <paramref name="refusal"/> says why not.</summary>
    public bool Is([MaybeNullWhen(false)] out T value, [MaybeNullWhen(true)] out Refusal refusal)
    {
        value = Value;
        refusal = Refusal;
        return refusal is null;
    }

    /// <summary>The value of a deed that cannot have been refused; throws with the refusal's words otherwise.</summary>
    public T Required => Refusal is null ? Value! : throw new InvalidOperationException(Refusal.ToString());

    /// <summary>For values of an interface type, which no operator converts.</summary>
    public static Result<T> Of(T value) => new(value, null);

    public static implicit operator Result<T>(T value) => new(value, null);

    public static implicit operator Result<T>(Refusal refusal) => new(default, refusal);
}

/// <summary>The value of a deed that has nothing to tell but that it was done.</summary>
public readonly record struct Done;
