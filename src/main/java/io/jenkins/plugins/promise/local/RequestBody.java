package io.jenkins.plugins.promise.local;

import io.javalin.http.Context;
import io.jenkins.plugins.promise.contract.Refused;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads what a request brings, up to a limit.
 *
 * @param what it is, for the refusal
 * @param most how many bytes it may have
 */
record RequestBody(String what, int most) {
    byte[] read(Context context) throws Refused {
        if (context.req().getContentLengthLong() > most) {
            throw tooLarge(context);
        }
        byte[] body;
        try (InputStream in = context.req().getInputStream()) {
            body = in.readNBytes(most + 1);
        } catch (IOException e) {
            throw new Refused(Refused.Why.INVALID, "the body ended before it was whole");
        }
        if (body.length > most) {
            throw tooLarge(context);
        }
        return body;
    }

    private Refused tooLarge(Context context) {
        context.header("Connection", "close");
        return new Refused(Refused.Why.TOO_LARGE, what + " may have at most " + most + " bytes");
    }
}
