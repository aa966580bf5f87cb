package dev.realtime.internal.binding;

import dev.realtime.error.DecodingException;
import dev.realtime.internal.decoding.Decoders;
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
    private final TypeDecoder<?>[] ofText;
    private final TypeDecoder<?>[] ofBinary;

    RelationDecoders(Relation relation, TypeRegistry types, TypeCatalog catalog) {
        this.relation = relation;
        List<RelationColumn> columns = relation.columns();
        Decoders decoders = new Decoders(types, catalog);
        ofText = new TypeDecoder<?>[columns.size()];
        ofBinary = new TypeDecoder<?>[columns.size()];
        for (int i = 0; i < ofText.length; i++) {
            ofText[i] = decoders.ofText(columns.get(i).typeOid());
            ofBinary[i] = decoders.ofBinary(columns.get(i).typeOid());
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
        // In a binary stream too, what has no send function comes as text.
        TypeDecoder<?>[] decoders = tuple.isBinary(column) ? ofBinary : ofText;
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
