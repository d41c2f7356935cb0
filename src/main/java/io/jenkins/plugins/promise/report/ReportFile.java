package io.jenkins.plugins.promise.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a build left as its report, or why that is not read. The file must be a regular one, and all that leads to it from the
 * workspace folders: a link would have the host read, and report, what the worker pointed it to. It is read where the
 * workspace is, and may be sent to another machine then.
 */
public final class ReportFile implements Serializable {
    private static final long serialVersionUID = 1;

    private final byte[] content;
    private final String problem;

    private ReportFile(byte[] content, String problem) {
        this.content = content;
        this.problem = problem;
    }

    /**
     * Reads it.
     *
     * @param workspace the folder in which the build ran
     * @param name the file's name there, or its path from there
     * @param maxBytes how many bytes it may have; of more, no more than one byte is read
     */
    public static ReportFile read(Path workspace, String name, int maxBytes) {
        try (InputStream in = new WorkspaceFile(workspace, name).open()) {
            return new ReportFile(in.readNBytes(maxBytes + 1), null);
        } catch (NoSuchFileException e) {
            return new ReportFile(null, null);
        } catch (WorkspaceFile.NotRegular e) {
            return new ReportFile(null, e.getMessage());
        } catch (IOException e) {
            return new ReportFile(null, "cannot be read: " + e.getClass().getSimpleName());
        }
    }

    /** Whether there is none. */
    public boolean missing() {
        return content == null && problem == null;
    }

    /** Its bytes; nothing if there is none, or it is not to be read. */
    public Optional<byte[]> content() {
        return Optional.ofNullable(content).map(byte[]::clone);
    }

    /** Why it is not to be read, going on after its name. */
    Optional<String> problem() {
        return Optional.ofNullable(problem);
    }
}
