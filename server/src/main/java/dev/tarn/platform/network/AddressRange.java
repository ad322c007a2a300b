package dev.tarn.platform.network;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A range of network addresses, written as CIDR: {@code 10.0.0.0/8}, {@code fd00::/8}, or one address alone.
 *
 * @param address any address of the range
 * @param prefixBits how many leading bits all of its addresses share
 */
public record AddressRange(InetAddress address, int prefixBits) {
    /** Not 10.1, nor 010.0.0.1: programs differ in what those are. */
    private static final Pattern FOUR_NUMBERS = Pattern.compile("((0|[1-9]\\d{0,2})\\.){3}(0|[1-9]\\d{0,2})");

    /**
     * Reads a range. Names are not looked up.
     *
     * @throws IllegalArgumentException when the text is none
     */
    public static AddressRange of(String text) {
        int slash = text.indexOf('/');
        String start = slash < 0 ? text : text.substring(0, slash);
        InetAddress address = address(start)
                .orElseThrow(() -> new IllegalArgumentException(
                        "%s is no range of addresses; write one like 10.0.0.0/8 or fd00::/8".formatted(text)));
        int all = 8 * address.getAddress().length;
        try {
            int bits = slash < 0 ? all : Integer.parseInt(text.substring(slash + 1));
            if (bits >= 0 && bits <= all) {
                return new AddressRange(address, bits);
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new IllegalArgumentException(
                "%s is no range of addresses: after the slash comes a number from 0 to %d".formatted(text, all));
    }

    /** The address of a literal; an IPv4 address in IPv6's clothes is the IPv4 address. Names are not looked up. */
    public static Optional<InetAddress> address(String literal) {
        try {
            boolean plain = literal.indexOf(':') >= 0
                    ? literal.indexOf('%') < 0
                    : FOUR_NUMBERS.matcher(literal).matches();
            return plain ? Optional.of(InetAddress.ofLiteral(literal)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Whether the address is one of the range. */
    public boolean contains(InetAddress other) {
        byte[] mine = address.getAddress();
        byte[] theirs = other.getAddress();
        if (mine.length != theirs.length) {
            return false;
        }
        for (int bit = 0; bit < prefixBits; bit += 8) {
            int mask = prefixBits - bit >= 8 ? 0xFF : 0xFF << (8 - (prefixBits - bit));
            if (((mine[bit / 8] ^ theirs[bit / 8]) & mask & 0xFF) != 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether the address is in any of the ranges. */
    public static boolean anyContains(List<AddressRange> ranges, InetAddress address) {
        return ranges.stream().anyMatch(range -> range.contains(address));
    }
}
