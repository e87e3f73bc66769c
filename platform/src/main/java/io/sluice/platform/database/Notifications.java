package io.sluice.platform.database;

import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.pgclient.PgConnection;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;

/**
 * {@code LISTEN}: each channel takes one connection of the pool for as long as the service runs, and a new one when that is
 * lost. A notification says that it may be worth looking, no more: those sent while the connection is away are lost, and a
 * pooler between that multiplexes transactions delivers none, so whoever listens must also look now and then.
 */
@ApplicationScoped
public class Notifications {
    private static final Logger LOG = Logger.getLogger(Notifications.class);

    private final Pool pool;
    private final Migrations migrations;
    private final DatabaseConfig config;
    private volatile boolean stopped;

    Notifications(Pool pool, Migrations migrations, DatabaseConfig config) {
        this.pool = pool;
        this.migrations = migrations;
        this.config = config;
    }

    /**
     * Calls {@code heard} for each notification on a channel, and whenever listening begins anew; on an event loop, so it must
     * not block. Begins once the schema is there.
     *
     * @param channel a plain SQL identifier, never from a request
     */
    public void listen(String channel, Runnable heard) {
        migrations.whenDone(() -> connect(channel, heard));
    }

    void stop(@Observes ShutdownEvent event) {
        stopped = true;
    }

    private void connect(String channel, Runnable heard) {
        if (stopped) {
            return;
        }
        pool.getConnection()
                .map(PgConnection::cast)
                .chain(connection -> listen(connection, channel, heard))
                .ifNoItem()
                .after(config.timeout())
                .fail()
                .subscribe()
                .with(listening -> heard.run(), failure -> {
                    LOG.debugf("not listening to %s: %s", channel, failure.getMessage());
                    again(channel, heard);
                });
    }

    private Uni<Void> listen(PgConnection connection, String channel, Runnable heard) {
        connection.notificationHandler(notification -> heard.run());
        return connection
                .query("listen " + channel)
                .execute()
                .invoke(() -> connection.closeHandler(() -> again(channel, heard)))
                .onFailure()
                .call(connection::close)
                .replaceWithVoid();
    }

    private void again(String channel, Runnable heard) {
        if (!stopped) {
            Uni.createFrom()
                    .voidItem()
                    .onItem()
                    .delayIt()
                    .by(config.retry())
                    .subscribe()
                    .with(waited -> connect(channel, heard));
        }
    }
}
