package dev.realtime.hibernate.model;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.MappedSuperclass;
import jakarta.persistence.MapsId;
import jakarta.persistence.OneToOne;
import java.io.Serializable;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.Objects;
import java.util.UUID;
import org.hibernate.annotations.UuidGenerator;

/** Ids of further types, generated ones, and ids that hold other ids. */
public final class MoreIds {

    private MoreIds() {}

    @Entity(name = "TextKeyed")
    public static class TextKeyed {
        @Id
        String id;

        String name;
    }

    @Entity(name = "NumberKeyed")
    public static class NumberKeyed {
        @Id
        BigInteger id;

        String name;
    }

    @Entity(name = "DayKeyed")
    public static class DayKeyed {
        @Id
        @Column(name = "day_of_key")
        LocalDate id;

        String name;
    }

    @Entity(name = "ShortKeyed")
    public static class ShortKeyed {
        @Id
        Short id;

        String name;
    }

    @Entity(name = "Counted")
    public static class Counted {
        @Id
        @GeneratedValue(strategy = GenerationType.IDENTITY)
        Long id;

        String name;
    }

    @Entity(name = "Sequenced")
    public static class Sequenced {
        @Id
        @GeneratedValue(strategy = GenerationType.SEQUENCE)
        long id;

        String name;
    }

    @Entity(name = "RandomlyKeyed")
    public static class RandomlyKeyed {
        @Id
        @UuidGenerator
        UUID id;

        String name;
    }

    @MappedSuperclass
    public abstract static class Keyed<K extends Serializable> {
        @EmbeddedId
        K id;
    }

    @Embeddable
    public static class Place implements Serializable {
        private static final long serialVersionUID = 1L;
        String country;
        int number;

        @Override
        public boolean equals(Object other) {
            return other instanceof Place place && place.number == number && Objects.equals(place.country, country);
        }

        @Override
        public int hashCode() {
            return Objects.hash(country, number);
        }
    }

    @Embeddable
    public record ShelfId(Place place, String letter) implements Serializable {}

    /** Its id has an embeddable in it. */
    @Entity(name = "Shelf")
    public static class Shelf {
        @EmbeddedId
        ShelfId id;

        String content;
    }

    @Embeddable
    public static class BoxId implements Serializable {
        private static final long serialVersionUID = 1L;
        int number;
        UUID deviceId;

        @Override
        public boolean equals(Object other) {
            return other instanceof BoxId id && id.number == number && Objects.equals(id.deviceId, deviceId);
        }

        @Override
        public int hashCode() {
            return Objects.hash(number, deviceId);
        }
    }

    /** The type of its id stands in the subclass. */
    @Entity(name = "Box")
    public static class Box extends Keyed<BoxId> {
        String content;
    }

    /** Shares a compound id with the shelf. */
    @Entity(name = "ShelfNote")
    public static class ShelfNote {
        @EmbeddedId
        ShelfId id;

        @OneToOne
        @MapsId
        Shelf shelf;

        String note;
    }

    /** Refers to a compound id that has an embeddable in it. */
    @Entity(name = "ShelfLabel")
    public static class ShelfLabel {
        @Id
        int id;

        @ManyToOne
        Shelf shelf;
    }

    public static class GradeId implements Serializable {
        private static final long serialVersionUID = 1L;
        String course;
        long student;

        @Override
        public boolean equals(Object other) {
            return other instanceof GradeId id && id.student == student && Objects.equals(id.course, course);
        }

        @Override
        public int hashCode() {
            return Objects.hash(course, student);
        }
    }

    /** Its id holds the id of another entity, and a value. */
    @Entity(name = "CourseGrade")
    @IdClass(GradeId.class)
    public static class CourseGrade {
        @Id
        @ManyToOne
        @JoinColumn(name = "course_code")
        TextKeyed course;

        @Id
        long student;

        Integer points;
    }

    /** Its id is another entity: without an id class it is its own id. */
    @Entity(name = "Passport")
    public static class Passport implements Serializable {
        private static final long serialVersionUID = 1L;

        @Id
        @OneToOne
        Ids.Device device;

        String number;

        @Override
        public boolean equals(Object other) {
            return other instanceof Passport passport && passport.device.getId().equals(device.getId());
        }

        @Override
        public int hashCode() {
            return device.getId().hashCode();
        }
    }
}
