package dev.realtime.internal.binding;

import dev.realtime.error.DecodingException;
import dev.realtime.internal.pgoutput.Relation;
import dev.realtime.internal.pgoutput.RelationColumn;
import dev.realtime.internal.pgoutput.Tuple;
import dev.realtime.type.TypeCatalog;
import dev.realtime.type.TypeDecoder;
import dev.realtime.type.TypeRegistry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The decoder of each column of one version of a relation. Immutable. */
final class RelationDecoders {

    private final Relation relation;
    private final TypeDecoder<?>[] decoders;

    RelationDecoders(Relation relation, TypeRegistry types, TypeCatalog catalog) {
        this.relation = relation;
        List<RelationColumn> columns = relation.columns();
        decoders = new TypeDecoder<?>[columns.size()];
        for (int i = 0; i < decoders.length; i++) {
            decoders[i] = types.decoder(columns.get(i).typeOid(), catalog);
        }
    }

    boolean isIdentity(int column) {
        return relation.columns().get(column).identity();
    }

    @Nullable
    Object decode(Tuple tuple, int column) {
        if (tuple.isNull(column)) {
            return null;
        }
        if (tuple.isBinary(column)) {
            throw new DecodingException(describe(column) + " came in binary format, which was not asked for");
        }
        try {
            return decoders[column].decode(tuple.bytes(), tuple.offset(column), tuple.length(column));
        } catch (DecodingException e) {
            throw new DecodingException(describe(column) + ": " + e.getMessage(), e);
        }
    }

    private String describe(int column) {
        return "Column \"" + relation.columns().get(column).name() + "\" of \"" + relation.schema() + "\".\""
                + relation.name() + "\"";
    }
}
