package dev.tarn.access;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The hashes that chain entries of the audit trail. An entry's bytes are its fields in a fixed order, each with its length
 * before it (-1 for none), so that no two different entries have the same bytes; the encoding's name, the tenant, the place in
 * the chain and the hash of the entry before are among them, so that an entry fits one place of one chain alone. Texts and
 * numbers go in as the database has them, not as what they mean, so that an edit which means nothing is an edit too.
 */
final class AuditChain {
    /** Of {@link #hash}; another way to make bytes of an entry will have another number. */
    static final int ENCODING = 1;

    /** The hash before the first entry. */
    static final String BEGINNING = "0".repeat(64);

    private static final String NAME = "tarn audit entry 1";

    private AuditChain() {}

    /** The hash of an entry at its place, after the entry with the hash {@code previous}. */
    static String hash(String previous, long sequence, AuditChainStore.Row row) {
        MessageDigest digest = sha256();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            put(out, NAME);
            put(out, previous);
            put(out, Long.toString(sequence));
            put(out, row.tenantId());
            put(out, row.id());
            put(out, Long.toString(row.at()));
            put(out, row.actorKind());
            put(out, row.actorId());
            put(out, row.actorName());
            put(out, row.verb());
            put(out, row.resource());
            put(out, row.outcome());
            put(out, row.requestId());
            put(out, row.address());
            put(out, row.details());
        } catch (IOException e) {
            throw new UncheckedIOException("Memory takes every byte", e);
        }
        return HexFormat.of().formatHex(digest.digest(bytes.toByteArray()));
    }

    private static void put(DataOutputStream out, @Nullable String field) throws IOException {
        if (field == null) {
            out.writeInt(-1);
            return;
        }
        byte[] bytes = field.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
