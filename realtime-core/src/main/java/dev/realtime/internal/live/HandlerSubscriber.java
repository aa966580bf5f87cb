package dev.realtime.internal.live;

import dev.realtime.event.LiveHandler;
import dev.realtime.event.LiveItem;
import java.util.concurrent.Flow;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A handler as a subscriber that always wants more; what it fails at is passed over. */
final class HandlerSubscriber<T> implements Flow.Subscriber<LiveItem<T>> {

    private static final Logger LOG = LoggerFactory.getLogger(HandlerSubscriber.class);

    private final LiveHandler<T> handler;
    private int failures;

    HandlerSubscriber(LiveHandler<T> handler) {
        this.handler = handler;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(LiveItem<T> item) {
        try {
            handler.handle(item);
        } catch (Exception e) {
            failures++;
            // The first failure with its trace; then one line whenever the count has doubled.
            if (failures == 1) {
                LOG.error("A live handler failed at {}; it goes on behind it", item, e);
            } else if (Integer.bitCount(failures) == 1) {
                LOG.error(
                        "A live handler has failed {} times, now at {}: {}",
                        failures,
                        item,
                        e.getClass().getName());
            }
        } catch (Error e) {
            handler.ended(e);
            throw e;
        }
    }

    @Override
    public void onError(Throwable error) {
        handler.ended(error);
    }

    @Override
    public void onComplete() {
        handler.ended(null);
    }
}
