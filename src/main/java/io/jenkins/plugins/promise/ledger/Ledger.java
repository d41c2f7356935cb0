package io.jenkins.plugins.promise.ledger;

import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.google.common.util.concurrent.Striped;
import io.jenkins.plugins.promise.contract.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * Keeps promises on disk, one readable JSON file each:
 *
 * <pre>
 * open/{id}.json                not settled, or with a delivery on its way; {id}.report.json beside it once settled
 * undelivered/{id}.json         settled, with a delivery that was given up
 * closed/{day}/{id}.json        settled and delivered; the day is that of the id
 * keys/{hash}.json              which promise an idempotency key belongs to
 * broken/                       files that could not be read at a start, for a person to look at
 * </pre>
 *
 * <p>So a start reads the open ones and nothing else. What invariants rest on (acceptance, settlement) is on disk before
 * the method returns; the rest follows within {@link #FLUSH_MILLIS}.
 */
public final class Ledger implements AutoCloseable {
    private static final Logger LOGGER = Logger.getLogger(Ledger.class.getName());
    private static final int FLUSH_MILLIS = 200;
    private static final int STRIPES = 512;
    private static final String REPORT = ".report.json";

    private final Path openFolder;
    private final Path undeliveredFolder;
    private final Path closedFolder;
    private final Path keyFolder;
    private final Path brokenFolder;
    private final SharedForce openForce;
    private final FileChannel lockChannel;
    private final FileLock lock;
    private final ObjectWriter writer = Json.mapper().writerFor(Promise.class).withDefaultPrettyPrinter();
    private final ObjectReader reader = Json.mapper().readerFor(Promise.class);
    private final Striped<Lock> locks = Striped.lock(STRIPES);
    private final Map<String, Promise> open = new ConcurrentHashMap<>();
    private final Set<String> unwritten = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService flusher = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "promise-ledger");
        thread.setDaemon(true);
        return thread;
    });

    private Ledger(Path folder, FileChannel lockChannel, FileLock lock) {
        this.openFolder = folder.resolve("open");
        this.undeliveredFolder = folder.resolve("undelivered");
        this.closedFolder = folder.resolve("closed");
        this.keyFolder = folder.resolve("keys");
        this.brokenFolder = folder.resolve("broken");
        this.openForce = new SharedForce(openFolder);
        this.lockChannel = lockChannel;
        this.lock = lock;
    }

    /**
     * Opens a ledger, making it if it is not there.
     *
     * @throws IOException if it cannot be used, also because another process uses it
     */
    public static Ledger open(Path folder) throws IOException {
        Files.createDirectories(folder);
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        }
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
        Ledger ledger = new Ledger(folder, channel, lock);
        ledger.load();
        var unused =
                ledger.flusher.scheduleWithFixedDelay(ledger::flush, FLUSH_MILLIS, FLUSH_MILLIS, TimeUnit.MILLISECONDS);
        return ledger;
    }

    private void load() throws IOException {
        for (Path folder : List.of(openFolder, undeliveredFolder, closedFolder, keyFolder, brokenFolder)) {
            Files.createDirectories(folder);
        }
        List<Path> files;
        try (Stream<Path> all = Files.list(openFolder)) {
            files = all.toList();
        }
        files.parallelStream().forEach(this::load);
        for (Path file : files) {
            String name = file.getFileName().toString();
            if (name.endsWith(REPORT)) {
                finishClosing(name.substring(0, name.length() - REPORT.length()));
            }
        }
    }

    /** A crash while a promise was being closed may leave its report behind where the open ones are. */
    private void finishClosing(String id) throws IOException {
        if (open.containsKey(id) || !PromiseId.valid(id)) {
            return;
        }
        for (Path folder : List.of(undeliveredFolder, dayFolder(id))) {
            if (Files.exists(folder.resolve(id + ".json"))) {
                moveReport(id, openFolder, folder);
            }
        }
    }

    private void load(Path file) {
        String name = file.getFileName().toString();
        try {
            if (name.endsWith(DurableFiles.UNFINISHED)) {
                Files.delete(file);
            } else if (!name.endsWith(REPORT)) {
                Promise promise = reader.readValue(Files.readAllBytes(file));
                if (!(promise.id() + ".json").equals(name)) {
                    throw new IOException("holds the promise " + promise.id());
                }
                open.put(promise.id(), promise);
            }
        } catch (IOException e) {
            LOGGER.log(Level.SEVERE, file + " cannot be read and is put into " + brokenFolder, e);
            try {
                Files.move(file, brokenFolder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException again) {
                LOGGER.log(Level.SEVERE, file + " cannot be moved", again);
            }
        }
    }

    /** Writes what is not yet written, and lets the next controller in. */
    @Override
    public void close() throws IOException {
        flusher.shutdown();
        flush();
        lock.release();
        lockChannel.close();
    }

    /** All open promises, in no order. */
    public List<Promise> open() {
        return new ArrayList<>(open.values());
    }

    /** How many promises are open. */
    public int openCount() {
        return open.size();
    }

    /** The promise of that id, open or not. */
    public Optional<Promise> find(String id) {
        if (!PromiseId.valid(id)) {
            return Optional.empty();
        }
        Promise inMemory = open.get(id);
        if (inMemory != null) {
            return Optional.of(inMemory);
        }
        for (Path folder : List.of(undeliveredFolder, dayFolder(id))) {
            try {
                return Optional.of(reader.readValue(Files.readAllBytes(folder.resolve(id + ".json"))));
            } catch (NoSuchFileException e) {
                LOGGER.log(Level.FINEST, "not there", e);
            } catch (IOException e) {
                throw new UncheckedIOException(folder.resolve(id + ".json") + " cannot be read", e);
            }
        }
        return Optional.ofNullable(open.get(id));
    }

    /** The report of a settled promise, as JSON. */
    public Optional<byte[]> report(String id) throws IOException {
        if (!PromiseId.valid(id)) {
            return Optional.empty();
        }
        // A promise may be closed while this looks, and its report moved on.
        for (Path folder : List.of(openFolder, undeliveredFolder, dayFolder(id), openFolder)) {
            try {
                return Optional.of(Files.readAllBytes(folder.resolve(id + REPORT)));
            } catch (NoSuchFileException e) {
                LOGGER.log(Level.FINEST, "not there", e);
            }
        }
        return Optional.empty();
    }

    /**
     * The report that a settlement wrote before a crash kept it from settling an open promise; nothing for all others.
     * Cheaper than {@link #report}, for a start asks it of every open promise.
     */
    public Optional<byte[]> unfinishedSettlement(String id) throws IOException {
        Path report = openFolder.resolve(id + REPORT);
        return Files.exists(report) ? Optional.of(Files.readAllBytes(report)) : Optional.empty();
    }

    /** The settled promises with a delivery that was given up. */
    public List<Promise> undelivered() throws IOException {
        try (Stream<Path> files = Files.list(undeliveredFolder)) {
            return files.map(f -> f.getFileName().toString())
                    .filter(n -> n.endsWith(".json") && !n.endsWith(REPORT))
                    .sorted()
                    .flatMap(n -> find(n.substring(0, n.length() - ".json".length())).stream())
                    .toList();
        }
    }

    /** The latest closed promises, newest first. */
    public List<Promise> closed(int most) throws IOException {
        List<Promise> found = new ArrayList<>();
        List<Path> days;
        try (Stream<Path> all = Files.list(closedFolder)) {
            days = all.sorted((a, b) -> b.compareTo(a)).toList();
        }
        for (Path day : days) {
            if (found.size() >= most) {
                break;
            }
            try (Stream<Path> files = Files.list(day)) {
                files.map(f -> f.getFileName().toString())
                        .filter(n -> n.endsWith(".json") && !n.endsWith(REPORT))
                        .sorted((a, b) -> b.compareTo(a))
                        .limit((long) most - found.size())
                        .flatMap(n -> find(n.substring(0, n.length() - ".json".length())).stream())
                        .forEach(found::add);
            }
        }
        return found;
    }

    /**
     * Takes a new promise in. When this returns, it is on disk.
     *
     * @throws IOException if it could not be written; it is then not in the ledger
     */
    public void insert(Promise promise) throws IOException {
        Lock idLock = locks.get(promise.id());
        idLock.lock();
        try {
            DurableFiles.write(openFolder.resolve(promise.id() + ".json"), bytes(promise), openForce);
            open.put(promise.id(), promise);
        } finally {
            idLock.unlock();
        }
    }

    /**
     * Changes an open promise. The change is on disk a little later; if it closes the promise, the file has moved when
     * this returns.
     *
     * @return the promise after the change; nothing if it is not open
     */
    public Optional<Promise> change(String id, UnaryOperator<Promise> change) {
        return change(id, change, true);
    }

    /**
     * Changes an open promise in what its host finds out again after a crash; on disk with the next other change.
     *
     * @return the promise after the change; nothing if it is not open
     */
    public Optional<Promise> remember(String id, UnaryOperator<Promise> change) {
        return change(id, change, false);
    }

    private Optional<Promise> change(String id, UnaryOperator<Promise> change, boolean write) {
        Lock idLock = locks.get(id);
        idLock.lock();
        try {
            Promise before = open.get(id);
            if (before == null) {
                return Optional.empty();
            }
            Promise after = change.apply(before);
            if (after.equals(before)) {
                return Optional.of(before);
            }
            open.put(id, after);
            if (!after.open()) {
                close(after, false);
            } else if (write) {
                unwritten.add(id);
            }
            return Optional.of(after);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "the promise " + id + " is kept open because it cannot be closed on disk", e);
            unwritten.add(id);
            return Optional.ofNullable(open.get(id));
        } finally {
            idLock.unlock();
        }
    }

    /**
     * Settles an open promise. When this returns, the report and the settlement are on disk.
     *
     * @param change from the unsettled to the settled promise
     * @param report the report as JSON, made from the settled promise
     * @return the settled promise; nothing if there is none of that id or it was settled before
     * @throws IOException if it could not be written; the promise is then not settled
     */
    public Optional<Promise> settle(String id, UnaryOperator<Promise> change, ReportOf report) throws IOException {
        Lock idLock = locks.get(id);
        idLock.lock();
        try {
            Promise before = open.get(id);
            if (before == null || before.state().settled()) {
                return Optional.empty();
            }
            Promise after = change.apply(before);
            DurableFiles.write(openFolder.resolve(id + REPORT), report.of(after), openForce);
            if (after.open()) {
                DurableFiles.write(openFolder.resolve(id + ".json"), bytes(after), openForce);
                open.put(id, after);
            } else {
                close(after, true);
            }
            unwritten.remove(id);
            return Optional.of(after);
        } finally {
            idLock.unlock();
        }
    }

    /**
     * Opens a closed promise again, or changes an open one; on disk when this returns.
     *
     * @return the promise after the change; nothing if there is none of that id
     */
    public Optional<Promise> reopen(String id, UnaryOperator<Promise> change) throws IOException {
        if (!PromiseId.valid(id)) {
            return Optional.empty();
        }
        Lock idLock = locks.get(id);
        idLock.lock();
        try {
            Optional<Promise> found = find(id).map(change);
            if (found.isPresent() && found.get().open()) {
                DurableFiles.write(openFolder.resolve(id + ".json"), bytes(found.get()));
                open.put(id, found.get());
                for (Path folder : List.of(undeliveredFolder, dayFolder(id))) {
                    moveReport(id, folder, openFolder);
                    Files.deleteIfExists(folder.resolve(id + ".json"));
                }
            }
            return found;
        } finally {
            idLock.unlock();
        }
    }

    private void close(Promise promise, boolean durably) throws IOException {
        String id = promise.id();
        Path folder = promise.undelivered() ? undeliveredFolder : Files.createDirectories(dayFolder(id));
        Path file = folder.resolve(id + ".json");
        if (durably) {
            DurableFiles.write(file, bytes(promise));
        } else {
            DurableFiles.writeLazily(file, bytes(promise));
        }
        Files.deleteIfExists(openFolder.resolve(id + ".json"));
        // Last, so that an unsettled promise on disk has its report, if one was written, always beside it.
        moveReport(id, openFolder, folder);
        open.remove(id);
        unwritten.remove(id);
    }

    private static void moveReport(String id, Path from, Path to) throws IOException {
        Path report = from.resolve(id + REPORT);
        if (Files.exists(report)) {
            Files.move(report, to.resolve(id + REPORT), StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private void flush() {
        for (String id : List.copyOf(unwritten)) {
            Lock idLock = locks.get(id);
            idLock.lock();
            try {
                Promise promise = open.get(id);
                if (promise != null && !promise.open()) {
                    close(promise, false);
                } else if (promise != null) {
                    DurableFiles.write(openFolder.resolve(id + ".json"), bytes(promise));
                }
                unwritten.remove(id);
            } catch (IOException e) {
                LOGGER.log(Level.WARNING, "the promise " + id + " cannot be written just now", e);
            } finally {
                idLock.unlock();
            }
        }
    }

    /**
     * The promise that a client's key belongs to, with the key as it was used then.
     *
     * @return nothing if the key is new, or its promise was never accepted or has been dropped
     */
    public Optional<KeyOwner> keyOwner(IdempotencyKey key) throws IOException {
        try {
            KeyOwner owner =
                    Json.mapper().readValue(Files.readAllBytes(keyFolder.resolve(key.fileName())), KeyOwner.class);
            return find(owner.promise()).isPresent() ? Optional.of(owner) : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Notes a key before its promise is taken in: a crash in between leaves a key that counts for nothing. */
    public void noteKey(IdempotencyKey key, String promiseId) throws IOException {
        DurableFiles.write(
                keyFolder.resolve(key.fileName()), Json.mapper().writeValueAsBytes(new KeyOwner(key, promiseId)));
    }

    /**
     * Drops closed promises that were closed longer ago than that. Open and undelivered ones stay.
     *
     * @return the ids of the dropped ones
     */
    public List<String> drop(Duration olderThan, Clock clock) throws IOException {
        Instant limit = clock.instant().minus(olderThan);
        List<String> dropped = new ArrayList<>();
        List<Path> days;
        try (Stream<Path> all = Files.list(closedFolder)) {
            days = all.filter(d -> !day(d).isAfter(limit.atZone(ZoneOffset.UTC).toLocalDate()))
                    .toList();
        }
        for (Path day : days) {
            List<Path> files;
            try (Stream<Path> all = Files.list(day)) {
                files = all.toList();
            }
            for (Path file : files) {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(limit)) {
                    drop(file, dropped);
                }
            }
            try (Stream<Path> left = Files.list(day)) {
                if (left.findAny().isEmpty()) {
                    Files.delete(day);
                }
            }
        }
        return dropped;
    }

    private void drop(Path file, List<String> dropped) throws IOException {
        String name = file.getFileName().toString();
        if (!name.endsWith(REPORT) && name.endsWith(".json")) {
            Promise promise = reader.readValue(Files.readAllBytes(file));
            if (promise.key() != null) {
                Files.deleteIfExists(keyFolder.resolve(promise.key().fileName()));
            }
            dropped.add(promise.id());
        }
        Files.deleteIfExists(file);
    }

    private static LocalDate day(Path folder) {
        try {
            return LocalDate.parse(folder.getFileName().toString());
        } catch (DateTimeParseException e) {
            return LocalDate.MAX;
        }
    }

    private Path dayFolder(String id) {
        return closedFolder.resolve(PromiseId.day(id).toString());
    }

    private byte[] bytes(Promise promise) throws IOException {
        return writer.writeValueAsBytes(promise);
    }

    /** Makes the report of a settled promise. */
    @FunctionalInterface
    public interface ReportOf {
        /** The report as JSON. */
        byte[] of(Promise settled) throws IOException;
    }

    /**
     * Which promise a key belongs to.
     *
     * @param key as it was used
     * @param promise the promise's id
     */
    public record KeyOwner(IdempotencyKey key, String promise) {}
}
