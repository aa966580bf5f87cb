package dev.realtime.hibernate.model;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Version;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;

@Entity
public class Person {

    public enum Mood {
        GLAD,
        SAD
    }

    @Id
    @GeneratedValue
    private Long id;

    @Version
    private int version;

    @Column(name = "full_name")
    private String name;

    private int age;
    private Boolean active;
    private LocalDate born;
    private Instant seen;
    private BigDecimal balance;

    @Enumerated(EnumType.STRING)
    private Mood mood;

    @ManyToOne(fetch = FetchType.LAZY)
    private Person boss;

    protected Person() {}

    public Person(String name) {
        this.name = name;
    }

    public Long getId() {
        return id;
    }

    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name;
    }

    public Person getBoss() {
        return boss;
    }

    public void fill(int newAge, Person newBoss) {
        age = newAge;
        boss = newBoss;
        active = true;
        born = LocalDate.of(1979, 3, 25);
        seen = Instant.parse("2024-02-29T12:34:56.123456Z");
        balance = new BigDecimal("12345.60");
        mood = Mood.SAD;
    }
}
