package io.jenkins.plugins.promise.callback.address;

import com.google.common.net.InetAddresses;
import com.google.re2j.Pattern;
import java.net.InetAddress;
import java.util.Arrays;

/**
 * A range of addresses, written as in {@code 10.0.0.0/8} or {@code fd00::/8}.
 *
 * @param network its first address
 * @param bits how many leading bits all its addresses have in common
 */
record Cidr(InetAddress network, int bits) {
    private static final Pattern BITS = Pattern.compile("[0-9]{1,3}");

    /**
     * Reads a range.
     *
     * @throws IllegalArgumentException if it is none; the message says what to write
     */
    static Cidr parse(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        if (slash < 0
                || address.contains("%")
                || !InetAddresses.isInetAddress(address)
                || !BITS.matches(text.substring(slash + 1))) {
            throw new IllegalArgumentException("'" + text + "' is no range of addresses such as 10.0.0.0/8");
        }
        Cidr cidr = new Cidr(InetAddresses.forString(address), Integer.parseInt(text.substring(slash + 1)));
        int most = cidr.network.getAddress().length * Byte.SIZE;
        if (cidr.bits > most) {
            throw new IllegalArgumentException("'" + text + "' has more bits than an address: at most /" + most);
        }
        Cidr whole = new Cidr(cidr.first(), cidr.bits);
        if (!whole.equals(cidr)) {
            throw new IllegalArgumentException("'" + text + "' begins inside of a range; write " + whole);
        }
        return cidr;
    }

    private InetAddress first() {
        byte[] bytes = network.getAddress();
        int whole = bits / Byte.SIZE;
        if (whole < bytes.length) {
            bytes[whole] &= (byte) (0xff << (Byte.SIZE - bits % Byte.SIZE));
            Arrays.fill(bytes, whole + 1, bytes.length, (byte) 0);
        }
        return EmbeddedAddresses.address(bytes);
    }

    /** Whether an address lies in it; an IPv4 address lies in no range of IPv6 addresses, and the other way round. */
    boolean contains(InetAddress address) {
        byte[] mine = network.getAddress();
        byte[] its = address.getAddress();
        if (mine.length != its.length) {
            return false;
        }
        int whole = bits / Byte.SIZE;
        if (Arrays.mismatch(mine, 0, whole, its, 0, whole) >= 0) {
            return false;
        }
        int rest = bits % Byte.SIZE;
        return rest == 0 || ((mine[whole] ^ its[whole]) & 0xff) >>> (Byte.SIZE - rest) == 0;
    }

    @Override
    public String toString() {
        return InetAddresses.toAddrString(network) + "/" + bits;
    }
}
