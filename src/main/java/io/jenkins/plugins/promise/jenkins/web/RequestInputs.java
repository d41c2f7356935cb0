package io.jenkins.plugins.promise.jenkins.web;

import io.jenkins.plugins.promise.contract.GivenInputs;
import io.jenkins.plugins.promise.contract.InputsDecoder;
import io.jenkins.plugins.promise.contract.MalformedInputs;
import io.jenkins.plugins.promise.contract.Refused;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Locale;
import org.kohsuke.stapler.StaplerRequest2;

/** Reads what a request brings, up to a limit. */
public final class RequestInputs {
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String JSON = "application/json";
    private static final int MOST = 1 << 20;
    private static final int CHUNK = 8_192;
    private static final Duration WITHIN = Duration.ofSeconds(30);

    private final InputsDecoder decoder = new InputsDecoder();

    /** The inputs of a submission: a form's fields and the URL's parameters, or a JSON object. */
    GivenInputs read(StaplerRequest2 request) throws Refused {
        String type =
                String.valueOf(request.getContentType()).split(";", 2)[0].trim().toLowerCase(Locale.ROOT);
        try {
            return switch (type) {
                case JSON -> decoder.json(body(request, "a submission", MOST));
                case FORM, "null" -> decoder.parameters(request.getParameterMap());
                default -> throw new Refused(
                        Refused.Why.INVALID, "the Content-Type must be " + FORM + " or " + JSON + ", not " + type);
            };
        } catch (MalformedInputs e) {
            throw new Refused(Refused.Why.INVALID, e.getMessage());
        }
    }

    /** A request's body, if it is here in time, however its bytes come: nobody can hold a thread of Jenkins for longer. */
    public static byte[] body(StaplerRequest2 request, String what, int most) throws Refused {
        if (request.getContentLengthLong() > most) {
            throw tooLarge(what, most);
        }
        long end = System.nanoTime() + WITHIN.toNanos();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] chunk = new byte[CHUNK];
        try (InputStream in = request.getInputStream()) {
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                body.write(chunk, 0, read);
                if (body.size() > most) {
                    throw tooLarge(what, most);
                }
                if (System.nanoTime() > end) {
                    throw new Refused(Refused.Why.INVALID, what + " must be here within " + WITHIN.toSeconds() + " s");
                }
            }
        } catch (IOException e) {
            throw new Refused(Refused.Why.INVALID, "the body ended before it was whole");
        }
        return body.toByteArray();
    }

    private static Refused tooLarge(String what, int most) {
        return new Refused(Refused.Why.TOO_LARGE, what + " may have at most " + most + " bytes");
    }
}
