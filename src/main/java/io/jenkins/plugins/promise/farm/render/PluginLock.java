package io.jenkins.plugins.promise.farm.render;

import io.jenkins.plugins.promise.farm.plugin.Plugin;
import java.util.Collection;

/** The list that a controller installs its plugins from: name, version, checksum and address, a plugin a line. */
final class PluginLock {
    private PluginLock() {}

    /**
     * The list.
     *
     * @param mirror where those are that say no address themselves
     */
    static String text(Collection<Plugin> plugins, String mirror) {
        StringBuilder text = new StringBuilder("# name version sha256 url; resolved by promise farm render\n");
        for (Plugin plugin : plugins) {
            String url = plugin.url() != null
                    ? plugin.url()
                    : mirror + "/plugins/" + plugin.name() + "/" + plugin.version() + "/" + plugin.name() + ".hpi";
            text.append(String.join(" ", plugin.name(), plugin.version(), plugin.sha256(), url))
                    .append('\n');
        }
        return text.toString();
    }
}
