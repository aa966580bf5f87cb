package dev.realtime.hibernate.model;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import org.hibernate.annotations.Formula;
import org.hibernate.annotations.Generated;
import org.hibernate.generator.EventType;

/** Entities of which the server does not send everything. */
public final class Knowable {

    private Knowable() {}

    @Entity(name = "Article")
    public static class Article {
        @Id
        public int id;

        public String title;

        @Column(columnDefinition = "text")
        public String body;

        @Formula("upper(title)")
        public String loud;
    }

    @Entity(name = "Rectangle")
    public static class Rectangle {
        @Id
        public int id;

        public int width;

        @Generated(event = {EventType.INSERT, EventType.UPDATE})
        @Column(columnDefinition = "int generated always as (width * 2) stored", insertable = false, updatable = false)
        public Integer doubled;
    }
}
