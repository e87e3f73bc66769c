package io.sluice.image.origin;

import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Names to addresses; may block. */
interface Resolver {
    List<InetAddress> resolve(String host) throws UnknownHostException;

    /** The machine's own. */
    @ApplicationScoped
    class OfMachine implements Resolver {
        @Override
        public List<InetAddress> resolve(String host) throws UnknownHostException {
            return List.of(InetAddress.getAllByName(host));
        }
    }
}
