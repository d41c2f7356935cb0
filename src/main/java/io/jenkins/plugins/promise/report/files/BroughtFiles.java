package io.jenkins.plugins.promise.report.files;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * Puts files that others have produced into a workspace, each checked by its digest. What an earlier build has left in their
 * way, a link too, is in the way of none.
 */
public final class BroughtFiles {
    private final Path workspace;
    private final NavigableMap<String, String> from = new TreeMap<>();

    /** Nothing is put into that workspace yet. */
    public BroughtFiles(Path workspace) {
        this.workspace = workspace;
    }

    /**
     * Puts a file into the workspace.
     *
     * @param worker who produced it
     * @throws NotKept if its content is not what it was, or another worker has produced a file of that name
     * @throws IOException if the workspace does not take it
     */
    public void put(String worker, ProducedFile file, InputStream content) throws NotKept, IOException {
        String other = other(file.name());
        from.put(file.name(), worker);
        if (other != null) {
            throw new NotKept("'" + other + "' and '" + worker + "' have both produced " + file.name()
                    + "; give it another name in one of them");
        }
        Path path = free(file.name());
        CopiedFile copied;
        try (OutputStream out = Files.newOutputStream(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            copied = CopiedFile.copy(content, out, file.bytes());
        }
        if (!copied.sha256().equals(file.sha256())) {
            throw new NotKept(file.name() + ", which '" + worker + "' produced, has changed since: its SHA-256 was "
                    + file.sha256() + " and is " + copied.sha256());
        }
        if (file.executable() && Files.getFileStore(path).supportsFileAttributeView("posix")) {
            Set<PosixFilePermission> more = EnumSet.copyOf(Files.getPosixFilePermissions(path));
            more.add(PosixFilePermission.OWNER_EXECUTE);
            Files.setPosixFilePermissions(path, more);
        }
    }

    /** Who has produced a file of that name, or one where this needs a folder, or the other way round; null for nobody. */
    private String other(String name) {
        for (int slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
            String above = from.get(name.substring(0, slash));
            if (above != null) {
                return above;
            }
        }
        String below = from.ceilingKey(name + "/");
        return below != null && below.startsWith(name + "/") ? from.get(below) : from.get(name);
    }

    /** Makes room for a file: the folders to it are folders, and nothing has its name. */
    private Path free(String name) throws IOException, NotKept {
        Path inside = Path.of(name).normalize();
        if (inside.isAbsolute() || inside.startsWith("..") || !inside.toString().equals(name)) {
            throw new NotKept(name + " would lie outside of the workspace");
        }
        Path at = workspace;
        for (Path next : inside) {
            at = at.resolve(next);
            boolean last = at.equals(workspace.resolve(inside));
            if (last && Files.isDirectory(at, LinkOption.NOFOLLOW_LINKS)) {
                MoreFiles.deleteRecursively(at, RecursiveDeleteOption.ALLOW_INSECURE);
            } else if (last || !Files.isDirectory(at, LinkOption.NOFOLLOW_LINKS)) {
                Files.deleteIfExists(at);
            }
            if (!last && !Files.exists(at, LinkOption.NOFOLLOW_LINKS)) {
                Files.createDirectory(at);
            }
        }
        return at;
    }
}
