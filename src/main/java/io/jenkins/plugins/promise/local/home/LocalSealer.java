package io.jenkins.plugins.promise.local.home;

import io.jenkins.plugins.promise.acceptance.host.CannotOpen;
import io.jenkins.plugins.promise.acceptance.host.Sealer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals secrets with AES-GCM and a key that only the controller's user can read. What is sealed begins with a format
 * number and the key's id, so that what another key has sealed is told apart from what is damaged.
 */
public final class LocalSealer implements Sealer {
    private static final byte FORMAT = 1;
    private static final int ID_BYTES = 4;
    private static final int HEAD_BYTES = 1 + ID_BYTES;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final String MAC = "HmacSHA256";

    private final byte[] key;
    private final byte[] id;
    /** With the key, and never used itself: to look one up takes longer than what it does. */
    private final Mac mac;

    private final SecureRandom random = new SecureRandom();

    /**
     * Seals with a key.
     *
     * @param key for AES: 16, 24 or 32 bytes
     */
    public LocalSealer(byte[] key) {
        this.key = key.clone();
        this.mac = keyed(key);
        this.id = Arrays.copyOf(mac("the id of this key".getBytes(StandardCharsets.UTF_8)), ID_BYTES);
    }

    /** What the key is known by; nothing of the key can be guessed from it. */
    String keyId() {
        return HexFormat.of().formatHex(id);
    }

    @Override
    public String seal(String secret) {
        return Base64.getEncoder().encodeToString(seal(secret.getBytes(StandardCharsets.UTF_8)));
    }

    /** A form of a secret that may be stored. */
    public byte[] seal(byte[] secret) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] head = ByteBuffer.allocate(HEAD_BYTES).put(FORMAT).put(id).array();
        try {
            byte[] content = cipher(Cipher.ENCRYPT_MODE, head, nonce).doFinal(secret);
            return ByteBuffer.allocate(HEAD_BYTES + NONCE_BYTES + content.length)
                    .put(head)
                    .put(nonce)
                    .put(content)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES-GCM", e);
        }
    }

    @Override
    public String open(String stored) {
        try {
            return new String(open(Base64.getDecoder().decode(stored)), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new CannotOpen("a sealed secret is damaged: it is not base64");
        }
    }

    /**
     * The secret again.
     *
     * @throws CannotOpen if another key sealed it or it is damaged
     */
    public byte[] open(byte[] stored) {
        if (stored.length < HEAD_BYTES + NONCE_BYTES + TAG_BITS / Byte.SIZE || stored[0] != FORMAT) {
            throw new CannotOpen("a sealed secret is damaged: it is no sealed value of format " + FORMAT);
        }
        byte[] sealedWith = Arrays.copyOfRange(stored, 1, HEAD_BYTES);
        if (!Arrays.equals(sealedWith, id)) {
            throw new CannotOpen(
                    "a secret was sealed with the seal-key " + HexFormat.of().formatHex(sealedWith)
                            + ", and this home has " + keyId() + "; put the old seal-key back");
        }
        try {
            byte[] head = Arrays.copyOf(stored, HEAD_BYTES);
            byte[] nonce = Arrays.copyOfRange(stored, HEAD_BYTES, HEAD_BYTES + NONCE_BYTES);
            int start = HEAD_BYTES + NONCE_BYTES;
            return cipher(Cipher.DECRYPT_MODE, head, nonce).doFinal(stored, start, stored.length - start);
        } catch (GeneralSecurityException e) {
            throw new CannotOpen("a sealed secret is damaged: its check sum is wrong");
        }
    }

    @Override
    public String fingerprint(String content) {
        return HexFormat.of().formatHex(mac(content.getBytes(StandardCharsets.UTF_8)));
    }

    private byte[] mac(byte[] content) {
        try {
            return ((Mac) mac.clone()).doFinal(content);
        } catch (CloneNotSupportedException e) {
            // That of a token of PKCS #11, for one; it takes longer.
            return keyed(key).doFinal(content);
        }
    }

    private static Mac keyed(byte[] key) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(key, MAC));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + MAC, e);
        }
    }

    private Cipher cipher(int mode, byte[] head, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(head);
        return cipher;
    }
}
