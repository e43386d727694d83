namespace Forum.Rendering.Highlighting;

/// <summary>A language, by all of its names.</summary>
internal sealed record Language(string Names, Lazy<Grammar> Grammar);

/// <summary>The list of languages.</summary>
internal static class Languages
{
    private const string CConstants = "true false null nullptr NULL";

    private static readonly (string, string)[] stars = [("/*", "*/")];
    private static readonly string[] slashes = ["//"];
    private static readonly string[] hash = ["#"];

    private static readonly Quote text = new("\"", "\"");
    private static readonly Quote prime = new("'", "'");
    private static readonly Quote plainText = new("\"", "\"", Escape: null);
    private static readonly Quote plainPrime = new("'", "'", Escape: null);
    private static readonly Quote template = new("`", "`", Lines: true);
    private static readonly Quote tripleText = new("\"\"\"", "\"\"\"", Lines: true);
    private static readonly Quote triplePrime = new("'''", "'''", Lines: true);

    public static readonly IReadOnlyList<Language> All =
    [
        new("c h", new(() => C(""))),
        new("cpp c++ cc cxx hpp arduino cuda", new(() => C(Cpp))),
        new("objectivec objective-c objc mm", new(() => C("@interface @implementation @protocol @property @end @class @selector @import @synthesize @try @catch @throw id self super nil YES NO BOOL in nonatomic strong weak copy"))),
        new("csharp cs c# dotnet", new(CSharp)),
        new("fsharp fs f#", new(FSharp)),
        new("vb vbnet vba vbscript", new(VisualBasic)),
        new("java", new(() => Jvm("abstract assert boolean break byte case catch char class const continue default do double else enum extends final finally float for goto if implements import instanceof int interface long native new non-sealed package permits private protected public record return sealed short static strictfp super switch synchronized this throw throws transient try var void volatile when while yield", [tripleText, text]))),
        new("kotlin kt kts", new(() => Jvm("abstract actual annotation as break by catch class companion const constructor continue crossinline data do dynamic else enum expect external final finally for fun get if import in infix init inline inner interface internal is lateinit noinline object open operator out override package private protected public reified return sealed set super suspend tailrec this throw try typealias val var vararg when where while", [tripleText, text]))),
        new("scala", new(() => Jvm("abstract case catch class def derives do else enum export extends extension final finally for forSome given if implicit import infix inline lazy match new object opaque open override package private protected return sealed super then this throw trait transparent try type using val var while with yield", [tripleText, text]))),
        new("groovy gradle", new(() => Jvm("abstract as assert boolean break byte case catch char class continue def default do double else enum extends final finally float for if implements import in instanceof int interface long native new package private protected public return short static super switch synchronized this throw throws trait transient try var void volatile while", [tripleText, triplePrime, text, prime], chars: false))),
        new("javascript js jsx mjs cjs node", new(() => Script(""))),
        new("typescript ts tsx mts cts", new(() => Script("abstract any as asserts bigint boolean declare enum implements infer interface is keyof module namespace never number object override private protected public readonly require satisfies string symbol type unique unknown"))),
        new("dart", new(() => new ProgramGrammar("abstract as assert async await base break case catch class const continue covariant default deferred do dynamic else enum export extends extension external factory final finally for Function get hide if implements import in interface is late library mixin new on operator part required rethrow return sealed set show static super switch sync this throw try typedef var void when while with yield int double num bool", CConstants, [tripleText, triplePrime, text, prime]) { LineComments = slashes, BlockComments = stars, Annotations = "@", CapitalTypes = true })),
        new("python py py3 python3 pycon ipython", new(Python)),
        new("go golang", new(() => new ProgramGrammar("break case chan const continue default defer else fallthrough for func go goto if import interface map package range return select struct switch type var any bool byte comparable complex64 complex128 error float32 float64 int int8 int16 int32 int64 rune string uint uint8 uint16 uint32 uint64 uintptr", "true false nil iota", [text, new("`", "`", Escape: null, Lines: true)]) { LineComments = slashes, BlockComments = stars, CharLiterals = true })),
        new("rust rs", new(() => new ProgramGrammar("as async await break const continue crate dyn else enum extern fn for if impl in let loop match mod move mut pub ref return self Self static struct super trait type union unsafe use where while bool char f32 f64 i8 i16 i32 i64 i128 isize str u8 u16 u32 u64 u128 usize", "true false None", [new("r#\"", "\"#", Escape: null, Lines: true), new("r\"", "\"", Escape: null, Lines: true), text with { Lines = true }]) { LineComments = slashes, BlockComments = stars, CharLiterals = true, CapitalTypes = true, Annotations = "#" })),
        new("swift", new(() => new ProgramGrammar("actor any as associatedtype async await break case catch class continue convenience default defer deinit didSet do dynamic else enum extension fallthrough fileprivate final for func get guard if import in indirect infix init inout internal is isolated lazy let mutating nonisolated open operator optional override postfix precedencegroup prefix private protocol public repeat required rethrows return self Self set some static struct subscript super switch throw throws try typealias unowned var weak where while willSet", "true false nil", [tripleText, text]) { LineComments = slashes, BlockComments = stars, CapitalTypes = true, Annotations = "@#" })),
        new("php", new(() => new ProgramGrammar("abstract and array as break callable case catch class clone const continue declare default do echo else elseif empty enddeclare endfor endforeach endif endswitch endwhile enum extends final finally fn for foreach function global goto if implements include include_once instanceof insteadof interface isset list match namespace new or print private protected public readonly require require_once return self static switch throw trait try unset use var void while xor yield bool float int iterable mixed never object parent string", "true false null", ignoreCase: true) { LineComments = ["//", "#"], BlockComments = stars, Sigils = "$", CapitalTypes = true })),
        new("ruby rb irb rails", new(() => new ProgramGrammar("BEGIN END alias and attr_accessor attr_reader attr_writer begin break case class def defined? do else elsif end ensure extend for if in include module next not or private protected public raise redo require require_relative rescue retry return self super then undef unless until when while yield", "true false nil", [text with { Lines = true }, prime with { Lines = true }, new("`", "`")]) { LineComments = hash, BlockComments = [("=begin", "=end")], Sigils = "@$", NameSigns = "?!", CapitalTypes = true, Patterns = true })),
        new("perl pl", new(() => new ProgramGrammar("and cmp continue die do each else elsif eq eval exists for foreach ge given goto grep gt if keys last le local lt map my ne next no not or our package print push qw redo require return say shift sort split state sub undef unless until use values wantarray warn when while x xor", "", [text with { Lines = true }, prime with { Lines = true }, new("`", "`")]) { LineComments = hash, BlockComments = [("=pod", "=cut"), ("=head", "=cut")], Sigils = "$@%", CapitalTypes = true, Patterns = true })),
        new("lua luau", new(() => new ProgramGrammar("and break do else elseif end for function goto if in local not or repeat return then until while", "true false nil", [new("[[", "]]", Escape: null, Lines: true), text, prime]) { LineComments = ["--"], BlockComments = [("--[[", "]]")] })),
        new("r rlang", new(() => new ProgramGrammar("break else for function if in library next repeat require return while", "TRUE FALSE NULL NA NaN Inf T F", [text with { Lines = true }, prime with { Lines = true }]) { LineComments = hash, NameSigns = "." })),
        new("julia jl", new(() => new ProgramGrammar("abstract baremodule begin break catch const continue do else elseif end export finally for function global if import in isa let local macro module mutable primitive quote return struct try type using where while", "true false nothing missing Inf NaN", [tripleText, text]) { LineComments = hash, BlockComments = [("#=", "=#")], CharLiterals = true, CapitalTypes = true, Annotations = "@", NameSigns = "!" })),
        new("matlab octave", new(() => new ProgramGrammar("break case catch classdef continue else elseif end endfor endfunction endif endwhile enumeration events for function global if methods otherwise parfor persistent properties return spmd switch try while", "true false Inf NaN pi", [plainText, plainPrime]) { LineComments = ["%", "#"], BlockComments = [("%{", "%}")], PrimeIsOperator = true })),
        new("haskell hs", new(() => new ProgramGrammar("as case class data default deriving do else family forall foreign hiding if import in infix infixl infixr instance let mdo module newtype of qualified then type where", "True False Nothing", [text]) { LineComments = ["--"], BlockComments = [("{-", "-}")], CharLiterals = true, CapitalTypes = true })),
        new("elixir ex exs", new(() => new ProgramGrammar("after alias and case catch cond def defdelegate defexception defguard defimpl defmacro defmodule defp defprotocol defstruct do else end fn for if import in not or quote raise receive require rescue reraise throw try unless unquote use when with", "true false nil", [tripleText, text, prime]) { LineComments = hash, CapitalTypes = true, Annotations = "@", NameSigns = "?!" })),
        new("clojure clj lisp scheme elisp", new(() => new ProgramGrammar("and case cond def defmacro defmethod defmulti defn defn- defprotocol defrecord defun defvar do doseq dosync dotimes fn for if if-let if-not lambda let loop ns or quote recur require setq throw try when when-let while", "true false nil t", [text with { Lines = true }]) { LineComments = [";"], NameSigns = "-?!*+/<>=.:&", Calls = false })),
        new("pascal delphi", new(() => new ProgramGrammar("and array as asm begin case class const constructor destructor div do downto else end except exports file finalization finally for function goto if implementation in inherited initialization inline interface is label library mod not object of on operator or out override packed private procedure program property protected public published raise record repeat resourcestring set shl shr string then threadvar to try type unit until uses var virtual while with xor", "true false nil", [plainPrime], ignoreCase: true) { LineComments = slashes, BlockComments = [("{", "}"), ("(*", "*)")] })),
        new("fortran f90", new(() => new ProgramGrammar("allocatable allocate call case character complex contains continue cycle deallocate dimension do else elseif end enddo endif exit function if implicit in inout integer intent interface logical module none only open out parameter print program public private read real recursive result return select stop subroutine then type use where while write", "", [plainText, plainPrime], ignoreCase: true) { LineComments = ["!"] })),
        new("sql mysql pgsql postgres postgresql plsql tsql t-sql sqlite mssql", new(Sql)),
        new("bash sh shell zsh ksh console shell-session terminal", new(Shell)),
        new("powershell ps ps1 pwsh", new(() => new ProgramGrammar("begin break catch class continue data do dynamicparam else elseif end enum exit filter finally for foreach from function hidden if in param process return static switch throw trap try until using while -eq -ne -gt -ge -lt -le -like -notlike -match -notmatch -contains -notcontains -in -notin -and -or -not -is -as -replace -split -join", "", [new("@\"", "\"@", Escape: null, Lines: true), new("@'", "'@", Escape: null, Lines: true), text with { Escape = '`', Lines = true }, plainPrime with { Lines = true }], ignoreCase: true) { LineComments = hash, BlockComments = [("<#", "#>")], Sigils = "$", NameSigns = "-" })),
        new("batch bat cmd dos", new(() => new ProgramGrammar("call cd chdir cls copy defined del dir do echo else endlocal equ errorlevel exist exit for geq goto gtr if in leq lss md mkdir move neq not off on path pause popd pushd rd ren rmdir set setlocal shift start title type xcopy", "nul", [plainText], ignoreCase: true) { LineComments = ["rem", "::"] })),
        new("dockerfile docker containerfile", new(() => new ProgramGrammar("ADD ARG AS CMD COPY ENTRYPOINT ENV EXPOSE FROM HEALTHCHECK LABEL MAINTAINER ONBUILD RUN SHELL STOPSIGNAL USER VOLUME WORKDIR") { LineComments = hash, Sigils = "$", Calls = false })),
        new("makefile make mk cmake", new(() => new ProgramGrammar("define else elseif endef endforeach endfunction endif endmacro export foreach function if ifdef ifeq ifndef ifneq include macro override set unexport vpath .PHONY", "ON OFF TRUE FALSE") { LineComments = hash, Sigils = "$", Labels = true, NameSigns = ".-" })),
        new("hcl terraform tf", new(() => new ProgramGrammar("data dynamic for for_each if import in locals module moved output provider provisioner resource terraform variable", "true false null", [text]) { LineComments = ["#", "//"], BlockComments = stars })),
        new("nginx nginxconf", new(() => new ProgramGrammar("alias allow break deny error_page events http if include index listen location map proxy_pass proxy_set_header return rewrite root server server_name set ssl_certificate ssl_certificate_key try_files upstream worker_processes", "on off") { LineComments = hash, Sigils = "$", Calls = false })),
        new("graphql gql", new(() => new ProgramGrammar("directive enum extend fragment implements input interface mutation on query repeatable scalar schema subscription type union", "true false null", [tripleText, text]) { LineComments = hash, Sigils = "$", Annotations = "@", CapitalTypes = true })),
        new("protobuf proto", new(() => new ProgramGrammar("bool bytes double enum extend fixed32 fixed64 float import int32 int64 map message oneof option optional package repeated required reserved returns rpc service sfixed32 sfixed64 sint32 sint64 stream string syntax to uint32 uint64", "true false") { LineComments = slashes, BlockComments = stars, CapitalTypes = true })),
        new("json json5 jsonc ndjson", new(() => new ProgramGrammar("", "true false null Infinity NaN", [text, prime]) { LineComments = slashes, BlockComments = stars, Keys = true })),
        new("yaml yml", new(() => new PairsGrammar(":"))),
        new("toml", new(() => new PairsGrammar("="))),
        new("ini cfg conf properties env dotenv editorconfig systemd", new(() => new PairsGrammar("=:", "#;"))),
        new("html htm xhtml vue svelte razor cshtml aspx", new(Html)),
        new("xml xaml svg rss atom xsl csproj props plist", new(() => new MarkupGrammar())),
        new("css", new(() => new StyleGrammar())),
        new("scss sass less", new(() => new StyleGrammar(lineComments: true))),
        new("diff patch", new(() => new DiffGrammar())),
    ];

    private const string Cpp = "alignas alignof and bool catch char8_t char16_t char32_t class co_await co_return co_yield concept consteval constexpr constinit const_cast decltype delete dynamic_cast explicit export final friend import module mutable namespace new noexcept not operator or override private protected public reinterpret_cast requires static_assert static_cast template this thread_local throw try typeid typename using virtual wchar_t xor";

    private static ProgramGrammar C(string more) => new(
        "auto bool break case char const continue default do double else enum extern float for goto if inline int int8_t int16_t int32_t int64_t long register restrict return short signed size_t sizeof static struct switch typedef uint8_t uint16_t uint32_t uint64_t union unsigned void volatile while " + more,
        CConstants, [new("R\"(", ")\"", Escape: null, Lines: true), text])
    { LineComments = slashes, BlockComments = stars, CharLiterals = true, Preprocessor = true, CapitalTypes = more.Length > 0, NameSigns = more.Contains('@') ? "@" : "" };

    private static ProgramGrammar CSharp() => new(
        "abstract add alias and as ascending async await base bool break by byte case catch char checked class const continue decimal default delegate descending do double dynamic else enum equals event explicit extension extern field file finally fixed float for foreach from get global goto group if implicit in init int interface internal into is join let lock long nameof namespace new nint not notnull nuint object on operator or orderby out override params partial private protected public readonly record ref remove required return sbyte scoped sealed select set short sizeof stackalloc static string struct switch this throw try typeof uint ulong unchecked unmanaged unsafe ushort using value var virtual void volatile when where while with yield",
        "true false null",
        [new("$\"\"\"", "\"\"\"", Escape: null, Lines: true), tripleText with { Escape = null }, new("$@\"", "\"", Escape: null, Lines: true), new("@$\"", "\"", Escape: null, Lines: true), new("@\"", "\"", Escape: null, Lines: true), new("$\"", "\""), text])
    { LineComments = slashes, BlockComments = stars, CharLiterals = true, Preprocessor = true, CapitalTypes = true };

    private static ProgramGrammar FSharp() => new(
        "abstract and as assert async base begin class default delegate do done downcast downto elif else end exception extern finally fixed for fun function global if in inherit inline interface internal lazy let match member module mutable namespace new not of open or override private public rec return select static struct task then to try type upcast use val void when while with yield",
        "true false null None", [tripleText, new("@\"", "\"", Escape: null, Lines: true), new("$\"", "\""), text])
    { LineComments = slashes, BlockComments = [("(*", "*)")], CharLiterals = true, CapitalTypes = true };

    private static ProgramGrammar VisualBasic() => new(
        "AddHandler AddressOf Alias And AndAlso As Async Await Boolean ByRef Byte ByVal Call Case Catch Class Const Continue Date Decimal Declare Default Delegate Dim Do Double Each Else ElseIf End Enum Error Event Exit Finally For Friend Function Get Global GoTo Handles If Implements Imports In Inherits Integer Interface Is IsNot Let Lib Like Long Loop Me Mod Module MustInherit MustOverride MyBase MyClass Namespace New Next Not NotInheritable NotOverridable Object Of On Operator Option Optional Or OrElse Overloads Overridable Overrides ParamArray Partial Private Property Protected Public RaiseEvent ReadOnly ReDim RemoveHandler Resume Return Select Set Shadows Shared Short Single Static Step Stop String Structure Sub SyncLock Then Throw To Try Using Variant Wend When While With WithEvents WriteOnly Xor",
        "True False Nothing Null Empty", [plainText], ignoreCase: true)
    { LineComments = ["'", "rem"] };

    private static ProgramGrammar Jvm(string keywords, Quote[] quotes, bool chars = true) => new(keywords, "true false null", quotes)
    { LineComments = slashes, BlockComments = stars, CharLiterals = chars, CapitalTypes = true, Annotations = "@", NameSigns = "$" };

    private static ProgramGrammar Script(string more) => new(
        "async await break case catch class const continue debugger default delete do else export extends finally for from function get if import in instanceof let new of return set static super switch this throw try typeof var void while with yield " + more,
        "true false null undefined NaN Infinity", [template, text, prime])
    { LineComments = slashes, BlockComments = stars, NameSigns = "$#", CapitalTypes = true, Annotations = "@", Patterns = true };

    private static ProgramGrammar Python() => new(
        "and as assert async await break case class continue def del elif else except finally for from global if import in is lambda match nonlocal not or pass raise return try while with yield self cls",
        "True False None",
        [.. from prefix in (string[])["", "f", "r", "b", "u", "F", "R", "B", "rb", "br", "fr", "rf"]
            from quote in (Quote[])[tripleText, triplePrime, text, prime]
            orderby quote.Open.Length descending
            select quote with { Open = prefix + quote.Open }])
    { LineComments = hash, Annotations = "@", CapitalTypes = true };

    private static ProgramGrammar Sql() => new(
        "add all alter analyze and any as asc auto_increment authorization backup before begin between bigint binary bit boolean by cascade case cast char character check clustered collate column commit constraint create cross cube current cursor database date datetime datetime2 decimal declare default delete deny desc describe distinct double drop each else elsif end escape except exec execute exists explain fetch first float for foreign from full function go grant group grouping having identity if ignore ilike in index inner insert int integer intersect into is join json jsonb key lateral left like limit loop merge natural next no nocheck nonclustered not nvarchar of off offset on only open option or order outer over partition pivot precision primary print procedure raise real recursive references regexp rename replace restrict returning returns revoke right rollback row rows savepoint schema select sequence serial set show similar smallint some start table temporary temp text then time timestamp tinyint to top transaction trigger truncate type union unique unpivot update use user using uuid values varbinary varchar view when where while window with within without xml",
        "true false null unknown", [new("N'", "'", Escape: null, Lines: true), plainPrime with { Lines = true }, plainText, new("$$", "$$", Escape: null, Lines: true), new("`", "`", Escape: null)], ignoreCase: true)
    { LineComments = ["--"], BlockComments = stars, Annotations = "@" };

    private static ProgramGrammar Shell() => new(
        "alias break case continue declare do done elif else esac eval exec exit export fi for function if in local readonly return select set shift source sudo then time trap typeset unset until while cd echo printf read test",
        "true false", [text with { Lines = true }, plainPrime with { Lines = true }, new("`", "`")])
    { LineComments = hash, Sigils = "$", NameSigns = "-.", Calls = false };

    private static MarkupGrammar Html() => new(Script(""), new StyleGrammar());
}
