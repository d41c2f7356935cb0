package io.jenkins.plugins.promise.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;

/** The figures as a Markdown table, for the README. */
final class Table {
    private final PrintStream out;
    private final StringBuilder text = new StringBuilder();

    Table(PrintStream out) throws IOException {
        this.out = out;
        line("Measured on " + LocalDate.now(ZoneOffset.UTC) + ": " + machine());
        line("");
        line("| what | figure |");
        line("|---|---|");
    }

    private static String machine() throws IOException {
        long kilobytes = Files.readAllLines(Path.of("/proc/meminfo")).stream()
                .filter(l -> l.startsWith("MemTotal"))
                .mapToLong(l -> Long.parseLong(l.replaceAll("[^0-9]", "")))
                .findFirst()
                .orElse(0);
        return String.format(
                Locale.ROOT,
                "%d processors, %.0f GiB, %s %s, Java %s, everything (clients, receivers, controller) on it",
                Runtime.getRuntime().availableProcessors(),
                kilobytes / 1048576.0,
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                System.getProperty("java.version"));
    }

    void row(String what, Object figure) {
        line("| " + what + " | " + figure + " |");
    }

    private void line(String line) {
        out.println(line);
        text.append(line).append('\n');
    }

    void write(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
