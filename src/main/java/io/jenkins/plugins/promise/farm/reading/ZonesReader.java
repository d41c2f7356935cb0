package io.jenkins.plugins.promise.farm.reading;

import com.google.re2j.Pattern;
import io.jenkins.plugins.promise.contract.yaml.YamlMapping;
import java.util.List;

/** Reads the zones that a farm spans. */
final class ZonesReader {
    private static final Pattern ZONE = Pattern.compile("[a-z]{2}(-[a-z]{2,12}){1,2}-[0-9][a-z]");

    private ZonesReader() {}

    static List<String> read(YamlMapping yaml) {
        List<String> zones = yaml.texts("zones");
        boolean good = true;
        for (String zone : zones.stream().distinct().toList()) {
            if (!ZONE.matches(zone)) {
                yaml.error("zones", "'" + zone + "' is no availability zone, as in eu-west-1a");
                good = false;
            }
            if (zones.indexOf(zone) != zones.lastIndexOf(zone)) {
                yaml.error("zones", "names " + zone + " twice");
            }
        }
        if (good
                && zones.stream()
                                .map(z -> z.substring(0, z.length() - 1))
                                .distinct()
                                .count()
                        > 1) {
            yaml.error("zones", "are of several regions; a farm is in one");
        }
        if (yaml.has("zones") && zones.stream().distinct().count() < 2 && good) {
            yaml.error(
                    "zones",
                    "must be two at least, as the load balancer needs; leave it out for machines that are just there");
        }
        return zones;
    }
}
