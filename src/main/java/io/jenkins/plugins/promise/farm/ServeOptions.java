package io.jenkins.plugins.promise.farm;

import io.jenkins.plugins.promise.contract.file.JobFileReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** How {@code promise serve} is called for a farm of local controllers. */
public final class ServeOptions {
    private final Farm farm;

    /** For that farm. */
    public ServeOptions(Farm farm) {
        this.farm = farm;
    }

    /** The options of one that listens there, and has that home. */
    public List<String> at(String host, int port, String home) {
        List<String> options = new ArrayList<>(List.of(
                "--deployed",
                "--host",
                host,
                "--port",
                Integer.toString(port),
                "--url",
                farm.address().toString(),
                "--home",
                home,
                "--executors",
                Integer.toString(farm.executors())));
        FarmSettings settings = farm.settings();
        if (farm.controllers().ledger().url() != null) {
            options.addAll(List.of("--ledger", farm.controllers().ledger().url()));
        }
        add("--allow-receiver", String.join(",", settings.receivers()), options);
        add("--deadline", told(settings.deadline()), options);
        add("--retention", told(settings.retention()), options);
        add("--retry", settings.retry().stream().map(ServeOptions::told).collect(Collectors.joining(",")), options);
        add("--give-up-after", told(settings.giveUpAfter()), options);
        add("--lease", told(settings.lease()), options);
        return options;
    }

    private static void add(String option, String value, List<String> options) {
        if (!value.isEmpty()) {
            options.addAll(List.of(option, value));
        }
    }

    private static String told(Duration time) {
        return time == null ? "" : JobFileReader.text(time).orElseThrow();
    }
}
