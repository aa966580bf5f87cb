package dev.realtime.hibernate.model;

import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.MapsId;
import jakarta.persistence.OneToOne;
import java.io.Serializable;
import java.util.Objects;
import java.util.UUID;

/** Ids of every kind, and references to them. */
public final class Ids {

    private Ids() {}

    @Entity(name = "Device")
    public static class Device implements Serializable {
        private static final long serialVersionUID = 1L;

        @Id
        UUID id;

        String name;

        protected Device() {}

        public Device(UUID id, String name) {
            this.id = id;
            this.name = name;
        }

        public UUID getId() {
            return id;
        }
    }

    @Embeddable
    public static class SeatId implements Serializable {
        private static final long serialVersionUID = 1L;
        String hall;
        int number;

        protected SeatId() {}

        public SeatId(String hall, int number) {
            this.hall = hall;
            this.number = number;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof SeatId id && id.hall.equals(hall) && id.number == number;
        }

        @Override
        public int hashCode() {
            return Objects.hash(hall, number);
        }
    }

    @Entity(name = "Seat")
    public static class Seat {
        @EmbeddedId
        SeatId id;

        boolean taken;

        protected Seat() {}

        public Seat(SeatId id) {
            this.id = id;
        }
    }

    @Embeddable
    public record TicketId(String show, int number) {}

    /** Refers to an embedded id. */
    @Entity(name = "Ticket")
    public static class Ticket {
        @EmbeddedId
        TicketId id;

        @ManyToOne
        Seat seat;

        protected Ticket() {}

        public Ticket(TicketId id, Seat seat) {
            this.id = id;
            this.seat = seat;
        }
    }

    public static class PriceId implements Serializable {
        private static final long serialVersionUID = 1L;
        String product;
        int year;

        public PriceId() {}

        public PriceId(String product, int year) {
            this.product = product;
            this.year = year;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof PriceId id && id.product.equals(product) && id.year == year;
        }

        @Override
        public int hashCode() {
            return Objects.hash(product, year);
        }
    }

    @Entity(name = "Price")
    @IdClass(PriceId.class)
    public static class Price {
        @Id
        String product;

        @Id
        int year;

        int cents;

        protected Price() {}

        public Price(String product, int year, int cents) {
            this.product = product;
            this.year = year;
            this.cents = cents;
        }
    }

    public record LineId(PriceId price, int line) {}

    /** The id holds a reference to an entity whose id has parts itself. */
    @Entity(name = "Line")
    @IdClass(LineId.class)
    public static class Line {
        @Id
        @ManyToOne
        Price price;

        @Id
        int line;

        String note;

        protected Line() {}

        public Line(Price price, int line) {
            this.price = price;
            this.line = line;
        }
    }

    /** Refers to an id that holds a reference. */
    @Entity(name = "LineComment")
    public static class LineComment {
        @Id
        long id;

        @ManyToOne
        Line line;

        protected LineComment() {}

        public LineComment(long id, Line line) {
            this.id = id;
            this.line = line;
        }
    }

    public record OwnershipId(UUID device, long person) {}

    @Entity(name = "Ownership")
    @IdClass(OwnershipId.class)
    public static class Ownership {
        @Id
        @ManyToOne
        Device device;

        @Id
        @ManyToOne
        Person person;

        int share;

        protected Ownership() {}

        public Ownership(Device device, Person person, int share) {
            this.device = device;
            this.person = person;
            this.share = share;
        }
    }

    @Entity(name = "Profile")
    public static class Profile {
        @Id
        Long id;

        @MapsId
        @OneToOne
        Person person;

        String motto;

        protected Profile() {}

        public Profile(Person person, String motto) {
            this.person = person;
            this.motto = motto;
        }
    }

    @Embeddable
    public static class LoanId implements Serializable {
        private static final long serialVersionUID = 1L;
        UUID deviceId;
        int number;

        protected LoanId() {}

        public LoanId(int number) {
            this.number = number;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof LoanId id && Objects.equals(id.deviceId, deviceId) && id.number == number;
        }

        @Override
        public int hashCode() {
            return Objects.hash(deviceId, number);
        }
    }

    @Entity(name = "Loan")
    public static class Loan {
        @EmbeddedId
        LoanId id;

        @MapsId("deviceId")
        @ManyToOne
        Device device;

        protected Loan() {}

        public Loan(LoanId id, Device device) {
            this.id = id;
            this.device = device;
        }
    }

    /** Without an id class: the entity is its own id. */
    @Entity(name = "Cell")
    public static class Cell implements Serializable {
        private static final long serialVersionUID = 1L;

        @Id
        int x;

        @Id
        int y;

        String content;

        protected Cell() {}

        public Cell(int x, int y, String content) {
            this.x = x;
            this.y = y;
            this.content = content;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Cell cell && cell.x == x && cell.y == y;
        }

        @Override
        public int hashCode() {
            return Objects.hash(x, y);
        }
    }
}
