package dev.millrace.source.mysql.wire;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Hashes of one algorithm, as logins mix them. */
record Digests(String algorithm) {
    byte[] of(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Each byte of the value with that of the mask, which begins anew where it ends. */
    static byte[] mixed(byte[] value, byte[] mask) {
        byte[] result = value.clone();
        for (int i = 0; i < result.length; i++) {
            result[i] ^= mask[i % mask.length];
        }
        return result;
    }
}
