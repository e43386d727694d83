using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using Forum.Data;

namespace Forum.Tests.Architecture;

/// <summary>The engine's compiled code: which type uses what, down to the bodies of its methods.</summary>
internal static class Code
{
    public static readonly Assembly Engine = typeof(ForumDbContext).Assembly;

    private const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> opCodes = typeof(OpCodes).GetFields().Select(f => (OpCode)f.GetValue(null)!).ToDictionary(o => o.Value);

    /// <summary>Everything the engine's own types use: who, and the member or type that is used.</summary>
    public static readonly ILookup<Type, MemberInfo> Uses = Engine.GetTypes().Where(t => !IsOfTheCompiler(t))
        .SelectMany(t => UsesOf(t).Select(used => (User: t, Used: used))).ToLookup(u => u.User, u => u.Used);

    /// <summary>The type as the source has it: closures and state machines belong to the type around them.</summary>
    public static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    /// <summary>The room of a type of the engine: the part of its namespace after Forum, "" for the root; null for types of others.</summary>
    public static string? Room(Type type) => type.Assembly != Engine ? null : type.Namespace is { } space && space.StartsWith("Forum.", StringComparison.Ordinal) ? space.Split('.')[1] : "";

    /// <summary>The types that a used member brings along.</summary>
    public static IEnumerable<Type> TypesOf(MemberInfo used) => Parts(used switch
    {
        Type type => [type],
        FieldInfo field => [field.DeclaringType!, field.FieldType],
        MethodInfo method => [method.DeclaringType!, method.ReturnType, .. method.GetParameters().Select(p => p.ParameterType), .. method.IsGenericMethod ? method.GetGenericArguments() : []],
        MethodBase method => [method.DeclaringType!, .. method.GetParameters().Select(p => p.ParameterType)],
        _ => [],
    });

    private static bool IsOfTheCompiler(Type type) => Outermost(type).GetCustomAttribute<CompilerGeneratedAttribute>() is not null || Outermost(type).Name.StartsWith('<');

    private static IEnumerable<Type> Parts(IEnumerable<Type?> types) => types.OfType<Type>().SelectMany(t =>
        t.HasElementType ? Parts([t.GetElementType()]) : t.IsGenericType ? [t.GetGenericTypeDefinition(), .. Parts(t.GetGenericArguments())] : t.IsGenericParameter ? [] : (Type[])[t]);

    private static IEnumerable<MemberInfo> UsesOf(Type type)
    {
        if (type.BaseType is { } parent)
            yield return parent;
        foreach (var contract in type.GetInterfaces())
            yield return contract;
        foreach (var field in type.GetFields(All))
            yield return field.FieldType;
        foreach (var method in type.GetMethods(All).Cast<MethodBase>().Concat(type.GetConstructors(All)))
        {
            yield return method;
            foreach (var used in InBody(method))
                yield return used;
        }
    }

    private static IEnumerable<MemberInfo> InBody(MethodBase method)
    {
        if (method.GetMethodBody() is not { } body)
            yield break;
        foreach (var local in body.LocalVariables)
            yield return local.LocalType;
        var il = body.GetILAsByteArray()!;
        var ofType = method.DeclaringType!.IsGenericType ? method.DeclaringType.GetGenericArguments() : null;
        var ofMethod = method.IsGenericMethod ? method.GetGenericArguments() : null;
        for (var at = 0; at < il.Length;)
        {
            var code = il[at] == 0xFE ? opCodes[(short)(0xFE00 | il[at + 1])] : opCodes[il[at]];
            at += code.Size;
            if (code.OperandType is OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType or OperandType.InlineTok
                && method.Module.ResolveMember(BitConverter.ToInt32(il, at), ofType, ofMethod) is { } used)
                yield return used;
            at += code.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + 4 * BitConverter.ToInt32(il, at),
                _ => 4,
            };
        }
    }
}
