package dev.realtime.hibernate.model;

import jakarta.persistence.Column;
import jakarta.persistence.DiscriminatorColumn;
import jakarta.persistence.DiscriminatorValue;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Inheritance;
import jakarta.persistence.InheritanceType;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.MappedSuperclass;
import jakarta.persistence.PrimaryKeyJoinColumn;
import jakarta.persistence.SecondaryTable;
import jakarta.persistence.Table;
import org.hibernate.annotations.OnDelete;
import org.hibernate.annotations.OnDeleteAction;

/** Hierarchies with a table per class, and entities that are spread over several tables. */
public final class Inherited {

    private Inherited() {}

    @MappedSuperclass
    public abstract static class Titled {
        @Id
        public int id;

        public String title;
    }

    @Entity(name = "Medium")
    @Inheritance(strategy = InheritanceType.TABLE_PER_CLASS)
    public abstract static class Medium extends Titled {
        @ManyToOne
        public Medium sequelOf;
    }

    @Entity(name = "Book")
    @Table(name = "book")
    public static class Book extends Medium {
        public int pages;

        protected Book() {}

        public Book(int id, String title, int pages) {
            this.id = id;
            this.title = title;
            this.pages = pages;
        }
    }

    @Entity(name = "Film")
    @Table(name = "film")
    public static class Film extends Medium {
        public int minutes;

        protected Film() {}

        public Film(int id, String title, int minutes) {
            this.id = id;
            this.title = title;
            this.minutes = minutes;
        }
    }

    @Entity(name = "Cartoon")
    @Table(name = "cartoon")
    public static class Cartoon extends Film {
        public String artist;

        protected Cartoon() {}

        public Cartoon(int id, String title, int minutes, String artist) {
            super(id, title, minutes);
            this.artist = artist;
        }
    }

    @Entity(name = "Party")
    @Table(name = "party")
    @Inheritance(strategy = InheritanceType.JOINED)
    @DiscriminatorColumn(name = "kind")
    public abstract static class Party {
        @Id
        public int id;

        public String name;
    }

    @Entity(name = "Human")
    @Table(name = "human")
    @DiscriminatorValue("H")
    @PrimaryKeyJoinColumn(name = "human_id")
    public static class Human extends Party {
        public int age;

        @ManyToOne
        public Party employer;

        protected Human() {}

        public Human(int id, String name, int age) {
            this.id = id;
            this.name = name;
            this.age = age;
        }
    }

    @Entity(name = "Company")
    @Table(name = "company")
    @DiscriminatorValue("C")
    @PrimaryKeyJoinColumn(name = "company_id")
    public static class Company extends Party {
        public String branch;

        protected Company() {}

        public Company(int id, String name, String branch) {
            this.id = id;
            this.name = name;
            this.branch = branch;
        }
    }

    /** JOINED without a discriminator: the only class that is not abstract. */
    @Entity(name = "Device")
    @Table(name = "device")
    @Inheritance(strategy = InheritanceType.JOINED)
    public abstract static class Device {
        @Id
        public int id;

        public String maker;
    }

    @Entity(name = "Phone")
    @Table(name = "phone")
    @PrimaryKeyJoinColumn(name = "device_id")
    @OnDelete(action = OnDeleteAction.CASCADE)
    public static class Phone extends Device {
        public String number;

        protected Phone() {}

        public Phone(int id, String maker, String number) {
            this.id = id;
            this.maker = maker;
            this.number = number;
        }
    }

    @Entity(name = "Article")
    @Table(name = "article")
    @SecondaryTable(name = "article_text", pkJoinColumns = @PrimaryKeyJoinColumn(name = "article_id"))
    public static class Article {
        @Id
        public int id;

        public String headline;

        @Column(table = "article_text")
        public String text;

        @Column(table = "article_text", name = "shortened")
        public String summary;

        protected Article() {}

        public Article(int id, String headline, String text) {
            this.id = id;
            this.headline = headline;
            this.text = text;
        }
    }
}
