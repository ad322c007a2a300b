package dev.tarn.platform.network;

import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

/** Which addresses belong to the public network: all but those that a registry sets aside (RFC 6890 and its successors). */
final class PublicAddresses {
    private static final List<AddressRange> SET_ASIDE = Stream.of(
                    "0.0.0.0/8",
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    "192.0.0.0/24",
                    "192.0.2.0/24",
                    "192.88.99.0/24",
                    "192.168.0.0/16",
                    "198.18.0.0/15",
                    "198.51.100.0/24",
                    "203.0.113.0/24",
                    "224.0.0.0/3")
            .map(AddressRange::of)
            .toList();

    /** IPv6 gives out this one range; of it, what carries an IPv4 address or is for documentation is not public. */
    private static final AddressRange GLOBAL = AddressRange.of("2000::/3");

    private static final List<AddressRange> SET_ASIDE_OF_IT = Stream.of(
                    "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")
            .map(AddressRange::of)
            .toList();

    private PublicAddresses() {}

    static boolean contain(InetAddress address) {
        return address.getAddress().length == 4
                ? !AddressRange.anyContains(SET_ASIDE, address)
                : GLOBAL.contains(address) && !AddressRange.anyContains(SET_ASIDE_OF_IT, address);
    }
}
