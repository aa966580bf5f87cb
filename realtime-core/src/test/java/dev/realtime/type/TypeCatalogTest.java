package dev.realtime.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.realtime.type.PgType.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

class TypeCatalogTest {

    private static final PgType HIGH = new PgType(0xffff_fff0, "public", "high", Kind.BASE, List.of(), ',');

    @Test
    void builtInTypesAreKnownWithTheirArrays() {
        TypeCatalog catalog = TypeCatalog.builtIn();
        assertThat(catalog.find(23)).map(PgType::qualifiedName).hasValue("pg_catalog.int4");
        assertThat(catalog.find(1007)).map(PgType::part).hasValue(23);
        assertThat(catalog.find(1020)).map(PgType::delimiter).hasValue(';');
        assertThat(catalog.knows(22)).isTrue();
        assertThat(catalog.find(22)).map(PgType::kind).hasValue(Kind.BASE);
        assertThat(catalog.knows(16_384)).isFalse();
        assertThat(catalog.find(16_384)).isEmpty();
    }

    @Test
    void noOidStandsTwiceInTheTable() {
        assertThat(BuiltInTypes.all()).extracting(PgType::oid).doesNotHaveDuplicates();
        assertThat(BuiltInTypes.all()).extracting(PgType::name).doesNotHaveDuplicates();
    }

    @Test
    void moreTypesMakeAnotherCatalogue() {
        TypeCatalog more = TypeCatalog.builtIn().with(List.of(HIGH));
        assertThat(more.knows(HIGH.oid())).isTrue();
        assertThat(more.knows(23)).isTrue();
        assertThat(TypeCatalog.builtIn().knows(HIGH.oid())).isFalse();
    }

    @Test
    void theLaterAnswerStands() {
        PgType renamed = new PgType(HIGH.oid(), "public", "renamed", Kind.ENUM, List.of(), ',');
        TypeCatalog catalog = TypeCatalog.builtIn().with(List.of(HIGH)).with(List.of(renamed));
        assertThat(catalog.find(HIGH.oid())).hasValue(renamed);
    }

    @Test
    void aTypeMustFitItsKind() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PgType(-1, "public", "broken", Kind.BASE, List.of(25), ','))
                .withMessageContaining("public.broken")
                .withMessageContaining("made of 1 types");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PgType(-1, "public", "broken", Kind.ARRAY, List.of(), ','));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PgType(-1, "public", "broken", Kind.DOMAIN, List.of(), ','));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PgType(-1, "public", "broken", Kind.ENUM, List.of(25), ','));
    }
}
