package dev.realtime.hibernate.model;

import jakarta.persistence.AttributeOverride;
import jakarta.persistence.Column;
import jakarta.persistence.DiscriminatorColumn;
import jakarta.persistence.DiscriminatorValue;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.MappedSuperclass;
import java.math.BigDecimal;
import org.hibernate.annotations.CompositeType;
import org.hibernate.annotations.EmbeddableInstantiator;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.metamodel.spi.ValueAccess;
import org.hibernate.usertype.CompositeUserType;

/** Embeddables with subclasses, with a mapped superclass, with an instantiator or a type of the application. */
public final class MoreEmbeddables {

    private MoreEmbeddables() {}

    @Embeddable
    @DiscriminatorColumn(name = "shape_kind")
    public static class Shape {
        int size;
        String colour;
    }

    @Embeddable
    @DiscriminatorValue("square")
    public static class Square extends Shape {
        Integer side;
    }

    @Embeddable
    @DiscriminatorValue("circle")
    public static class Circle extends Shape {
        double radius;
    }

    @Entity(name = "Drawing")
    public static class Drawing {
        @Id
        int id;

        Shape shape;
        String title;
    }

    @MappedSuperclass
    public abstract static class Measured<N extends Number> {
        N amount;
        String unit;
    }

    @Embeddable
    public static class Length extends Measured<Integer> {
        boolean exact;
    }

    @Entity(name = "Plank")
    public static class Plank {
        @Id
        int id;

        @AttributeOverride(name = "amount", column = @Column(name = "length_amount"))
        Length length;
    }

    /** Without a setter or a constructor that Hibernate could call by itself. */
    @Embeddable
    @EmbeddableInstantiator(GradeInstantiator.class)
    public static class Grade {
        private final int points;
        private final String letter;

        public Grade(int points, String letter) {
            this.points = points;
            this.letter = letter;
        }

        public int getPoints() {
            return points;
        }

        public String getLetter() {
            return letter;
        }
    }

    /**
     * Written for Hibernate 6 and 7 at once, whose methods differ. Attributes come in the order of their names: letter,
     * points.
     */
    public static class GradeInstantiator implements org.hibernate.metamodel.spi.EmbeddableInstantiator {

        @Override
        public Object instantiate(ValueAccess values, SessionFactoryImplementor factory) {
            return instantiate(values);
        }

        public Object instantiate(ValueAccess values) {
            return new Grade(values.getValue(1, Integer.class), values.getValue(0, String.class));
        }

        @Override
        public boolean isInstance(Object object, SessionFactoryImplementor factory) {
            return isInstance(object);
        }

        public boolean isInstance(Object object) {
            return object instanceof Grade;
        }

        @Override
        public boolean isSameClass(Object object, SessionFactoryImplementor factory) {
            return isSameClass(object);
        }

        public boolean isSameClass(Object object) {
            return object.getClass() == Grade.class;
        }
    }

    @Entity(name = "Exam")
    public static class Exam {
        @Id
        int id;

        Grade grade;
    }

    /** An amount of some currency, as a library would have it. */
    public record Amount(BigDecimal value, String currency) {}

    public static class AmountType implements CompositeUserType<Amount> {

        /** Its attributes, in the order of their names. */
        public static class Shape {
            String currency;
            BigDecimal value;
        }

        @Override
        public Object getPropertyValue(Amount amount, int property) {
            return property == 0 ? amount.currency() : amount.value();
        }

        @Override
        public Amount instantiate(ValueAccess values, SessionFactoryImplementor factory) {
            return (Amount) instantiate(values);
        }

        /** As Hibernate 7 calls it: a compiler that knows 6 alone adds no bridge. */
        public Object instantiate(ValueAccess values) {
            return new Amount(values.getValue(1, BigDecimal.class), values.getValue(0, String.class));
        }

        @Override
        public Class<?> embeddable() {
            return Shape.class;
        }

        @Override
        public Class<Amount> returnedClass() {
            return Amount.class;
        }

        @Override
        public boolean equals(Amount one, Amount other) {
            return java.util.Objects.equals(one, other);
        }

        @Override
        public int hashCode(Amount amount) {
            return amount.hashCode();
        }

        @Override
        public Amount deepCopy(Amount amount) {
            return amount;
        }

        @Override
        public boolean isMutable() {
            return false;
        }

        @Override
        public java.io.Serializable disassemble(Amount amount) {
            return new String[] {amount.currency(), amount.value().toString()};
        }

        @Override
        public Amount assemble(java.io.Serializable cached, Object owner) {
            String[] parts = (String[]) cached;
            return new Amount(new BigDecimal(parts[1]), parts[0]);
        }

        @Override
        public Amount replace(Amount detached, Amount managed, Object owner) {
            return detached;
        }
    }

    @Entity(name = "Invoice")
    public static class Invoice {
        @Id
        int id;

        @CompositeType(AmountType.class)
        Amount total;
    }

    @Embeddable
    public static class Inner {
        String deep;
        Integer number;
    }

    @Embeddable
    public static class Middle {
        String text;
        Inner inner;
    }

    @Embeddable
    public static class Outer {
        Middle middle;

        @ManyToOne
        Embeddables.Country country;
    }

    @Entity(name = "Nest")
    public static class Nest {
        @Id
        int id;

        @Embedded
        Outer outer;

        @AttributeOverride(name = "deep", column = @Column(name = "other_deep"))
        @AttributeOverride(name = "number", column = @Column(name = "other_number"))
        Inner other;
    }

    @Embeddable
    public record Contact(
            String mail,
            @ManyToOne @JoinColumn(name = "contact_country") Embeddables.Country country) {}

    @Entity(name = "Member")
    public static class Member {
        @Id
        int id;

        Contact contact;
    }
}
