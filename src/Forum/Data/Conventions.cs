using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Metadata.Conventions;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Forum.Data;

/// <summary>Instants are UTC in memory and in the database; SQLite would give them back without a kind.</summary>
internal sealed class UtcConverter() : ValueConverter<DateTime, DateTime>(
    written => written.Kind == DateTimeKind.Local ? written.ToUniversalTime() : written,
    read => DateTime.SpecifyKind(read, DateTimeKind.Utc));

/// <summary>Nothing of ours is deleted by the database on its own: SQL Server refuses multiple cascade paths (error 1785), and rows of a forum are history. Identity's leaf tables keep theirs.</summary>
internal sealed class NoCascadeConvention : IModelFinalizingConvention
{
    public void ProcessModelFinalizing(IConventionModelBuilder modelBuilder, IConventionContext<IConventionModelBuilder> context)
    {
        foreach (var entity in modelBuilder.Metadata.GetEntityTypes())
            if (entity.ClrType.Assembly == typeof(NoCascadeConvention).Assembly)
                foreach (var key in entity.GetForeignKeys())
                    key.Builder.OnDelete(DeleteBehavior.NoAction);
    }
}
