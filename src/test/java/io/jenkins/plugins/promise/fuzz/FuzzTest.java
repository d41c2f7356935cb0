package io.jenkins.plugins.promise.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;

/**
 * What parses strangers' bytes throws nothing but what it declares, never hangs, and takes little memory: for all of the
 * corpus, and for a moment for mutations of it. The profile fuzz of the POM looks for longer, and with Jazzer.
 */
@RunWith(Parameterized.class)
public class FuzzTest {
    private static final long NANOS = TimeUnit.MILLISECONDS.toNanos(300);
    private static final long MAX_ALLOCATED = 256L << 20;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Parameterized.Parameter
    public String name;

    @Parameterized.Parameter(1)
    public Target target;

    /** An input that hangs is told by the stack of the thread that it hangs in. */
    @Rule
    public Timeout hang = Timeout.builder()
            .withTimeout(60, TimeUnit.SECONDS)
            .withLookingForStuckThread(true)
            .build();

    @Parameterized.Parameters(name = "{0}")
    public static List<Object[]> targets() {
        return List.of(
                new Object[] {"inputs", (Target) InputsTarget::fuzzerTestOneInput},
                new Object[] {"report", (Target) ReportTarget::fuzzerTestOneInput},
                new Object[] {"yaml", (Target) YamlTarget::fuzzerTestOneInput},
                new Object[] {"bundle", (Target) BundleTarget::fuzzerTestOneInput});
    }

    /** Something that takes any bytes. */
    public interface Target {
        /** Takes them, and throws only where that is a defect. */
        void take(byte[] data) throws IOException;
    }

    private Map<String, byte[]> corpus() throws IOException, URISyntaxException {
        Map<String, byte[]> corpus = new TreeMap<>();
        Path folder = Path.of(FuzzTest.class.getResource("/fuzz/" + name).toURI());
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                corpus.put(file.getFileName().toString(), Files.readAllBytes(file));
            }
        }
        return corpus;
    }

    private void take(byte[] data, String told) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        try {
            target.take(data);
        } catch (Throwable e) {
            throw new AssertionError(
                    told + ", bytes in base64 " + Base64.getEncoder().encodeToString(data), e);
        }
        assertThat(THREADS.getCurrentThreadAllocatedBytes() - before)
                .as("memory for " + told + ", bytes in base64 "
                        + Base64.getEncoder().encodeToString(data))
                .isLessThan(MAX_ALLOCATED);
    }

    @Test
    public void theCorpusIsTakenOrRefused() throws IOException, URISyntaxException {
        Map<String, byte[]> corpus = corpus();

        assertThat(corpus).hasSizeGreaterThan(3);
        corpus.forEach((file, data) -> take(data, file));
    }

    @Test
    public void mutationsOfTheCorpusAreTakenOrRefused() throws IOException, URISyntaxException {
        long seed = new Random().nextLong();
        Mutations mutations = new Mutations(new ArrayList<>(corpus().values()), seed);
        long end = System.nanoTime() + NANOS;
        for (int round = 0; System.nanoTime() < end; round++) {
            take(mutations.next(), "seed " + seed + ", round " + round);
        }
    }
}
