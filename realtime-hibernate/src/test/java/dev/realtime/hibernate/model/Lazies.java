package dev.realtime.hibernate.model;

import jakarta.persistence.Basic;
import jakarta.persistence.CascadeType;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;

/** Entities that the build enhances, with an attribute that loads lazily. */
public final class Lazies {

    private Lazies() {}

    @Entity(name = "Author")
    public static class Author {
        @Id
        private int id;

        private String name;

        public int getId() {
            return id;
        }

        public String getName() {
            return name;
        }
    }

    @Entity(name = "Book")
    public static class Book {
        @Id
        private int id;

        @ManyToOne(fetch = FetchType.LAZY, cascade = CascadeType.MERGE)
        private Author author;

        @Basic(fetch = FetchType.LAZY)
        private String text;

        private String title;

        public Author getAuthor() {
            return author;
        }

        public String getText() {
            return text;
        }

        public String getTitle() {
            return title;
        }
    }
}
