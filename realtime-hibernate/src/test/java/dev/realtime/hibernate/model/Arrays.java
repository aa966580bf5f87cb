package dev.realtime.hibernate.model;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** Arrays and collections of basic values, each in one column. */
public final class Arrays {

    private Arrays() {}

    @Entity(name = "PrimitiveArrays")
    public static class Primitives {
        @Id
        int id;

        boolean[] booleans;
        short[] shorts;
        int[] ints;
        long[] longs;
        float[] floats;
        double[] doubles;
        Boolean[] boxedBooleans;
        Short[] boxedShorts;
        Integer[] boxedInts;
        Long[] boxedLongs;
        Float[] boxedFloats;
        Double[] boxedDoubles;
    }

    @Entity(name = "ObjectArrays")
    public static class Objects {
        @Id
        int id;

        String[] strings;
        BigDecimal[] decimals;
        UUID[] uuids;
        LocalDate[] dates;
        LocalTime[] times;
        LocalDateTime[] locals;
        Instant[] instants;
        OffsetDateTime[] offsets;
        byte[][] bytes;
        Basics.Size[] ordinals;

        @Enumerated(EnumType.STRING)
        Basics.Size[] texts;
    }

    @Entity(name = "BasicCollections")
    public static class Collections {
        @Id
        int id;

        List<Integer> ints;
        List<String> strings;
        Set<Long> longs;
        SortedSet<String> sorted;
        Collection<UUID> uuids;
        List<Boolean> booleans;
        List<Double> doubles;
        Set<BigDecimal> decimals;
        List<LocalDate> dates;
        List<LocalTime> times;
        List<LocalDateTime> locals;
        List<Instant> instants;
        List<Basics.Size> ordinals;

        @Enumerated(EnumType.STRING)
        Set<Basics.Size> texts;

        @JdbcTypeCode(SqlTypes.JSON)
        List<String> asJson;
    }
}
