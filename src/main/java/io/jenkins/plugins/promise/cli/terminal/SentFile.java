package io.jenkins.plugins.promise.cli.terminal;

import java.io.FileNotFoundException;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.Flow;

/** A file as the body of a request; a bar shows how much of it is sent. */
public final class SentFile implements HttpRequest.BodyPublisher {
    private final HttpRequest.BodyPublisher file;
    private final Bar bar;

    /**
     * A body.
     *
     * @throws FileNotFoundException if there is no such file
     */
    public SentFile(Path file, Bar bar) throws FileNotFoundException {
        this.file = HttpRequest.BodyPublishers.ofFile(file);
        this.bar = bar;
    }

    @Override
    public long contentLength() {
        return file.contentLength();
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> to) {
        file.subscribe(new Counting(to));
    }

    private final class Counting implements Flow.Subscriber<ByteBuffer> {
        private final Flow.Subscriber<? super ByteBuffer> to;
        private long sent;

        Counting(Flow.Subscriber<? super ByteBuffer> to) {
            this.to = to;
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            to.onSubscribe(subscription);
        }

        @Override
        public void onNext(ByteBuffer part) {
            sent += part.remaining();
            bar.at(sent, contentLength());
            to.onNext(part);
        }

        @Override
        public void onError(Throwable problem) {
            to.onError(problem);
        }

        @Override
        public void onComplete() {
            bar.now("sent; the controller answers");
            to.onComplete();
        }
    }
}
