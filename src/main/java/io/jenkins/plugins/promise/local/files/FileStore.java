package io.jenkins.plugins.promise.local.files;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import io.jenkins.plugins.promise.contract.files.FileLimits;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.ledger.database.DurableFiles;
import io.jenkins.plugins.promise.report.files.NotKept;
import io.jenkins.plugins.promise.report.files.ProducedFile;
import io.jenkins.plugins.promise.report.files.WorkspaceFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The files that workers have produced: {@code {promise}/index.json}, and beside it a folder with the files of the run that
 * the index is of. The index is written last and at once, so that of a run that is repeated either the old files are there
 * or the new ones.
 */
public final class FileStore {
    private static final Logger LOGGER = Logger.getLogger(FileStore.class.getName());
    private static final String INDEX = "index.json";

    private final Path folder;
    private final FileLimits limits;

    /** The store in that folder, which need not be there. */
    public FileStore(Path folder, FileLimits limits) {
        this.folder = folder;
        this.limits = limits;
    }

    /**
     * Keeps what a worker has produced, in the place of what an earlier run of it has.
     *
     * @param patterns which files
     * @param until when they go; null for as long as the promise is kept
     * @throws NotKept if something is wrong with the files
     * @throws IOException if the disk does not take them; what was there before is still there
     */
    KeptFiles keep(String promise, Path workspace, List<String> patterns, Instant until) throws NotKept, IOException {
        Path place = folder.resolve(promise);
        Files.createDirectories(place);
        Path run = Files.createTempDirectory(place, "run-");
        boolean kept = false;
        try {
            List<ProducedFile> files = new WorkspaceFiles(workspace, limits).copy(patterns, name -> {
                Path file = run.resolve(name);
                Files.createDirectories(file.getParent());
                return Files.newOutputStream(file);
            });
            KeptFiles index = new KeptFiles(KeptFiles.FORMAT, String.valueOf(run.getFileName()), until, files);
            DurableFiles.write(place.resolve(INDEX), Json.mapper().writeValueAsBytes(index));
            kept = true;
            return index;
        } finally {
            deleteBeside(place, kept ? run : null, kept ? null : run);
        }
    }

    /** Deletes the files of earlier runs, or those of one that are not kept. */
    private static void deleteBeside(Path place, Path but, Path only) {
        try (DirectoryStream<Path> runs = Files.newDirectoryStream(place, "run-*")) {
            for (Path run : runs) {
                if (only == null ? !run.equals(but) : run.equals(only)) {
                    delete(run);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            LOGGER.log(Level.WARNING, "files of a worker that count no more cannot be deleted: " + e);
        }
    }

    private static void delete(Path files) throws IOException {
        if (Files.exists(files)) {
            // All in it was written by this store; there is nothing of a stranger's.
            MoreFiles.deleteRecursively(files, RecursiveDeleteOption.ALLOW_INSECURE);
        }
    }

    /**
     * What is kept of a worker; nothing if nothing is.
     *
     * @throws IOException if it cannot be read
     */
    public Optional<KeptFiles> find(String promise) throws IOException {
        try {
            byte[] index = Files.readAllBytes(folder.resolve(promise).resolve(INDEX));
            return Optional.of(Json.mapper().readValue(index, KeptFiles.class));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Opens one of the files of a worker. */
    public InputStream open(String promise, KeptFiles kept, ProducedFile file) throws IOException {
        return Files.newInputStream(
                folder.resolve(promise).resolve(kept.folder()).resolve(file.name()));
    }

    /** Deletes what is kept of a worker. */
    public void remove(String promise) throws IOException {
        delete(folder.resolve(promise));
    }

    /** Deletes what was to be kept until then. */
    public void drop(Instant now) throws IOException {
        List<String> all = new ArrayList<>();
        try (DirectoryStream<Path> promises = Files.newDirectoryStream(folder)) {
            promises.forEach(p -> all.add(String.valueOf(p.getFileName())));
        } catch (NoSuchFileException e) {
            return;
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        for (String promise : all) {
            Optional<KeptFiles> kept = find(promise);
            if (kept.isPresent()
                    && kept.get().until() != null
                    && kept.get().until().isBefore(now)) {
                remove(promise);
            }
        }
    }
}
