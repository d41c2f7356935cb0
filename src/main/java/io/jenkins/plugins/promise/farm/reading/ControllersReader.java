package io.jenkins.plugins.promise.farm.reading;

import com.google.common.base.Splitter;
import com.google.re2j.Pattern;
import io.jenkins.plugins.promise.contract.yaml.YamlMapping;
import io.jenkins.plugins.promise.farm.ControllerKind;
import io.jenkins.plugins.promise.farm.Controllers;
import io.jenkins.plugins.promise.farm.FarmLedger;
import io.jenkins.plugins.promise.ledger.database.LedgerLocation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the controllers of a farm. */
final class ControllersReader {
    /** The first Jenkins that the plugin runs on. */
    private static final List<Integer> OLDEST = List.of(2, 479, 3);

    private static final Pattern VERSION = Pattern.compile("[0-9]{1,4}(\\.[0-9]{1,6}){1,2}");
    private static final Pattern MIRROR = Pattern.compile("(https|s3)://[A-Za-z0-9./_-]{1,300}");
    private static final String DOWNLOADS = "https://updates.jenkins.io/download";
    private static final int MOST = 9;
    private static final int JAVA = 17;
    private static final int DISK = 50;

    private ControllersReader() {}

    /**
     * Reads them.
     *
     * @param there whether the file has them at all
     */
    static Controllers read(YamlMapping yaml, ControllerKind kind, boolean zones, Path folder, boolean there) {
        Integer count = yaml.count("count", MOST);
        FarmLedger ledger = ledger(yaml, zones);
        if (count != null && count > 1 && !ledger.shared()) {
            yaml.error(
                    "ledger",
                    "must be a database for " + count + " controllers: postgresql://USER@HOST/DATABASE"
                            + (zones ? ", or rds" : ""));
        }
        String java = yaml.text("java");
        if (java != null && !java.equals("17") && !java.equals("21")) {
            yaml.error("java", "must be 17 or 21");
        }
        String mirror = yaml.text("mirror");
        if (mirror != null && !MIRROR.matches(mirror)) {
            yaml.error("mirror", "must be an https or s3 URL that has war/ and plugins/, as " + DOWNLOADS + " has");
        }
        Controllers controllers = new Controllers(
                count == null ? 1 : count,
                jenkins(yaml, there && kind == ControllerKind.JENKINS),
                java == null || !java.equals("21") ? JAVA : 21,
                Words.size(yaml, zones && there),
                Words.disk(yaml, DISK),
                yaml.count("executors", 10_000),
                file("plugins", yaml, folder).orElse(null),
                configuration(yaml, folder),
                ledger,
                mirror == null ? DOWNLOADS : mirror);
        if (kind == ControllerKind.LOCAL) {
            for (String key : List.of("jenkins", "plugins", "configuration")) {
                if (yaml.has(key)) {
                    yaml.error(key, "is of a Jenkins; the controller is local");
                }
            }
        } else if (yaml.has("executors")) {
            yaml.error("executors", "is of a local controller; builds run on agents only, never on a controller");
        }
        yaml.refuseOthers();
        return controllers;
    }

    private static String jenkins(YamlMapping yaml, boolean required) {
        String version = required ? yaml.requiredText("jenkins") : yaml.text("jenkins");
        if (version != null && !VERSION.matches(version)) {
            yaml.error("jenkins", "'" + version + "' is no version of Jenkins, as in 2.479.3");
        } else if (version != null && older(version)) {
            yaml.error("jenkins", "is older than 2.479.3, the first that Promise Jobs runs on");
        }
        return version;
    }

    private static boolean older(String version) {
        List<Integer> numbers = new ArrayList<>();
        for (String number : Splitter.on('.').split(version)) {
            numbers.add(Integer.valueOf(number));
        }
        for (int i = 0; i < OLDEST.size(); i++) {
            // 2.480 is a weekly: newer than 2.479.3, as it is no patch of 2.479.
            int own = i < numbers.size() ? numbers.get(i) : 0;
            if (own != OLDEST.get(i)) {
                return own < OLDEST.get(i);
            }
        }
        return false;
    }

    private static FarmLedger ledger(YamlMapping yaml, boolean zones) {
        String text = yaml.text("ledger");
        if (text == null || text.equals("embedded")) {
            return FarmLedger.EMBEDDED;
        }
        if (text.equals("rds")) {
            if (!zones) {
                yaml.error("ledger", "rds is made with a farm that spans zones; this one has none");
            }
            return new FarmLedger(FarmLedger.Kind.RDS, null);
        }
        if (text.matches("postgresql://[^/@]*:[^/@]*@.*")) {
            yaml.error("ledger", "must hold no password; it is the secret ledger-password");
            return new FarmLedger(FarmLedger.Kind.POSTGRESQL, null);
        }
        try {
            var unused = LedgerLocation.shared(text, null);
        } catch (IllegalArgumentException e) {
            yaml.error("ledger", "must be embedded, rds or postgresql://USER@HOST/DATABASE: " + e.getMessage());
        }
        return new FarmLedger(FarmLedger.Kind.POSTGRESQL, text);
    }

    private static List<Path> configuration(YamlMapping yaml, Path folder) {
        List<Path> files = new ArrayList<>();
        for (String name : yaml.texts("configuration")) {
            there("configuration", name, yaml, folder).ifPresent(files::add);
        }
        return files;
    }

    private static Optional<Path> file(String key, YamlMapping yaml, Path folder) {
        return Optional.ofNullable(yaml.text(key)).flatMap(name -> there(key, name, yaml, folder));
    }

    private static Optional<Path> there(String key, String name, YamlMapping yaml, Path folder) {
        Path file = folder.resolve(name).normalize();
        if (!Files.isRegularFile(file)) {
            yaml.error(key, "there is no file " + name + " beside the farm file");
            return Optional.empty();
        }
        return Optional.of(file);
    }
}
