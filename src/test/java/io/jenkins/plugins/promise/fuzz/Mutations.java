package io.jenkins.plugins.promise.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Makes new inputs of good and bad ones, the same ones from the same seed. */
final class Mutations {
    private static final int MAX_LENGTH = 64 << 10;
    private static final List<String> TOKENS = List.of(
            "{",
            "}",
            "[",
            "]",
            "\"",
            ":",
            ",",
            "null",
            "true",
            "1e999",
            "1e999999999",
            "-0",
            "NaN",
            "9999999999999999999",
            "\\ud800",
            "\\u0000",
            "\\\\",
            "\0",
            "\uFEFF",
            "\n",
            "\r",
            "\t",
            " ",
            "&",
            "=",
            "%",
            "%00",
            "%ff",
            "+",
            "#",
            "- ",
            "? ",
            "*a",
            "&a ",
            "!!str ",
            "!x ",
            "<<: ",
            "|\n",
            ">-\n",
            "---\n",
            "...",
            "$ref",
            "status",
            "SUCCESS",
            "data",
            "\"$ref\": \"#\"",
            "\"allOf\": [{\"$ref\": \"#\"}]",
            "deadline",
            "\"PT-1S\"",
            "inputs",
            "outputs",
            "keep",
            "../",
            "PK\u0003\u0004");

    private final List<byte[]> corpus;
    private final Random random;

    Mutations(List<byte[]> corpus, long seed) {
        this.corpus = corpus;
        this.random = new Random(seed);
    }

    /** The next one. */
    byte[] next() {
        byte[] data = any();
        for (int i = 0; i <= random.nextInt(6); i++) {
            data = mutated(data);
        }
        return data;
    }

    private byte[] any() {
        return corpus.get(random.nextInt(corpus.size())).clone();
    }

    private byte[] mutated(byte[] data) {
        int at = random.nextInt(data.length + 1);
        int end = Math.min(data.length, at + random.nextInt(1 + random.nextInt(64)));
        switch (random.nextInt(7)) {
            case 0 -> {
                if (at < data.length) {
                    data[at] ^= (byte) (1 << random.nextInt(8));
                }
                return data;
            }
            case 1 -> {
                if (at < data.length) {
                    data[at] = (byte) random.nextInt(256);
                }
                return data;
            }
            case 2 -> {
                return spliced(data, at, new byte[0], end);
            }
            case 3 -> {
                return spliced(data, at, part(data, at, end), at);
            }
            case 4 -> {
                byte[] token = TOKENS.get(random.nextInt(TOKENS.size())).getBytes(StandardCharsets.UTF_8);
                return spliced(data, at, repeated(token, random.nextInt(10) == 0 ? random.nextInt(2_000) : 1), end);
            }
            case 5 -> {
                byte[] other = any();
                int from = random.nextInt(other.length + 1);
                return spliced(data, at, part(other, from, other.length), end);
            }
            default -> {
                return part(data, 0, at);
            }
        }
    }

    private static byte[] part(byte[] data, int from, int to) {
        return Arrays.copyOfRange(data, from, to);
    }

    private static byte[] repeated(byte[] token, int times) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 0; i < times; i++) {
            all.writeBytes(token);
        }
        return all.toByteArray();
    }

    private static byte[] spliced(byte[] data, int at, byte[] between, int from) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(data, 0, at);
        all.writeBytes(between);
        all.write(data, from, data.length - from);
        byte[] bytes = all.toByteArray();
        return bytes.length > MAX_LENGTH ? part(bytes, 0, MAX_LENGTH) : bytes;
    }
}
