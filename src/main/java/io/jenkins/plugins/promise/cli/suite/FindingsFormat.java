package io.jenkins.plugins.promise.cli.suite;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.contract.yaml.Finding;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;

/** How findings are written. */
enum FindingsFormat {
    /** As compilers do. */
    TEXT {
        @Override
        void write(List<Finding> findings, Path root, PrintWriter out) {
            findings.forEach(out::println);
        }
    },
    /** One JSON object, for programs. */
    JSON {
        @Override
        void write(List<Finding> findings, Path root, PrintWriter out) {
            ObjectNode all = Json.mapper().createObjectNode();
            ArrayNode list = all.putArray("findings");
            findings.forEach(f -> list.addObject()
                    .put("severity", f.warning() ? "warning" : "error")
                    .put("file", f.file())
                    .put("line", f.line())
                    .put("field", f.field())
                    .put("message", f.message()));
            all.put("errors", findings.stream().filter(f -> !f.warning()).count());
            all.put("warnings", findings.stream().filter(Finding::warning).count());
            out.println(all.toPrettyString());
        }
    },
    /** Annotations of a GitHub workflow; files as they are seen from where it runs. */
    GITHUB {
        @Override
        void write(List<Finding> findings, Path root, PrintWriter out) {
            Path here = Path.of("").toAbsolutePath();
            for (Finding finding : findings) {
                Path file = root.toAbsolutePath().resolve(finding.file()).normalize();
                String shown = file.startsWith(here) ? here.relativize(file).toString() : file.toString();
                out.println("::" + (finding.warning() ? "warning" : "error") + " file=" + property(shown)
                        + (finding.line() > 0 ? ",line=" + finding.line() : "")
                        + "::"
                        + escaped((finding.field().isEmpty() ? "" : finding.field() + ": ") + finding.message()));
            }
        }
    };

    /**
     * Writes them.
     *
     * @param root the suite's folder
     */
    abstract void write(List<Finding> findings, Path root, PrintWriter out);

    private static String escaped(String text) {
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }

    private static String property(String text) {
        return escaped(text).replace(":", "%3A").replace(",", "%2C");
    }
}
