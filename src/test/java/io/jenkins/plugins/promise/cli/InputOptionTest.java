package io.jenkins.plugins.promise.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import picocli.CommandLine;

public class InputOptionTest {
    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private static InputOption option(String... arguments) {
        return CommandLine.populateCommand(new InputOption(), arguments);
    }

    private static Map<String, String> read(String... arguments) throws IOException {
        return option(arguments).read(new ByteArrayInputStream("from stdin\n".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    public void inputsComeFromFilesVariablesAndStandardInput() throws Exception {
        Path file = folder.newFile().toPath();
        Files.writeString(file, "two\nlines = ü\n\n");

        assertThat(read("--input-file", "A=" + file, "--input-file", "B=-", "--input-env", "C=PATH", "-i", "D=x"))
                .containsExactly(
                        Map.entry("A", "two\nlines = ü\n"),
                        Map.entry("B", "from stdin"),
                        Map.entry("C", System.getenv("PATH")));
    }

    @Test
    public void whatIsMissingOrWrongIsNamed() throws Exception {
        Path binary = folder.newFile().toPath();
        Files.write(binary, new byte[] {(byte) 0xff});
        Path gone = binary.resolveSibling("gone");

        assertThatThrownBy(() -> read("--input-file", "A=" + gone))
                .isInstanceOf(CommandFailure.class)
                .hasMessage("--input-file A=" + gone + ": the file is not there");
        assertThatThrownBy(() -> read("--input-file", "A=" + folder.getRoot()))
                .hasMessage("--input-file A=" + folder.getRoot() + ": the file cannot be read");
        assertThatThrownBy(() -> read("--input-file", "A=" + binary)).hasMessageContaining("is not UTF-8 text");
        assertThatThrownBy(() -> read("--input-env", "A=NO_SUCH_VARIABLE_HERE"))
                .hasMessage("--input-env A=NO_SUCH_VARIABLE_HERE: there is no variable NO_SUCH_VARIABLE_HERE");
        assertThatThrownBy(() -> read("--input-env", "A=PATH", "-i", "A=x")).hasMessage("the input A is given twice");
        assertThatThrownBy(() -> read("--input-file", "A=-", "--input-file", "B=-"))
                .hasMessageContaining("standard input");
    }

    @Test
    public void warnsOfASecretOnTheCommandLineAndDoesNotRepeatIt() {
        StringWriter told = new StringWriter();

        option("-i", "PASS=hunter2", "-i", "NAME=x").warn(name -> name.equals("PASS"), new PrintWriter(told));

        assertThat(told.toString())
                .startsWith("warning: PASS is a secret")
                .contains("--input-file or --input-env")
                .doesNotContain("hunter2", "NAME");
    }
}
