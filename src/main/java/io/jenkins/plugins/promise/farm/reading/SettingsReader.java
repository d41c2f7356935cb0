package io.jenkins.plugins.promise.farm.reading;

import io.jenkins.plugins.promise.callback.address.ReceiverPolicy;
import io.jenkins.plugins.promise.contract.file.JobFileReader;
import io.jenkins.plugins.promise.contract.yaml.YamlMapping;
import io.jenkins.plugins.promise.farm.FarmSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Reads what a farm says about promise jobs. */
final class SettingsReader {
    private SettingsReader() {}

    static FarmSettings read(YamlMapping yaml) {
        List<String> receivers = yaml.texts("receivers");
        try {
            var unused = new ReceiverPolicy(ReceiverPolicy.DEFAULT.schemes(), receivers, false);
        } catch (IllegalArgumentException e) {
            yaml.error("receivers", e.getMessage());
        }
        List<Duration> retry = new ArrayList<>();
        for (String time : yaml.texts("retry")) {
            JobFileReader.duration(time)
                    .ifPresentOrElse(
                            retry::add,
                            () -> yaml.error("retry", "'" + time + "' is no time such as 90s, 30m, 12h or 7d"));
        }
        FarmSettings settings = new FarmSettings(
                receivers,
                JobFileReader.duration("deadline", yaml).orElse(null),
                JobFileReader.duration("retention", yaml).orElse(null),
                retry,
                JobFileReader.duration("give-up-after", yaml).orElse(null),
                JobFileReader.duration("lease", yaml).orElse(null));
        yaml.refuseOthers();
        return settings;
    }
}
