package dev.realtime.hibernate.model;

import jakarta.persistence.Column;
import jakarta.persistence.DiscriminatorColumn;
import jakarta.persistence.DiscriminatorType;
import jakarta.persistence.DiscriminatorValue;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.MappedSuperclass;
import java.time.Instant;

/** SINGLE_TABLE hierarchies and mapped superclasses. */
public final class Hierarchies {

    private Hierarchies() {}

    @MappedSuperclass
    public abstract static class Audited<I> {
        @Id
        protected I id;

        protected Instant changed = Instant.parse("2024-01-01T00:00:00Z");
    }

    @Entity(name = "Animal")
    public abstract static class Animal extends Audited<Long> {
        String name;

        @ManyToOne
        Animal friend;

        protected Animal() {}

        protected Animal(long id, String name) {
            this.id = id;
            this.name = name;
        }

        public void befriend(Animal other) {
            friend = other;
        }
    }

    @Entity(name = "Cat")
    public static class Cat extends Animal {
        int lives;

        @Column(name = "cat_colour")
        String colour;

        protected Cat() {}

        public Cat(long id, String name) {
            super(id, name);
            lives = 7;
            colour = "black";
        }
    }

    @Entity(name = "Dog")
    public static class Dog extends Animal {
        Boolean barks;

        @Column(name = "dog_colour")
        String colour;

        protected Dog() {}

        public Dog(long id, String name) {
            super(id, name);
            barks = true;
        }
    }

    @Entity(name = "Puppy")
    public static class Puppy extends Dog {
        int weeks;

        protected Puppy() {}

        public Puppy(long id, String name) {
            super(id, name);
            weeks = 5;
        }
    }

    @Entity(name = "Vehicle")
    @DiscriminatorColumn(name = "kind", discriminatorType = DiscriminatorType.INTEGER)
    @DiscriminatorValue("1")
    public static class Vehicle {
        @Id
        int id;

        int wheels;

        protected Vehicle() {}

        public Vehicle(int id, int wheels) {
            this.id = id;
            this.wheels = wheels;
        }
    }

    @Entity(name = "Truck")
    @DiscriminatorValue("2")
    public static class Truck extends Vehicle {
        Integer tons;

        protected Truck() {}

        public Truck(int id, int tons) {
            super(id, 6);
            this.tons = tons;
        }
    }
}
