package dev.realtime.hibernate;

/**
 * A column that a mapping reads. Immutable.
 *
 * @param table the position of its table among the mapping's
 * @param name its name as PostgreSQL's catalogue holds it
 */
record TableColumn(int table, String name) {}
