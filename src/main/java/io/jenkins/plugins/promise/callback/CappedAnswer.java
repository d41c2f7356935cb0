package io.jenkins.plugins.promise.callback;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.protocol.HttpContext;

/**
 * Keeps an answer's status as soon as it is there, and reads its body up to a cap: a receiver cannot fill this machine's
 * memory, and one that has answered 200 has answered, however slowly the rest comes.
 */
final class CappedAnswer implements AsyncResponseConsumer<Void> {
    private final int cap;
    private final CompletableFuture<Answer> answer = new CompletableFuture<>();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private FutureCallback<Void> exchange;
    private boolean headed;
    private int status;
    private String retryAfter;
    private boolean ended;

    CappedAnswer(int cap) {
        this.cap = cap;
    }

    /** Comes with the body's end, its cap, or what broke it off; fails with what came before there was a status. */
    CompletableFuture<Answer> answer() {
        return answer;
    }

    /** Takes what has come so far for the answer, or fails with the problem if that is nothing. */
    synchronized void end(Throwable problem) {
        if (headed) {
            answer.complete(new Answer(status, retryAfter, bytes.toString(StandardCharsets.UTF_8)));
        } else {
            answer.completeExceptionally(problem);
        }
    }

    /** Whether the exchange is over, so that its connection can be used again. */
    synchronized boolean ended() {
        return ended;
    }

    @Override
    public synchronized void consumeResponse(
            HttpResponse response, EntityDetails body, HttpContext context, FutureCallback<Void> callback) {
        Header header = response.getFirstHeader(HttpHeaders.RETRY_AFTER);
        retryAfter = header == null ? null : header.getValue();
        status = response.getCode();
        headed = true;
        exchange = callback;
        if (body == null) {
            streamEnd(null);
        }
    }

    @Override
    public void informationResponse(HttpResponse response, HttpContext context) {
        // The final one counts.
    }

    @Override
    public void updateCapacity(CapacityChannel channel) throws java.io.IOException {
        channel.update(Integer.MAX_VALUE);
    }

    @Override
    public synchronized void consume(ByteBuffer source) {
        byte[] part = new byte[Math.min(source.remaining(), cap - bytes.size())];
        source.get(part);
        source.position(source.limit());
        bytes.writeBytes(part);
        if (bytes.size() >= cap) {
            end(null);
        }
    }

    @Override
    public synchronized void streamEnd(List<? extends Header> trailers) {
        ended = true;
        exchange.completed(null);
        end(null);
    }

    @Override
    public synchronized void failed(Exception cause) {
        end(cause);
    }

    @Override
    public void releaseResources() {
        // There are none.
    }
}
