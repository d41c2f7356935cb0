package io.jenkins.plugins.promise.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
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
final class WorkspaceFile {
    private static final Set<? extends OpenOption> OPEN = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

    private final Path folder;
    private final String name;

    /**
     * A file that may be there.
     *
     * @param name its name in the folder
     */
    WorkspaceFile(Path folder, String name) {
        this.folder = folder.toAbsolutePath();
        this.name = name;
    }

    /**
     * Opens it.
     *
     * @throws NoSuchFileException if it is not there
     * @throws NotRegular if it is something else than a file of its own
     */
    InputStream open() throws IOException {
        try (DirectoryStream<Path> above = Files.newDirectoryStream(folder.getParent())) {
            if (above instanceof SecureDirectoryStream<Path> secure) {
                if (!attributes(secure, folder.getFileName()).isDirectory()) {
                    throw new NotRegular("cannot be read: the workspace is no folder any more");
                }
                try (SecureDirectoryStream<Path> in =
                        secure.newDirectoryStream(folder.getFileName(), LinkOption.NOFOLLOW_LINKS)) {
                    return open(in);
                }
            }
        }
        // Windows has no folders that can be held open: what is checked and what is opened are asked for by name.
        Path file = folder.resolve(name);
        check(Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
        return Channels.newInputStream(Files.newByteChannel(file, OPEN));
    }

    private InputStream open(SecureDirectoryStream<Path> in) throws IOException {
        Path file = Path.of(name);
        // A pipe must not be opened at all: that waits for somebody to write into it.
        check(attributes(in, file));
        if ((Integer) Files.getAttribute(folder.resolve(name), "unix:nlink", LinkOption.NOFOLLOW_LINKS) > 1) {
            throw new NotRegular("has a second name (a hard link); it must be a file of its own");
        }
        return Channels.newInputStream(in.newByteChannel(file, OPEN));
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
    static final class NotRegular extends IOException {
        private static final long serialVersionUID = 1;

        private NotRegular(String message) {
            super(message);
        }
    }
}
