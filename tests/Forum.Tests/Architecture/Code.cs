using System.Reflection;
using System.Runtime.CompilerServices;
using Forum.Data;

namespace Forum.Tests.Architecture;

/// <summary>The engine's compiled code: which type uses what, down to the bodies of its methods.</summary>
internal static class Code
{
    public static readonly Assembly Engine = typeof(ForumDbContext).Assembly;

    /// <summary>Everything the engine's own types use: who, and the member or type that is used.</summary>
    public static readonly ILookup<Type, MemberInfo> Uses = UsesIn(Engine);

    /// <summary>The same of any assembly.</summary>
    public static ILookup<Type, MemberInfo> UsesIn(Assembly assembly) => assembly.GetTypes().Where(t => !IsOfTheCompiler(t))
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
        foreach (var field in type.GetFields(Il.All))
            yield return field.FieldType;
        foreach (var method in Il.MethodsOf(type))
        {
            yield return method;
            foreach (var local in method.GetMethodBody()?.LocalVariables ?? [])
                yield return local.LocalType;
            foreach (var (_, operand) in Il.Instructions(method))
                if (operand is MemberInfo used)
                    yield return used;
        }
    }
}
