package io.jenkins.plugins.promise.farm;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A farm, as its file has it, with what the file leaves out filled in.
 *
 * @param name its name
 * @param about one line for people; null for none
 * @param controller what its controllers are
 * @param address where people, agents and whoever submits reach it
 * @param home where a controller keeps everything on its machine
 * @param controllers the controllers
 * @param security people and secrets
 * @param settings what promise jobs are told
 * @param workers worker types by name, in the file's order
 * @param zones the zones it spans; empty for machines that are just there
 * @param suites what is deployed
 */
public record Farm(
        String name,
        String about,
        ControllerKind controller,
        URI address,
        String home,
        Controllers controllers,
        Security security,
        FarmSettings settings,
        Map<String, WorkerType> workers,
        List<String> zones,
        List<SuiteSource> suites) {
    /** Copies what it is given. */
    public Farm {
        workers = new LinkedHashMap<>(workers);
        zones = List.copyOf(zones);
        suites = List.copyOf(suites);
    }

    /** Whether its controllers are Jenkins. */
    public boolean jenkins() {
        return controller == ControllerKind.JENKINS;
    }

    /** Its address without a slash at its end. */
    public String url() {
        return address.toString().replaceFirst("/+$", "");
    }

    /** The region of its zones. */
    public String region() {
        String zone = zones.get(0);
        return zone.substring(0, zone.length() - 1);
    }

    /** How many workers a local controller runs at once: as many as all agents would. */
    public int executors() {
        return controllers.executors() != null
                ? controllers.executors()
                : Math.max(
                        1,
                        workers.values().stream()
                                .mapToInt(w -> w.count() * w.executors())
                                .sum());
    }

    /** The same under another name, elsewhere. */
    public Farm at(String otherName, URI otherAddress) {
        return new Farm(
                otherName,
                about,
                controller,
                otherAddress,
                home,
                controllers,
                security,
                settings,
                workers,
                zones,
                suites);
    }

    /** The same with other numbers of workers, by type. */
    public Farm scaled(Map<String, Integer> agents) {
        Map<String, WorkerType> scaled = new LinkedHashMap<>(workers);
        agents.forEach((type, count) -> scaled.computeIfPresent(type, (name, worker) -> worker.scaled(count)));
        return new Farm(name, about, controller, address, home, controllers, security, settings, scaled, zones, suites);
    }
}
