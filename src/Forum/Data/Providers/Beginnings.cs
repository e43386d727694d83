using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;

namespace Forum.Data.Providers;

/// <summary>Finds rows by the beginning of a text, through the index of its column.</summary>
internal static class Beginnings
{
    /// <summary>Sorts after whatever may follow.</summary>
    private const string Last = "\U0010FFFF";

    /// <summary>Whether a column begins so. SQLite takes no index for LIKE, which minds no case there, but for a range; where texts are sorted as languages do, a range is none of beginnings.</summary>
    public static Expression<Func<T, bool>> Begins<T>(this ForumDbContext db, Expression<Func<T, string?>> column, string beginning)
    {
        var end = beginning + Last;
        Expression<Func<string?, bool>> begins = db.Database.IsSqlite()
            ? text => string.Compare(text, beginning) >= 0 && string.Compare(text, end) < 0
            : text => text!.StartsWith(beginning);
        return Expression.Lambda<Func<T, bool>>(ReplacingExpressionVisitor.Replace(begins.Parameters[0], column.Body, begins.Body), column.Parameters);
    }
}
