package io.jenkins.plugins.promise.local.http;

import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.jenkins.plugins.promise.contract.Refused;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/**
 * Reads what a request brings that was let in, up to a limit and within a time.
 *
 * @param what it is, for the refusal
 * @param most how many bytes it may have
 * @param within how long it may take, however the bytes come
 */
public record RequestBody(String what, int most, Duration within) {
    private static final int CHUNK = 8_192;
    private static final int LATE = 408;

    /**
     * Reads the body.
     *
     * @throws Refused if it is too large, too late, or ends before it is whole
     */
    public byte[] read(Context context) throws Refused {
        if (context.req().getContentLengthLong() > most) {
            throw tooLarge(context);
        }
        long end = System.nanoTime() + within.toNanos();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] chunk = new byte[CHUNK];
        try (InputStream in = context.req().getInputStream()) {
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                body.write(chunk, 0, read);
                if (body.size() > most) {
                    throw tooLarge(context);
                }
                if (System.nanoTime() > end) {
                    throw late(context);
                }
            }
        } catch (IOException e) {
            if (e.getCause() instanceof TimeoutException) {
                throw late(context);
            }
            throw new Refused(Refused.Why.INVALID, "the body ended before it was whole");
        }
        return body.toByteArray();
    }

    Refused tooLarge(Context context) {
        context.header("Connection", "close");
        return new Refused(Refused.Why.TOO_LARGE, what + " may have at most " + most + " bytes");
    }

    HttpResponseException late(Context context) {
        context.header("Connection", "close");
        return new HttpResponseException(LATE, what + " must be here within " + within.toMillis() + " ms");
    }
}
