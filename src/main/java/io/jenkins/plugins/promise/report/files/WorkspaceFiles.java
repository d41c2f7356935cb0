package io.jenkins.plugins.promise.report.files;

import com.google.common.base.CharMatcher;
import io.jenkins.plugins.promise.contract.files.FileLimits;
import io.jenkins.plugins.promise.contract.files.FilePattern;
import io.jenkins.plugins.promise.report.WorkspaceFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The files of a workspace that its worker's contract says it produces. Only files of its own count: a link, a pipe or a
 * device among them has none of them kept.
 */
public final class WorkspaceFiles {
    /** What no name may hold: it would be another name elsewhere, or cannot be read under the one that is shown. */
    private static final CharMatcher ODD = CharMatcher.javaIsoControl().or(CharMatcher.anyOf("\\\uFFFD"));

    private final Path workspace;
    private final FileLimits limits;

    /** The files of a workspace in which nothing runs any more. */
    public WorkspaceFiles(Path workspace, FileLimits limits) {
        this.workspace = workspace;
        this.limits = limits;
    }

    /**
     * Finds, reads and copies them.
     *
     * @param patterns which, as {@link FilePattern}s; each must mean at least one
     * @throws NotKept if one of them cannot be kept, or there are none or too many
     * @throws IOException if the place that they are copied to does not take them
     */
    public List<ProducedFile> copy(List<String> patterns, Target target) throws NotKept, IOException {
        SortedSet<String> names = new TreeSet<>();
        for (String pattern : patterns) {
            find(FilePattern.of(pattern), names);
        }
        List<ProducedFile> files = new ArrayList<>();
        long left = limits.bytes();
        for (String name : names) {
            ProducedFile file = copy(name, left, target);
            left -= file.bytes();
            files.add(file);
        }
        return files;
    }

    /**
     * Deletes what is there already of what is going to be produced: what an earlier build has left is not this one's.
     *
     * @throws IOException if something of it cannot be deleted
     */
    public static void clear(Path workspace, List<String> patterns) throws IOException {
        List<FilePattern> made = patterns.stream().map(FilePattern::of).toList();
        Files.walkFileTree(workspace, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                String name = name(workspace, file);
                if (made.stream().anyMatch(pattern -> pattern.matches(name))) {
                    Files.delete(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static String name(Path workspace, Path file) {
        return workspace
                .relativize(file)
                .toString()
                .replace(file.getFileSystem().getSeparator(), "/");
    }

    private ProducedFile copy(String name, long left, Target target) throws NotKept, IOException {
        try (InputStream in = opened(name);
                OutputStream out = target.open(name)) {
            boolean executable = executable(workspace.resolve(name));
            CopiedFile copied = CopiedFile.copy(in, out, left);
            if (copied.bytes() > left) {
                throw new NotKept("they are larger than " + limits.bytes() + " bytes together, the last one seen is "
                        + name + "; produce less, or have the operator set another limit");
            }
            return new ProducedFile(name, copied.bytes(), copied.sha256(), executable);
        }
    }

    private InputStream opened(String name) throws NotKept {
        try {
            return new WorkspaceFile(workspace, name).open();
        } catch (WorkspaceFile.NotRegular e) {
            throw new NotKept(name + " " + e.getMessage());
        } catch (IOException e) {
            throw new NotKept(name + " cannot be read: " + e.getClass().getSimpleName());
        }
    }

    private static boolean executable(Path file) throws IOException {
        PosixFileAttributeView posix =
                Files.getFileAttributeView(file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        return posix != null && posix.readAttributes().permissions().contains(PosixFilePermission.OWNER_EXECUTE);
    }

    private void find(FilePattern pattern, SortedSet<String> names) throws NotKept {
        Path start = workspace;
        Finder finder = new Finder(pattern, names);
        try {
            for (Path next : Path.of(pattern.folder())) {
                start = next.toString().isEmpty() ? start : start.resolve(next);
                BasicFileAttributes attributes =
                        Files.readAttributes(start, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
                if (attributes.isSymbolicLink()) {
                    throw new NotKept(workspace.relativize(start) + " is a symbolic link; only files of the workspace"
                            + " itself are kept");
                }
            }
            Files.walkFileTree(start, finder);
        } catch (NoSuchFileException e) {
            throw nothing(pattern);
        } catch (IOException e) {
            throw new NotKept("the workspace cannot be read: " + e);
        }
        if (finder.problem != null) {
            throw new NotKept(finder.problem);
        }
        if (finder.found == 0) {
            throw nothing(pattern);
        }
    }

    private static NotKept nothing(FilePattern pattern) {
        return new NotKept("it produces " + pattern + ", and there is no such file in its workspace");
    }

    /** Where files are copied to. */
    @FunctionalInterface
    public interface Target {
        /** Nowhere: they are only read. */
        Target NOWHERE = name -> OutputStream.nullOutputStream();

        /** Takes the content of the file of that name; it is closed when it has it. */
        OutputStream open(String name) throws IOException;
    }

    private final class Finder extends SimpleFileVisitor<Path> {
        private final FilePattern pattern;
        private final SortedSet<String> names;
        private int found;
        private String problem;

        private Finder(FilePattern pattern, SortedSet<String> names) {
            this.pattern = pattern;
            this.names = names;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            String name = name(workspace, file);
            if (!pattern.matches(name)) {
                return FileVisitResult.CONTINUE;
            }
            found++;
            names.add(name);
            if (ODD.matchesAnyOf(name)) {
                problem = "the name of " + ODD.replaceFrom(name, '?') + " holds a control character, a backslash or"
                        + " letters that cannot be read here; give it another name";
            } else if (attributes.isSymbolicLink()) {
                problem = name + " is a symbolic link; it must be a regular file";
            } else if (!attributes.isRegularFile()) {
                problem = name + " is not a regular file";
            } else if (names.size() > limits.count()) {
                problem = "there are more than " + limits.count()
                        + " of them; pack them into one, or have the operator set another limit";
            }
            return problem == null ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
        }
    }
}
