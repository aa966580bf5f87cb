package dev.realtime.hibernate.model;

import jakarta.persistence.Column;
import jakarta.persistence.DiscriminatorType;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToOne;
import org.hibernate.annotations.Any;
import org.hibernate.annotations.AnyDiscriminator;
import org.hibernate.annotations.AnyDiscriminatorValue;
import org.hibernate.annotations.AnyKeyJavaClass;
import org.hibernate.annotations.NotFound;
import org.hibernate.annotations.NotFoundAction;

/** To-one associations of every kind. */
public final class Links {

    private Links() {}

    @Entity(name = "Anchor")
    public static class Anchor {
        @Id
        int id;

        String name;
    }

    @Entity(name = "Linked")
    public static class Linked {
        @Id
        int id;

        @ManyToOne(fetch = FetchType.LAZY)
        Anchor lazy;

        @ManyToOne
        Anchor eager;

        @OneToOne(fetch = FetchType.LAZY)
        Anchor only;

        @ManyToOne
        @JoinColumn(name = "price_product", referencedColumnName = "product")
        @JoinColumn(name = "price_year", referencedColumnName = "year")
        Ids.Price price;

        @ManyToOne(fetch = FetchType.LAZY)
        Hierarchies.Animal animal;

        @ManyToOne(fetch = FetchType.LAZY)
        Linked itself;
    }

    @Entity(name = "Tolerant")
    public static class Tolerant {
        @Id
        int id;

        @ManyToOne
        @NotFound(action = NotFoundAction.IGNORE)
        Anchor anchor;
    }

    @Entity(name = "AnyHolder")
    public static class AnyHolder {
        @Id
        int id;

        @Any(fetch = FetchType.LAZY)
        @AnyKeyJavaClass(Integer.class)
        @AnyDiscriminator(DiscriminatorType.STRING)
        @AnyDiscriminatorValue(discriminator = "A", entity = Anchor.class)
        @AnyDiscriminatorValue(discriminator = "L", entity = Linked.class)
        @Column(name = "held_type")
        @JoinColumn(name = "held_id")
        Object held;

        @Any
        @AnyKeyJavaClass(Long.class)
        @AnyDiscriminator(DiscriminatorType.INTEGER)
        @AnyDiscriminatorValue(discriminator = "1", entity = Hierarchies.Dog.class)
        @AnyDiscriminatorValue(discriminator = "2", entity = Hierarchies.Cat.class)
        @Column(name = "being_type")
        @JoinColumn(name = "being_id")
        Object being;
    }
}
