package io.jenkins.plugins.promise.report.files;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/**
 * A file that one worker has produced, and another one is given.
 *
 * @param worker who has produced it
 * @param file which it is
 */
public record HandedFile(String worker, ProducedFile file) implements Serializable {
    /**
     * Puts it into a workspace. What an earlier build has left in its way, a link too, is deleted.
     *
     * @throws NotKept if its content is not what it was
     * @throws IOException if the workspace does not take it
     */
    public void into(Path workspace, InputStream content) throws NotKept, IOException {
        Path path = free(workspace, file.name());
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

    /** Makes room for a file: the folders to it are folders, and nothing has its name. */
    private static Path free(Path workspace, String name) throws IOException, NotKept {
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
