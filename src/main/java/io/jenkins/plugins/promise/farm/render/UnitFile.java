package io.jenkins.plugins.promise.farm.render;

/** A unit of systemd in the making. */
final class UnitFile {
    private final StringBuilder text = new StringBuilder();

    UnitFile section(String name) {
        text.append(text.length() == 0 ? "" : "\n").append('[').append(name).append("]\n");
        return this;
    }

    UnitFile set(String key, String value) {
        if (value.indexOf('\n') >= 0) {
            throw new IllegalArgumentException(key + " has several lines");
        }
        text.append(key).append('=').append(value).append('\n');
        return this;
    }

    String text() {
        return text.toString();
    }
}
