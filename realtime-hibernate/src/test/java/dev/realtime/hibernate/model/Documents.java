package dev.realtime.hibernate.model;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.Struct;
import org.hibernate.type.SqlTypes;

/** Whole objects in one column: JSON, composite types, XML. */
public final class Documents {

    private Documents() {}

    /** A class as Jackson reads it. */
    public static class Card {
        public String title;
        public int rank;
        public List<String> tags;
        public Map<String, Integer> marks;

        @Override
        public boolean equals(Object other) {
            return other instanceof Card card
                    && Objects.equals(card.title, title)
                    && card.rank == rank
                    && Objects.equals(card.tags, tags)
                    && Objects.equals(card.marks, marks);
        }

        @Override
        public int hashCode() {
            return Objects.hash(title, rank, tags, marks);
        }
    }

    @Entity(name = "JsonDocuments")
    public static class Jsons {
        @Id
        int id;

        @JdbcTypeCode(SqlTypes.JSON)
        Card card;

        @JdbcTypeCode(SqlTypes.JSON)
        List<Card> cards;

        @JdbcTypeCode(SqlTypes.JSON)
        Map<String, Object> map;

        @JdbcTypeCode(SqlTypes.JSON)
        Map<String, Point> points;

        @JdbcTypeCode(SqlTypes.JSON)
        @Column(columnDefinition = "json")
        Point asJsonNotJsonb;

        @JdbcTypeCode(SqlTypes.JSON)
        int[] numbers;
    }

    @Embeddable
    public static class Part {
        String name;
        BigDecimal weight;
        LocalDate made;
        UUID serial;
        byte[] seal;
        Basics.Size size;
        int[] marks;
    }

    @Embeddable
    public static class Assembly {
        String title;
        boolean tested;
        Part inner;
    }

    @Embeddable
    public record Dot(int across, Integer down, String label) {}

    @Entity(name = "JsonAggregates")
    public static class JsonAggregates {
        @Id
        int id;

        @JdbcTypeCode(SqlTypes.JSON)
        Part part;

        @JdbcTypeCode(SqlTypes.JSON)
        Dot dot;
    }

    @Entity(name = "JsonNested")
    public static class JsonNested {
        @Id
        int id;

        @JdbcTypeCode(SqlTypes.JSON)
        Assembly assembly;
    }

    @Embeddable
    @Struct(name = "tag_type")
    public static class Tag {
        String name;
        Integer number;
        BigDecimal price;
        LocalDate since;
        boolean valid;
    }

    @Embeddable
    @Struct(name = "spot_type")
    public record Spot(int across, String label) {}

    @Embeddable
    @Struct(name = "crate_type")
    public static class Crate {
        String name;
        Spot spot;
    }

    @Entity(name = "Structs")
    public static class Structs {
        @Id
        int id;

        Tag tag;
        Spot spot;
    }

    @Entity(name = "NestedStructs")
    public static class NestedStructs {
        @Id
        int id;

        Crate crate;
    }

    @Entity(name = "XmlTexts")
    public static class XmlTexts {
        @Id
        int id;

        @JdbcTypeCode(SqlTypes.SQLXML)
        String xml;
    }

    @Embeddable
    public static class Label {
        String name;
        int copies;
    }

    @Entity(name = "XmlAggregates")
    public static class XmlAggregates {
        @Id
        int id;

        @JdbcTypeCode(SqlTypes.SQLXML)
        Label label;
    }
}
