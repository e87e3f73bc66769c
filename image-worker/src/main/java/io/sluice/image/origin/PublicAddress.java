package io.sluice.image.origin;

import java.math.BigInteger;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;

/**
 * Whether an address is one of the public internet: not this machine, not this network, not reserved, and not an IPv6 address
 * that carries such an IPv4 address inside.
 *
 * @see <a href="https://www.iana.org/assignments/iana-ipv4-special-registry">IANA IPv4 special-purpose addresses</a>
 * @see <a href="https://www.iana.org/assignments/iana-ipv6-special-registry">IANA IPv6 special-purpose addresses</a>
 */
final class PublicAddress {
    private static final List<Block> NOT_PUBLIC_4 = List.of(
            block(8, 0), // this network
            block(8, 10),
            block(10, 100, 64), // carrier-grade NAT, RFC 6598
            block(8, 127),
            block(16, 169, 254), // link-local, where clouds keep their metadata
            block(12, 172, 16),
            block(24, 192, 0, 0),
            block(24, 192, 0, 2),
            block(24, 192, 88, 99), // 6to4 relays
            block(16, 192, 168),
            block(15, 198, 18),
            block(24, 198, 51, 100),
            block(24, 203, 0, 113),
            block(4, 224), // multicast
            block(4, 240)); // reserved and broadcast
    private static final Block GLOBAL_UNICAST = block(3, 0x20);
    private static final List<Block> NOT_PUBLIC_6 = List.of(
            block(23, 0x20, 0x01, 0x00), // IETF protocols, Teredo (2001::/32) and ORCHID among them
            block(32, 0x20, 0x01, 0x0d, 0xb8), // documentation
            block(20, 0x3f, 0xff, 0x00)); // documentation
    private static final Block SIX_TO_FOUR = block(16, 0x20, 0x02);
    private static final Block NAT64 = block(96, 0x00, 0x64, 0xff, 0x9b);
    private static final byte[] ISATAP = {0x5e, (byte) 0xfe};

    private PublicAddress() {}

    static boolean is(InetAddress address) {
        byte[] bytes = address.getAddress();
        return address instanceof Inet4Address ? public4(bytes) : public6(bytes);
    }

    private static boolean public4(byte[] bytes) {
        return NOT_PUBLIC_4.stream().noneMatch(block -> block.contains(bytes));
    }

    private static boolean public6(byte[] bytes) {
        if (NAT64.contains(bytes)) {
            return public4(Arrays.copyOfRange(bytes, 12, 16));
        }
        if (SIX_TO_FOUR.contains(bytes)) {
            return public4(Arrays.copyOfRange(bytes, 2, 6));
        }
        if (isatap(bytes)) {
            return false;
        }
        // Everything else that carries an IPv4 address (mapped, compatible, translated) lies outside of 2000::/3.
        return GLOBAL_UNICAST.contains(bytes) && NOT_PUBLIC_6.stream().noneMatch(block -> block.contains(bytes));
    }

    /** RFC 5214: interface identifier {@code 0000:5efe} or {@code 0200:5efe}, then an IPv4 address. */
    private static boolean isatap(byte[] bytes) {
        return (bytes[8] & 0xfd) == 0 && bytes[9] == 0 && Arrays.equals(Arrays.copyOfRange(bytes, 10, 12), ISATAP);
    }

    private static Block block(int length, int... first) {
        byte[] prefix = new byte[16];
        for (int i = 0; i < first.length; i++) {
            prefix[i] = (byte) first[i];
        }
        return new Block(new BigInteger(1, prefix), length);
    }

    /**
     * Addresses that begin with the same bits.
     *
     * @param prefix 128 bits, those behind {@code length} zero
     * @param length in bits
     */
    private record Block(BigInteger prefix, int length) {
        boolean contains(byte[] address) {
            BigInteger whole = new BigInteger(1, Arrays.copyOf(address, 16));
            return whole.shiftRight(128 - length).equals(prefix.shiftRight(128 - length));
        }
    }
}
