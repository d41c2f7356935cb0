package io.jenkins.plugins.promise.farm.plugin;

import com.google.re2j.Pattern;
import io.jenkins.plugins.promise.contract.yaml.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads a file that names plugins: one a line, {@code name} or {@code name:version}, and comments after {@code #}. */
public final class PluginsFile {
    private static final Pattern LINE =
            Pattern.compile("([A-Za-z0-9][A-Za-z0-9_.-]*)(:([A-Za-z0-9][A-Za-z0-9_.+-]*))?");

    private PluginsFile() {}

    /**
     * What it asks for.
     *
     * @param findings where everything that is wrong goes
     */
    public static List<PluginRequest> read(Path file, List<Finding> findings) {
        String name = file.getFileName().toString();
        List<PluginRequest> requests = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        try {
            int number = 0;
            for (String line : Files.readAllLines(file)) {
                number++;
                String text = line.replaceFirst("#.*", "").trim();
                var matcher = LINE.matcher(text);
                if (text.isEmpty()) {
                    continue;
                }
                if (!matcher.matches()) {
                    findings.add(
                            Finding.error(name, number, "", "'" + text + "' must be a plugin, name or name:version"));
                } else if (!seen.add(matcher.group(1))) {
                    findings.add(Finding.error(name, number, "", matcher.group(1) + " is named twice"));
                } else {
                    requests.add(new PluginRequest(matcher.group(1), matcher.group(3), name, number));
                }
            }
        } catch (IOException e) {
            findings.add(Finding.error(name, 0, "", "cannot be read: " + e));
        }
        return requests;
    }
}
