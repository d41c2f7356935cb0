package io.jenkins.plugins.promise.local.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class ScriptFileTest {
    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private static IOException refusal(String error) {
        return new IOException("Cannot run program \"/bin/x\" (in directory \"/w\"): " + error);
    }

    @Test
    public void whatTheMachineLacksNowIsNotTheScriptsFault() {
        for (String error : new String[] {
            "error=24, Too many open files", "error=12, Cannot allocate memory",
                    "error=11, Resource temporarily unavailable",
            "error=28, No space left on device", "error=23, Too many open files in system", "something else"
        }) {
            assertThat(ScriptFile.fault(refusal(error))).as(error).isEmpty();
        }
    }

    @Test
    public void whatWillNeverStartIsTheScriptsFault() {
        assertThat(ScriptFile.fault(refusal("error=2, No such file or directory")))
                .contains("No such file or directory");
        assertThat(ScriptFile.fault(refusal("error=13, Permission denied"))).contains("Permission denied");
        assertThat(ScriptFile.fault(refusal("error=7, Argument list too long")))
                .hasValueSatisfying(f -> assertThat(f).contains("inputs are too large", "address of a file"));
    }

    @Test
    public void tellsByTheFirstLineWhatRunsAScriptAndWhatIsWrong() throws Exception {
        Path script = folder.newFile("run.sh").toPath();
        Files.writeString(script, "echo hello\n");
        assertThat(new ScriptFile(script).command()).containsExactly("bash", script.toString());
        assertThat(new ScriptFile(script).problem()).isEmpty();

        Files.writeString(script, "#! /bin/sh -e\necho hello\n");
        assertThat(new ScriptFile(script).problem()).contains(script + " is not executable");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        assertThat(new ScriptFile(script).problem()).isEmpty();
        assertThat(new ScriptFile(script).command()).containsExactly(script.toString());

        Files.writeString(script, "#!/no/such/interpreter\n");
        assertThat(new ScriptFile(script).problem())
                .contains("its first line names /no/such/interpreter, and this machine has no such program");
        Files.delete(script);
        assertThat(new ScriptFile(script).problem()).contains(script + " is gone from the deployed version");
    }
}
