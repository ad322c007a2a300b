package dev.tarn.access;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;

/** Where attempts are counted for: an address of IPv4, and of IPv6 the network of 64 bits that one subscriber has. */
final class Network {
    private static final int SUBSCRIBER_BYTES = 8;
    private static final int LONGEST = 100;

    private Network() {}

    /** The network of an address as it stands in a caller's origin; a text that is no address stands for itself. */
    static String of(String address) {
        if (address.indexOf(':') >= 0) {
            try {
                if (InetAddress.ofLiteral(address) instanceof Inet6Address six) {
                    byte[] bytes = six.getAddress();
                    Arrays.fill(bytes, SUBSCRIBER_BYTES, bytes.length, (byte) 0);
                    return InetAddress.getByAddress(bytes).getHostAddress() + "/64";
                }
            } catch (IllegalArgumentException | java.net.UnknownHostException e) {
                // stands for itself, below
            }
        }
        return address.length() > LONGEST ? address.substring(0, LONGEST) : address;
    }
}
