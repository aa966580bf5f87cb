package dev.realtime.examples.quickstart;

/** How far an order is. */
public enum OrderStatus {
    NEW,
    PAID,
    SHIPPED
}
