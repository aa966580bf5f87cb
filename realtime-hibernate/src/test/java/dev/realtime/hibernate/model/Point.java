package dev.realtime.hibernate.model;

/** A value kept as JSON. */
public record Point(int x, int y) {}
