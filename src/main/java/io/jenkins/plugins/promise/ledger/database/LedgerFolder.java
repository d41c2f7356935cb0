package io.jenkins.plugins.promise.ledger.database;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;

/** The folder of an embedded ledger: one process has it, on a disk of its own. */
final class LedgerFolder {
    static final String FILE = "ledger.db";
    /** What an earlier build, which kept a file a promise, has left. */
    private static final List<String> OLD_FOLDERS = List.of("open", "undelivered", "closed", "keys");

    private static final List<String> NETWORK_FILE_SYSTEMS =
            List.of("nfs", "nfs4", "cifs", "smb2", "smbfs", "9p", "afs", "fuse.sshfs", "glusterfs", "ceph", "lustre");

    private LedgerFolder() {}

    /**
     * Makes a folder that is not there, and has it for this process until the channel is closed.
     *
     * @throws IOException if a ledger cannot be kept there, saying why and what to do
     */
    static FileChannel take(Path folder) throws IOException {
        Files.createDirectories(folder);
        refuseOldFiles(folder);
        refuseNetwork(folder);
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        }
        return lock(folder);
    }

    private static FileChannel lock(Path folder) throws IOException {
        FileChannel channel =
                FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            lock = null;
        }
        if (lock == null) {
            channel.close();
            throw new IOException("the ledger in " + folder + " is in use by another controller");
        }
        return channel;
    }

    private static void refuseOldFiles(Path folder) throws IOException {
        for (String old : OLD_FOLDERS) {
            if (Files.isDirectory(folder.resolve(old))) {
                throw new IOException("the ledger in " + folder + " is of a build before the first release, which kept"
                        + " a file for each promise; this one does not read it. Move the folder away, or use another"
                        + " home");
            }
        }
    }

    /** SQLite's log is shared memory and locks, which network file systems do not keep. */
    private static void refuseNetwork(Path folder) throws IOException {
        String type = Files.getFileStore(folder).type().toLowerCase(Locale.ROOT);
        if (NETWORK_FILE_SYSTEMS.contains(type)) {
            throw new IOException("the ledger cannot be kept in " + folder + ", which is on a network file system ("
                    + type + "): give a ledger on PostgreSQL (--ledger postgresql://…, or Ledger under Promise Jobs in"
                    + " Jenkins' configuration), or a folder on a local disk");
        }
    }
}
