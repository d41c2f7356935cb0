package io.jenkins.plugins.promise.callback;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/**
 * Keeps an answer's status as soon as it is there, and reads its body up to a cap: a receiver cannot fill this machine's
 * memory, and one that has answered 200 has answered, however slowly the rest comes.
 */
final class CappedAnswer implements HttpResponse.BodyHandler<String> {
    private final int cap;
    private volatile Integer status;
    private volatile String retryAfter;

    CappedAnswer(int cap) {
        this.cap = cap;
    }

    /** The status; null while there is none. */
    Integer status() {
        return status;
    }

    /** The header {@code Retry-After}; null if there is none. */
    String retryAfter() {
        return retryAfter;
    }

    @Override
    public HttpResponse.BodySubscriber<String> apply(HttpResponse.ResponseInfo info) {
        retryAfter = info.headers().firstValue("retry-after").orElse(null);
        status = info.statusCode();
        return new Body();
    }

    private final class Body implements HttpResponse.BodySubscriber<String> {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final CompletableFuture<String> done = new CompletableFuture<>();
        private Flow.Subscription subscription;

        @Override
        public CompletionStage<String> getBody() {
            return done;
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            given.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {
            for (ByteBuffer buffer : buffers) {
                byte[] part = new byte[Math.min(buffer.remaining(), cap - bytes.size())];
                buffer.get(part);
                bytes.writeBytes(part);
                if (bytes.size() >= cap) {
                    subscription.cancel();
                    onComplete();
                    return;
                }
            }
        }

        @Override
        public void onError(Throwable problem) {
            onComplete();
        }

        @Override
        public void onComplete() {
            done.complete(bytes.toString(StandardCharsets.UTF_8));
        }
    }
}
