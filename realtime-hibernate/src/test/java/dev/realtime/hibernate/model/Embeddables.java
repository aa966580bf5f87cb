package dev.realtime.hibernate.model;

import jakarta.persistence.AttributeOverride;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import java.math.BigDecimal;
import org.hibernate.annotations.Parent;

/** Embeddables: nested, overridden, records, with a reference, with a parent, with a primitive. */
public final class Embeddables {

    private Embeddables() {}

    @Embeddable
    public static class Address {
        String street;

        @Embedded
        City city;

        private Address() {}

        public Address(String street, City city) {
            this.street = street;
            this.city = city;
        }
    }

    @Embeddable
    public static class City {
        @Column(name = "city_name")
        String name;

        @ManyToOne
        Country country;

        protected City() {}

        public City(String name, Country country) {
            this.name = name;
            this.country = country;
        }
    }

    /** Its components are not in the order of their names. */
    @Embeddable
    public record Money(String currency, BigDecimal amount) {}

    @Embeddable
    public static class Rank {
        int place;
        String title;

        @Parent
        Customer owner;

        protected Rank() {}

        public Rank(int place, String title) {
            this.place = place;
            this.title = title;
        }

        public Customer getOwner() {
            return owner;
        }

        public void setOwner(Customer owner) {
            this.owner = owner;
        }
    }

    @Entity(name = "Country")
    public static class Country {
        @Id
        String code;

        protected Country() {}

        public Country(String code) {
            this.code = code;
        }
    }

    @Entity(name = "Customer")
    public static class Customer {
        @Id
        int id;

        Address home;

        @AttributeOverride(name = "street", column = @Column(name = "work_street"))
        @AttributeOverride(name = "city.name", column = @Column(name = "work_city"))
        @jakarta.persistence.AssociationOverride(
                name = "city.country",
                joinColumns = @jakarta.persistence.JoinColumn(name = "work_country"))
        Address work;

        Money credit;
        Rank rank;

        protected Customer() {}

        public Customer(int id, Address home, Address work, Money credit, Rank rank) {
            this.id = id;
            this.home = home;
            this.work = work;
            this.credit = credit;
            this.rank = rank;
        }

        public Rank getRank() {
            return rank;
        }
    }
}
