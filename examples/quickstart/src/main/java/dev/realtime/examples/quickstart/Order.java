package dev.realtime.examples.quickstart;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** What a user ordered. */
@Entity
@Table(name = "orders")
public class Order {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private @Nullable Long id;

    private String item = "";
    private BigDecimal total = BigDecimal.ZERO;

    @Enumerated(EnumType.STRING)
    private OrderStatus status = OrderStatus.NEW;

    @ManyToOne(fetch = FetchType.LAZY)
    private @Nullable User customer;

    /** For Hibernate. */
    protected Order() {}

    Order(User customer, String item, BigDecimal total) {
        this.customer = customer;
        this.item = item;
        this.total = total;
    }

    public @Nullable Long getId() {
        return id;
    }

    public OrderStatus getStatus() {
        return status;
    }

    /** In an entity that came with an event the customer is a reference: it knows its id and nothing else. */
    private @Nullable Long customerId() {
        return customer == null ? null : customer.getId();
    }

    @Override
    public String toString() {
        return "Order " + id + ": item=" + item + ", total=" + total + ", status=" + status + ", customer=User "
                + customerId();
    }
}
