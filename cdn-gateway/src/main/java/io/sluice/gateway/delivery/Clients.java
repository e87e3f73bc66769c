package io.sluice.gateway.delivery;

import io.sluice.gateway.geo.Geo;
import io.sluice.gateway.geo.Ip;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** Who asks: the other end of the connection, or whom a trusted proxy names. */
@Singleton
class Clients {
    private static final Ip NOBODY = new Ip(0, 0);

    private final Geo geo;

    Clients(Geo geo) {
        this.geo = geo;
    }

    /** The client's address; {@code ::} when the connection has none. */
    Ip of(HttpServerRequest request) {
        Ip peer = peer(request);
        if (peer == null) {
            return NOBODY;
        }
        return geo.trusts(peer) ? geo.client(peer, request.headers().getAll(geo.header())) : peer;
    }

    /** The other end of the connection itself, whatever it says; null when it has no address. */
    static @Nullable Ip peer(HttpServerRequest request) {
        SocketAddress remote = request.remoteAddress();
        String host = remote == null ? null : remote.hostAddress();
        return host == null ? null : Ip.parse(host);
    }
}
