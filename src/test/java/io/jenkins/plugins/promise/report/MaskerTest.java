package io.jenkins.plugins.promise.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.jenkins.plugins.promise.contract.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.Test;

public class MaskerTest {
    private static final String SECRET = "s3cr/t \"pa\u00df\u00ff\"?~>";
    private static final Masker MASKER = new Masker(List.of(SECRET));

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String streamed(Masker masker, byte[] bytes, int piece, Charset charset) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream stream = masker.over(out, charset)) {
            for (int i = 0; i < bytes.length; i += piece) {
                stream.write(bytes, i, Math.min(piece, bytes.length - i));
                stream.flush();
            }
        }
        return out.toString(charset);
    }

    @Test
    public void base64OfASecretWithNeighboursIsMasked() {
        for (Base64.Encoder encoder : List.of(
                Base64.getEncoder(),
                Base64.getEncoder().withoutPadding(),
                Base64.getUrlEncoder(),
                Base64.getUrlEncoder().withoutPadding())) {
            for (String before : List.of("", "u", "u:", "us:", "user:")) {
                for (String after : List.of("", "\n", "ab", "abc", "abcd")) {
                    String encoded = encoder.encodeToString(utf8(before + SECRET + after));
                    String masked = MASKER.mask("Authorization: Basic " + encoded + ".");

                    assertThat(masked).contains("****");
                    // At each end a character of base64 may share bits with the neighbour.
                    String left = masked.replace("Authorization: Basic ", "").replace(".", "");
                    assertThat(left.replace("****", "").length())
                            .as(before + "," + after + ": " + left)
                            .isLessThanOrEqualTo(4 * (before.length() + 2) / 3 + 4 * (after.length() + 2) / 3 + 2);
                    if (before.isEmpty() && after.isEmpty()) {
                        assertThat(left).isEqualTo("****");
                    }
                }
            }
        }
    }

    @Test
    public void hexUrlAndJsonFormsOfASecretAreMasked() throws JsonProcessingException {
        String url = URLEncoder.encode(SECRET, StandardCharsets.UTF_8);
        String json = Json.mapper().writeValueAsString(SECRET);
        String inner = json.substring(1, json.length() - 1);
        for (String form : List.of(
                SECRET,
                HexFormat.of().formatHex(utf8(SECRET)),
                HexFormat.of().withUpperCase().formatHex(utf8(SECRET)),
                url,
                url.replace("+", "%20"),
                url.replace("%2F", "/").replace("%7E", "~").replace("+", "%20"),
                url.toLowerCase(Locale.ROOT),
                inner,
                inner.replace("/", "\\/"),
                inner.replace("\u00df", "\\u00df").replace("\u00ff", "\\u00ff"),
                inner.replace("\u00df", "\\u00DF").replace("\u00ff", "\\u00FF"),
                inner.replace(">", "\\u003e"))) {
            assertThat(MASKER.mask("<" + form + ">")).as(form).isEqualTo("<****>");
        }
    }

    @Test
    public void escapesOfCharactersBeyondTheFirstPlaneAreMasked() {
        assertThat(new Masker(List.of("pass\ud83d\ude00")).mask("pass\\ud83d\\ude00 pass\ud83d\ude00!"))
                .isEqualTo("**** ****!");
    }

    @Test
    public void aSecretSplitOverPiecesIsMasked() throws IOException {
        String text =
                "a s3cr/t-too s3cr/ s3cr/t s3cr/ts3cr/t " + Base64.getEncoder().encodeToString(utf8("u:s3cr/t"));
        Masker masker = new Masker(List.of("s3cr/t", "s3cr/t-longer", "t-t"));

        for (int piece = 1; piece < 20; piece++) {
            assertThat(streamed(masker, utf8(text), piece, StandardCharsets.UTF_8))
                    .isEqualTo(masker.mask(text))
                    .startsWith("a ****oo s3cr/ **** **** ");
        }
        assertThat(streamed(MASKER, utf8(SECRET + "\u00e4"), 1, StandardCharsets.UTF_8))
                .isEqualTo("****\u00e4");
        assertThat(streamed(MASKER, SECRET.getBytes(StandardCharsets.ISO_8859_1), 1, StandardCharsets.ISO_8859_1))
                .isEqualTo("****");
    }

    @Test
    public void heldBackIsOnlyWhatMayBecomeASecret() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        OutputStream stream = new Masker(List.of("s3cr/t")).over(out, StandardCharsets.UTF_8);

        stream.write(utf8("password: s3c"));
        stream.flush();
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("password: ");
        stream.write(utf8("ond"));
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("password: s3cond");
        stream.write(utf8(" s3cr"));
        stream.close();
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("password: s3cond s3cr");
    }

    @Test
    public void aLongSecretIsMaskedToItsEndAlsoWhereItIsBrokenIntoLines() throws IOException {
        Random random = new Random(1);
        byte[] noise = new byte[3_000];
        random.nextBytes(noise);
        String secret = Base64.getEncoder().encodeToString(noise);
        Masker masker = new Masker(List.of(secret));

        assertThat(masker.mask("<" + secret + ">" + secret.substring(0, 40)))
                .isEqualTo("<****>" + secret.substring(0, 40));
        String lines = Base64.getMimeEncoder(64, utf8("\r\n")).encodeToString(utf8(secret));
        assertThat(streamed(masker, utf8("-----\n" + lines + "\n-----"), 1_000, StandardCharsets.UTF_8))
                .isEqualTo("-----\n****\n-----");
    }

    @Test
    public void aShortSecretIsMaskedOnlyAsItIs() {
        Masker masker = new Masker(List.of("a1"));

        assertThat(masker.mask("xa1y " + Base64.getEncoder().encodeToString(utf8("a1"))))
                .isEqualTo("x****y YTE=");
    }

    /** What must be hidden are all places where any form stands, overlapping or not, and nothing else. */
    @Test
    public void findsWhatASlowSearchFinds() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 3_000; round++) {
            List<String> needles = new ArrayList<>();
            for (int i = 0; i <= random.nextInt(4); i++) {
                needles.add(letters(random, 1 + random.nextInt(6)));
            }
            String text = letters(random, random.nextInt(40));
            assertThat(new MaskedText(new Needles(needles)).add(text).end().take())
                    .as("seed " + seed + ": " + needles + " in " + text)
                    .isEqualTo(slow(needles, text));
        }
    }

    private static String letters(Random random, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append((char) ('a' + random.nextInt(3)));
        }
        return text.toString();
    }

    private static String slow(List<String> needles, String text) {
        BitSet hidden = new BitSet();
        for (String needle : needles) {
            for (int at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, at + 1)) {
                hidden.set(at, at + needle.length());
            }
        }
        StringBuilder masked = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            if (!hidden.get(i)) {
                masked.append(text.charAt(i));
            } else if (i == 0 || !hidden.get(i - 1)) {
                masked.append("****");
            }
        }
        return masked.toString();
    }

    /** A search that begins anew at each character would look at ten thousand millions of them. */
    @Test(timeout = 20_000)
    public void aTextThatNearlyIsTheSecretTakesNoLongerThanAnother() {
        Masker masker = new Masker(List.of("a".repeat(49_999) + "b"));

        assertThat(masker.mask("a".repeat(2_000_000))).startsWith("****");
    }
}
