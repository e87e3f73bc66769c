package io.sluice.alerting.intake;

import io.netty.util.NetUtil;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** IP networks in CIDR notation; addresses are literals, nothing is looked up. */
final class Networks {
    private static final class Network {
        private final byte[] address;
        private final int bits;

        Network(byte[] address, int bits) {
            this.address = address;
            this.bits = bits;
        }

        boolean holds(byte[] other) {
            if (other.length != address.length) {
                return false;
            }
            int whole = bits / 8;
            if (!Arrays.equals(address, 0, whole, other, 0, whole)) {
                return false;
            }
            int mask = (0xff << (8 - bits % 8)) & 0xff;
            return bits % 8 == 0 || (address[whole] & mask) == (other[whole] & mask);
        }
    }

    private final List<Network> networks;

    Networks(List<String> cidrs) {
        this.networks = cidrs.stream().map(String::trim).map(Networks::network).toList();
    }

    boolean contain(String literal) {
        byte[] address = address(literal);
        return address != null && networks.stream().anyMatch(network -> network.holds(address));
    }

    private static Network network(String cidr) {
        String[] parts = cidr.split("/", 2);
        byte[] address = address(parts[0]);
        if (address == null || (parts.length == 2 && !parts[1].matches("\\d{1,3}"))) {
            throw new IllegalArgumentException("sluice.alerting.intake.networks: '" + cidr + "' is not a network");
        }
        int bits = parts.length == 2 ? Integer.parseInt(parts[1]) : address.length * 8;
        if (bits > address.length * 8) {
            throw new IllegalArgumentException("sluice.alerting.intake.networks: '" + cidr + "' is not a network");
        }
        return new Network(address, bits);
    }

    private static byte @Nullable [] address(String literal) {
        return NetUtil.createByteArrayFromIpAddressString(literal);
    }
}
