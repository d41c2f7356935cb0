package io.jenkins.plugins.promise.farm.reading;

import com.google.re2j.Pattern;
import io.jenkins.plugins.promise.contract.yaml.Finding;
import io.jenkins.plugins.promise.contract.yaml.YamlFile;
import io.jenkins.plugins.promise.contract.yaml.YamlMapping;
import io.jenkins.plugins.promise.farm.ControllerKind;
import io.jenkins.plugins.promise.farm.Controllers;
import io.jenkins.plugins.promise.farm.Farm;
import io.jenkins.plugins.promise.farm.FarmRead;
import io.jenkins.plugins.promise.farm.FarmSettings;
import io.jenkins.plugins.promise.farm.Security;
import io.jenkins.plugins.promise.farm.SuiteSource;
import io.jenkins.plugins.promise.farm.WorkerType;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a farm file, and checks all that can be known without starting anything. */
public final class FarmReader {
    /** What worker types, zones and volumes are named after. */
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,29}");

    private static final Pattern HOME = Pattern.compile("/[A-Za-z0-9._/-]{1,200}");
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127\\.[0-9.]+|\\[::1\\]");

    /**
     * Reads it; whatever is wrong is among the findings.
     *
     * @param shown the file's name in findings
     */
    public FarmRead read(Path file, String shown) {
        List<Finding> findings = new ArrayList<>();
        YamlMapping yaml = YamlFile.read(file, shown, findings);
        Farm farm =
                yaml.keys().isEmpty() ? null : farm(yaml, file.toAbsolutePath().getParent());
        return new FarmRead(
                Optional.ofNullable(findings.stream().allMatch(Finding::warning) ? farm : null),
                findings.stream().sorted(Comparator.comparing(Finding::line)).toList());
    }

    private static Farm farm(YamlMapping yaml, Path folder) {
        String name = yaml.requiredText("farm");
        if (name != null && !NAME.matches(name)) {
            yaml.error(
                    "farm", "'" + name + "' is no name: use small letters, digits and '-', a letter first, at most 30");
        }
        String about = yaml.text("about");
        if (about != null && about.strip().indexOf('\n') >= 0) {
            yaml.error("about", "must be a single line");
        }
        ControllerKind kind = Words.of(ControllerKind.class, "controller", yaml, ControllerKind.JENKINS);
        URI address = address(kind, yaml);
        List<String> zones = ZonesReader.read(yaml);
        if (!zones.isEmpty() && address != null && !"https".equals(address.getScheme())) {
            yaml.error(
                    "address", "must be https where the farm spans zones: passwords and agents' secrets travel to it");
        }
        boolean needed = kind == ControllerKind.JENKINS || !zones.isEmpty();
        if (needed && !yaml.has("controllers")) {
            yaml.error(
                    "controllers",
                    "is missing: controllers: { "
                            + (kind == ControllerKind.JENKINS ? "jenkins: 2.479.3" : "size: m6i.large") + " }");
        }
        Controllers controllers = ControllersReader.read(
                yaml.mapping("controllers"), kind, !zones.isEmpty(), folder, yaml.has("controllers"));
        Security security = SecurityReader.read(yaml.mapping("security"), kind, !zones.isEmpty(), yaml);
        FarmSettings settings = SettingsReader.read(yaml.mapping("settings"));
        Map<String, WorkerType> workers = WorkersReader.read(yaml.mapping("workers"), !zones.isEmpty());
        if (kind == ControllerKind.JENKINS && workers.isEmpty() && !yaml.has("workers")) {
            yaml.error("workers", "is missing: builds run on agents only, never on a controller");
        }
        List<SuiteSource> suites = SuitesReader.read(yaml, folder);
        String home = home(name, kind, yaml);
        yaml.refuseOthers();
        return new Farm(name, about, kind, address, home, controllers, security, settings, workers, zones, suites);
    }

    private static String home(String name, ControllerKind kind, YamlMapping yaml) {
        String home = yaml.text("home");
        if (home != null && (!HOME.matches(home) || List.of(home.split("/")).contains(".."))) {
            yaml.error("home", "must be a folder's whole path, as in /var/lib/jenkins");
        }
        return home != null ? home : kind == ControllerKind.JENKINS ? "/var/lib/jenkins" : "/var/lib/promise/" + name;
    }

    private static URI address(ControllerKind kind, YamlMapping yaml) {
        String text = yaml.requiredText("address");
        if (text == null) {
            return null;
        }
        URI uri;
        try {
            uri = URI.create(text);
        } catch (IllegalArgumentException e) {
            uri = null;
        }
        if (uri == null
                || uri.getHost() == null
                || uri.getRawUserInfo() != null
                || uri.getRawQuery() != null
                || uri.getRawFragment() != null
                || !("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))) {
            yaml.error("address", "must be the URL that the farm is reached at, as in https://ci.example");
            return null;
        }
        if (kind == ControllerKind.LOCAL
                && !yaml.has("zones")
                && (uri.getPort() < 1 || !LOOPBACK.matches(uri.getHost()))) {
            yaml.error("address", "must name this machine and a port, as in http://127.0.0.1:8090");
        }
        return uri;
    }
}
