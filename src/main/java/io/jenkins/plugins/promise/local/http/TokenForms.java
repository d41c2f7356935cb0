package io.jenkins.plugins.promise.local.http;

import io.javalin.http.Context;
import io.jenkins.plugins.promise.contract.Refused;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Reads forms whose token is in themselves, so that they must be read before it is known whether they may be: small ones
 * only, within a short time, so many at once, and no thread waits for their bytes.
 */
public final class TokenForms {
    private static final int CHUNK = 8_192;

    private final RequestBody limits;
    private final Semaphore free;
    private final Executor threads;

    /**
     * Forms within those limits.
     *
     * @param threads where what has been read goes on
     */
    public TokenForms(RequestLimits limits, Executor threads) {
        this.limits = new RequestBody("a form that holds its token", limits.formBytes(), limits.form());
        this.free = new Semaphore(limits.forms());
        this.threads = threads;
    }

    /**
     * The form, when it is here.
     *
     * @throws Refused if it is too large, or too many are on their way
     */
    public CompletableFuture<byte[]> read(Context context) throws Refused {
        if (context.req().getContentLengthLong() > limits.most()) {
            throw limits.tooLarge(context);
        }
        if (!free.tryAcquire()) {
            context.header("Connection", "close");
            throw new Refused(
                    Refused.Why.UNAVAILABLE,
                    "too many forms that hold their tokens are on their way; put the token into the header"
                            + " Authorization: Bearer TOKEN");
        }
        CompletableFuture<byte[]> whole = new CompletableFuture<>();
        try {
            ServletInputStream in = context.req().getInputStream();
            in.setReadListener(new Arriving(in, whole, () -> limits.tooLarge(context)));
        } catch (IOException | IllegalStateException e) {
            whole.completeExceptionally(e);
        }
        return whole.orTimeout(limits.within().toNanos(), TimeUnit.NANOSECONDS)
                .handleAsync(
                        (bytes, failure) -> {
                            free.release();
                            if (failure == null) {
                                return bytes;
                            }
                            throw failure instanceof TimeoutException
                                    ? limits.late(context)
                                    : new CompletionException(failure);
                        },
                        threads);
    }

    private final class Arriving implements ReadListener {
        private final ServletInputStream in;
        private final CompletableFuture<byte[]> whole;
        private final Supplier<Refused> tooLarge;
        private final ByteArrayOutputStream body = new ByteArrayOutputStream();
        private final byte[] chunk = new byte[CHUNK];

        Arriving(ServletInputStream in, CompletableFuture<byte[]> whole, Supplier<Refused> tooLarge) {
            this.in = in;
            this.whole = whole;
            this.tooLarge = tooLarge;
        }

        @Override
        public void onDataAvailable() throws IOException {
            while (!whole.isDone() && in.isReady()) {
                int read = in.read(chunk);
                if (read < 0) {
                    return;
                }
                body.write(chunk, 0, read);
                if (body.size() > limits.most()) {
                    whole.completeExceptionally(tooLarge.get());
                }
            }
        }

        @Override
        public void onAllDataRead() {
            whole.complete(body.toByteArray());
        }

        @Override
        public void onError(Throwable failure) {
            whole.completeExceptionally(new Refused(Refused.Why.INVALID, "the body ended before it was whole"));
        }
    }
}
