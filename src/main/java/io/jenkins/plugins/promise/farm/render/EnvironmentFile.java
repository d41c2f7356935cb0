package io.jenkins.plugins.promise.farm.render;

/** A file of variables in the making, as systemd reads it and bash too. */
final class EnvironmentFile {
    private final StringBuilder text = new StringBuilder();

    EnvironmentFile set(String name, String value) {
        if (value.chars().anyMatch(c -> c < ' ')) {
            throw new IllegalArgumentException(name + " has several lines");
        }
        // In double quotes both know these.
        text.append(name)
                .append("=\"")
                .append(value.replaceAll("([\\\\\"$`])", "\\\\$1"))
                .append("\"\n");
        return this;
    }

    String text() {
        return text.toString();
    }
}
