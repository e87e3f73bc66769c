package io.sluice.platform.database;

import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells a database that is away from a statement that is wrong. */
public final class DatabaseFailures {
    /** SQLSTATEs of a server that goes, comes or is full, and of a schema that is not there yet. */
    private static final Set<String> AWAY = Set.of(
            "57P01", "57P02", "57P03", "57014", "53300", "53100", "53200", "42P01", "3F000", "3D000", "28P01", "28000");

    private DatabaseFailures() {}

    /** Whether trying again later may help. */
    public static boolean unavailable(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof DatabaseUnavailable || cause instanceof ClosedConnectionException) {
                return true;
            }
            if (cause instanceof PgException pg) {
                String state = pg.getSqlState();
                return state != null && (AWAY.contains(state) || state.startsWith("08"));
            }
            if (cause instanceof IOException && fromDriver(cause)) {
                return true;
            }
        }
        return false;
    }

    /** SQLSTATE of a failure that PostgreSQL reported, else null. */
    public static @Nullable String sqlState(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PgException pg) {
                return pg.getSqlState();
            }
        }
        return null;
    }

    private static boolean fromDriver(Throwable cause) {
        return cause instanceof java.net.ConnectException
                || cause instanceof java.net.SocketException
                || cause instanceof java.net.NoRouteToHostException;
    }
}
