package io.jenkins.plugins.promise.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.Test;

public class StartAttemptsTest {
    @Test
    public void triesAgainLaterAndLaterAndNotForEver() {
        StartAttempts attempts = new StartAttempts();
        List<Long> delays = new ArrayList<>();
        OptionalLong delay = attempts.failed("a", "no memory");
        while (delay.isPresent() && delays.size() < 100) {
            delays.add(delay.getAsLong());
            delay = attempts.failed("a", "no memory");
        }

        assertThat(delays).hasSize(19).isSorted().startsWith(1_000L, 2_000L).endsWith(60_000L);
        assertThat(attempts.failed("a", "no memory")).as("a new life").hasValue(1_000);
        attempts.done("a");
        assertThat(attempts.failed("a", "no memory")).hasValue(1_000);
        assertThat(attempts.failed("b", "no memory")).as("another one").hasValue(1_000);
    }

    @Test
    public void aThousandFailedStartsAreOneLineInTheLog() {
        List<LogRecord> lines = new ArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord line) {
                lines.add(line);
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger logger = Logger.getLogger(StartAttempts.class.getName());
        logger.addHandler(handler);
        try {
            StartAttempts attempts = new StartAttempts();
            for (int i = 0; i < 1_000; i++) {
                attempts.failed("p" + i, "no memory");
            }
        } finally {
            logger.removeHandler(handler);
        }

        assertThat(lines).hasSize(1);
    }
}
