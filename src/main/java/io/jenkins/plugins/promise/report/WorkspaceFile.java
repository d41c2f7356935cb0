package io.jenkins.plugins.promise.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;

/** A file that somebody else's script left in a folder. No link leads from it, or from the folder, to another file. */
public final class WorkspaceFile {
    private static final Set<? extends OpenOption> OPEN = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

    private final Path folder;
    private final String name;

    /**
     * A file that may be there.
     *
     * @param name its name in the folder, or its path from there
     */
    public WorkspaceFile(Path folder, String name) {
        this.folder = folder.toAbsolutePath();
        this.name = name;
    }

    /**
     * Opens it.
     *
     * @throws NoSuchFileException if it is not there
     * @throws NotRegular if it is something else than a file of its own in the folder
     */
    public InputStream open() throws IOException {
        Path parent = part(folder.getParent());
        Path path = part(folder.getFileName()).resolve(inside());
        try (DirectoryStream<Path> above = Files.newDirectoryStream(parent)) {
            if (above instanceof SecureDirectoryStream<Path> secure) {
                return open(secure, parent, path);
            }
        }
        // Windows has no folders that can be held open: what is checked and what is opened are asked for by name.
        Path at = parent;
        for (Path next : part(path.getParent())) {
            at = at.resolve(next);
            checkFolder(Files.readAttributes(at, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS), next, at);
        }
        Path file = at.resolve(part(path.getFileName()));
        check(Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
        return Channels.newInputStream(Files.newByteChannel(file, OPEN));
    }

    /** No workspace is the root of its disk, which alone has neither a name nor anything above it. */
    private static Path part(Path path) {
        if (path == null) {
            throw new IllegalArgumentException("a workspace is no root");
        }
        return path;
    }

    private Path inside() throws NotRegular {
        Path path;
        try {
            path = folder.getFileSystem().getPath(name).normalize();
        } catch (InvalidPathException e) {
            throw new NotRegular("cannot be read: its path is none");
        }
        if (path.isAbsolute() || path.startsWith("..") || path.toString().isEmpty()) {
            throw new NotRegular("cannot be read: its path leads out of the workspace");
        }
        return path;
    }

    private InputStream open(SecureDirectoryStream<Path> in, Path at, Path path) throws IOException {
        Path next = path.getName(0);
        Path here = at.resolve(next);
        if (path.getNameCount() > 1) {
            checkFolder(attributes(in, next), next, here);
            try (SecureDirectoryStream<Path> deeper = in.newDirectoryStream(next, LinkOption.NOFOLLOW_LINKS)) {
                return open(deeper, here, path.subpath(1, path.getNameCount()));
            }
        }
        // A pipe must not be opened at all: that waits for somebody to write into it.
        check(attributes(in, next));
        if ((Integer) Files.getAttribute(here, "unix:nlink", LinkOption.NOFOLLOW_LINKS) > 1) {
            throw new NotRegular("has a second name (a hard link); it must be a file of its own");
        }
        return Channels.newInputStream(in.newByteChannel(next, OPEN));
    }

    private void checkFolder(BasicFileAttributes attributes, Path next, Path here) throws NotRegular {
        if (!attributes.isDirectory()) {
            throw new NotRegular(
                    here.equals(folder)
                            ? "cannot be read: the workspace is no folder any more"
                            : "cannot be read: " + next + " on the way to it is a link, or no folder");
        }
    }

    private static BasicFileAttributes attributes(SecureDirectoryStream<Path> in, Path name) throws IOException {
        return in.getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .readAttributes();
    }

    private static void check(BasicFileAttributes attributes) throws NotRegular {
        if (attributes.isSymbolicLink()) {
            throw new NotRegular("is a symbolic link; it must be a regular file");
        }
        if (!attributes.isRegularFile()) {
            throw new NotRegular("is not a regular file");
        }
    }

    /** It is there, and is no file of its own. The message goes on after its name. */
    public static final class NotRegular extends IOException {
        private static final long serialVersionUID = 1;

        private NotRegular(String message) {
            super(message);
        }
    }
}
