package io.jenkins.plugins.promise.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.promise.engine.Constructs.Construct;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.Test;

/** The table of the docs is the one that is tested. */
public class ConstructsPageTest {
    private static final Path PAGE = Path.of("docs/groovy.md");
    private static final Path MADE = Path.of("target/groovy.md");
    private static final String BEGINNING = "<!-- from here on made from constructs.yaml -->\n";

    @Test
    public void thePageShowsTheTableThatIsTested() throws IOException {
        String page = Files.readString(PAGE);
        String prose = page.substring(0, page.indexOf(BEGINNING) + BEGINNING.length());
        String made = prose + tables();
        Files.createDirectories(MADE.getParent());
        Files.writeString(MADE, made);
        assertThat(page).as("copy " + MADE + " to " + PAGE).isEqualTo(made);
    }

    private static String tables() {
        StringBuilder text = new StringBuilder();
        String group = "";
        for (Construct construct : Constructs.all()) {
            if (!construct.group().equals(group)) {
                group = construct.group();
                text.append("\n## ")
                        .append(group)
                        .append("\n\n| | script | here | Jenkins 2.479.3 |\n|---|---|---|---|\n");
            }
            text.append("| ")
                    .append(cell(construct.about()))
                    .append(" | ")
                    .append(code(construct.script()))
                    .append(" | ")
                    .append(here(construct.row()))
                    .append(" | ")
                    .append(there(construct))
                    .append(" |\n");
        }
        return text.toString();
    }

    private static String here(JsonNode row) {
        return row.has("refused")
                ? "refused: " + cell(row.path("refused").asText())
                : code(row.path("is").toString());
    }

    private static String there(Construct construct) {
        JsonNode row = construct.row();
        if (row.has("jenkins")) {
            return cell(row.path("jenkins").asText());
        }
        Optional<JsonNode> answer = construct.onJenkins();
        if (answer.isEmpty()) {
            return "";
        }
        if (answer.get().path("status").asText().equals("FAILURE")) {
            return construct
                    .unguarded()
                    .filter(a -> a.path("status").asText().equals("SUCCESS"))
                    .map(a -> "refused; " + code(a.path("data").toString()) + " without the guard")
                    .orElse(
                            row.has("words")
                                    ? "refused in other words: "
                                            + cell(row.path("words").asText())
                                    : "refused");
        }
        return "the same";
    }

    private static String code(String text) {
        return "<code>" + cell(text) + "</code>";
    }

    private static String cell(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("|", "&#124;")
                .replace("*", "&#42;")
                .replace("_", "&#95;")
                .replace("`", "&#96;")
                .replace("\\", "&#92;")
                .replace("$", "&#36;")
                .replace("\n", "<br>");
    }
}
