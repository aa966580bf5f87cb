package dev.realtime.hibernate.model;

import jakarta.persistence.CascadeType;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderColumn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** To-many attributes of every kind, owned and inverse, cascading and orphan-removing. */
public final class Teams {

    private Teams() {}

    @Entity(name = "Team")
    public static class Team {
        @Id
        int id;

        String name;

        @OneToMany(mappedBy = "team", cascade = CascadeType.ALL, orphanRemoval = true)
        List<Player> players = new ArrayList<>();

        @OneToMany(cascade = CascadeType.ALL, orphanRemoval = true)
        @JoinColumn(name = "team_id")
        Set<Ball> balls = new HashSet<>();

        @ManyToMany
        List<Team> rivals = new ArrayList<>();

        @ElementCollection
        Set<String> colours = new HashSet<>();

        @ElementCollection
        Map<String, Integer> scores = new HashMap<>();

        @ElementCollection
        @OrderColumn
        List<String> songs = new ArrayList<>();

        Sponsors sponsors = new Sponsors();

        protected Team() {}

        public Team(int id, String name) {
            this.id = id;
            this.name = name;
        }

        public void rename(String newName) {
            name = newName;
        }

        /** Something in every collection. */
        public void fill(Team rival) {
            players.add(new Player(id * 10 + 1, this));
            players.add(new Player(id * 10 + 2, this));
            balls.add(new Ball(id * 10));
            rivals.add(rival);
            colours.addAll(Set.of("red", "white"));
            scores.put("home", 3);
            songs.addAll(List.of("first", "second"));
            sponsors.names.add("ACME");
        }

        public List<Player> getPlayers() {
            return players;
        }
    }

    @Embeddable
    public static class Sponsors {
        @ElementCollection
        List<String> names = new ArrayList<>();
    }

    @Entity(name = "Player")
    public static class Player {
        @Id
        int id;

        @ManyToOne
        Team team;

        protected Player() {}

        public Player(int id, Team team) {
            this.id = id;
            this.team = team;
        }
    }

    @Entity(name = "Ball")
    public static class Ball {
        @Id
        int id;

        protected Ball() {}

        public Ball(int id) {
            this.id = id;
        }
    }
}
