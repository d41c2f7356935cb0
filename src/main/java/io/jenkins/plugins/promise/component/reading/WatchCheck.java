package io.jenkins.plugins.promise.component.reading;

import io.jenkins.plugins.promise.component.Component;
import io.jenkins.plugins.promise.component.Components;
import io.jenkins.plugins.promise.contract.yaml.Finding;
import io.jenkins.plugins.promise.watching.component.Watch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is watched by several components, or by its pattern not at all, among the files that the repository has. */
final class WatchCheck {
    private final Components all;
    private final List<String> files;

    /**
     * A check.
     *
     * @param files of the repository, from its top; none if there is no repository to ask
     */
    WatchCheck(Components all, List<String> files) {
        this.all = all;
        this.files = files;
    }

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        if (files.isEmpty()) {
            return findings;
        }
        Map<String, Component> first = new LinkedHashMap<>();
        Map<List<String>, String> shared = new LinkedHashMap<>();
        for (Component component : all.components().values()) {
            for (Watch watch : component.source().watch()) {
                Watch.Matching matching = watch.matching();
                boolean any = false;
                for (String file : files) {
                    if (matching.matches(file)) {
                        any = true;
                        Component other = first.putIfAbsent(file, component);
                        if (other != null && !other.equals(component)) {
                            shared.putIfAbsent(List.of(other.name(), component.name()), file);
                        }
                    }
                }
                if (!any
                        && component.place().lines().containsKey("watch")
                        && !component.source().elsewhere()) {
                    findings.add(warning(
                            component, "'" + watch + "' is no file that git has; a change of it is never seen"));
                }
            }
        }
        shared.forEach((names, file) -> findings.add(warning(
                all.components().get(names.get(1)),
                "overlaps with that of " + names.get(0) + ": a change of " + file + " changes both")));
        return findings;
    }

    private static Finding warning(Component component, String message) {
        return Finding.warning(component.place().file(), component.place().line("watch"), "watch", message);
    }
}
