package io.jenkins.plugins.promise.local.files;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.jenkins.plugins.promise.report.files.ProducedFile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The index of what is kept of one worker.
 *
 * @param format the form of this index
 * @param folder the folder beside it that the files lie in
 * @param until when they go, whatever becomes of the promise; null for as long as it is kept
 * @param files in the order of their names
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record KeptFiles(int format, String folder, Instant until, List<ProducedFile> files) {
    static final int FORMAT = 1;

    /** Copies what it is given. */
    public KeptFiles {
        files = new ArrayList<>(files);
    }

    /** The file of that name; nothing if it was not produced. */
    public Optional<ProducedFile> file(String name) {
        return files.stream().filter(f -> f.name().equals(name)).findFirst();
    }

    /** All bytes of them. */
    @JsonIgnore
    public long bytes() {
        return files.stream().mapToLong(ProducedFile::bytes).sum();
    }
}
