package dev.realtime.hibernate;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.hibernate.resource.jdbc.spi.StatementInspector;

/** Hears every statement that Hibernate sends. */
final class Statements implements StatementInspector {

    private static final long serialVersionUID = 1L;

    private final CopyOnWriteArrayList<String> heard = new CopyOnWriteArrayList<>();

    @Override
    public String inspect(String sql) {
        heard.add(sql);
        return sql;
    }

    List<String> heard() {
        return heard;
    }

    void forget() {
        heard.clear();
    }
}
