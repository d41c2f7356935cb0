package io.jenkins.plugins.promise.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.Test;

public class LocalQueueTest {
    private static final int MANY = 200_000;

    /** It takes half a second; looking through all that wait for each of them takes minutes. */
    @Test(timeout = 20_000)
    public void whatLeavesTheQueueUnbuiltCostsTheSameHoweverManyWait() throws Exception {
        CountDownLatch released = new CountDownLatch(1);
        CountDownLatch ran = new CountDownLatch(1);
        try (LocalQueue queue = new LocalQueue(1)) {
            queue.add("first", () -> {
                try {
                    released.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            for (int i = 0; i < MANY; i++) {
                queue.add("p" + i, () -> {
                    throw new AssertionError("it was taken out");
                });
            }
            queue.add("last", ran::countDown);

            for (int i = MANY - 1; i >= 0; i--) {
                queue.remove("p" + i);
            }

            assertThat(queue.queued("p7")).isFalse();
            assertThat(queue.queued("last")).isTrue();
            released.countDown();
            assertThat(ran.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }
}
