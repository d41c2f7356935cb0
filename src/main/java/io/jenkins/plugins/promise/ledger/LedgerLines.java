package io.jenkins.plugins.promise.ledger;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.ledger.database.LedgerDatabase;
import io.jenkins.plugins.promise.ledger.database.LedgerLocation;
import io.jenkins.plugins.promise.ledger.database.LedgerReader;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/** A ledger as lines of JSON, one a row, which both engines read. */
public final class LedgerLines {
    /** All but what is made of them, such as words, and the controllers of the moment. */
    static final List<String> TABLES = List.of(
            "promise",
            "delivery",
            "report",
            "idempotency_key",
            "version",
            "version_upload",
            "version_file",
            "pruned_version",
            "common_name",
            "deployment",
            "environment",
            "manifest",
            "environment_head",
            "verdict",
            "environment_override",
            "environment_approval",
            "environment_lease",
            "environment_place",
            "environment_work",
            "candidate",
            "paused_version",
            "promise_log",
            "declared_component",
            "watched_component",
            "watched_branch");

    private static final String FORMAT = "promise-ledger";
    private static final int VERSION = 1;
    private static final int AT_ONCE = 500;
    private static final String TABLE = "table";
    private static final String END = "end";
    private static final String BYTES = "base64";
    /** A part of a version's file has up to 1 MiB. */
    private static final int ROWS_IN_MEMORY = 10;

    private LedgerLines() {}

    /** Writes a ledger as lines of JSON, as it was at one moment. */
    public static void export(LedgerLocation location, Writer out) throws IOException {
        try (LedgerReader reader = LedgerReader.open(location)) {
            export(reader, out);
        }
    }

    static void export(LedgerReader reader, Writer out) throws IOException {
        ObjectNode head = Json.mapper().createObjectNode().put("format", FORMAT).put("version", VERSION);
        out.write(head + "\n");
        try {
            long rows = reader.atOneMoment(handle -> {
                if (!reader.embedded()) {
                    // Whoever reads the lines may take long.
                    handle.execute("SET LOCAL idle_in_transaction_session_timeout = 0");
                }
                long all = 0;
                for (String table : TABLES) {
                    if (reader.has(handle, table)) {
                        all += export(handle, table, out);
                    }
                }
                return all;
            });
            out.write(Json.mapper().createObjectNode().put(END, true).put("rows", rows) + "\n");
            out.flush();
        } catch (JdbiException e) {
            throw new IOException("the ledger cannot be read: " + e.getMessage(), e);
        }
    }

    private static long export(Handle handle, String table, Writer out) throws IOException {
        long rows = 0;
        try (var query = handle.createQuery("SELECT * FROM " + table);
                var lines = query.setFetchSize(ROWS_IN_MEMORY).map((row, context) -> line(table, row)).stream()) {
            for (ObjectNode line : (Iterable<ObjectNode>) lines::iterator) {
                out.write(line + "\n");
                rows++;
            }
        }
        return rows;
    }

    private static ObjectNode line(String table, ResultSet row) throws SQLException {
        ObjectNode line = Json.mapper().createObjectNode().put(TABLE, table);
        ResultSetMetaData columns = row.getMetaData();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            Object value = row.getObject(i);
            String name = columns.getColumnName(i).toLowerCase(Locale.ROOT);
            if (value instanceof byte[] bytes) {
                line.putObject(name).put(BYTES, Base64.getEncoder().encodeToString(bytes));
            } else if (value instanceof Number number) {
                line.put(name, number.longValue());
            } else if (value != null) {
                line.put(name, value.toString());
            }
        }
        return line;
    }

    /**
     * Fills an empty ledger with lines of JSON.
     *
     * @throws IOException naming the line that is wrong, or if the ledger is not empty; nothing has changed then
     */
    public static void read(LedgerLocation location, BufferedReader in) throws IOException {
        try (LedgerDatabase database = LedgerDatabase.open(location)) {
            database.writing().useTransaction(handle -> {
                refuseFilled(handle);
                handle.execute("DELETE FROM deployment");
                read(handle, in);
                makeFindable(handle, new PromiseWords(database.shared()));
                if (database.shared()) {
                    handle.execute("SELECT setval(pg_get_serial_sequence('promise', 'number'),"
                            + " (SELECT coalesce(max(number), 0) + 1 FROM promise), false)");
                }
            });
        } catch (JdbiException e) {
            throw new IOException("the ledger cannot be written: " + e.getMessage(), e);
        }
    }

    private static void read(Handle handle, BufferedReader in) throws IOException {
        long number = 0;
        long rows = 0;
        JsonNode last = null;
        for (String text = in.readLine(); text != null; text = in.readLine()) {
            number++;
            JsonNode line = parse(text, number);
            if (number == 1) {
                refuseFormat(line);
            } else if (line.has(TABLE) && !last.has(END)) {
                insert(handle, (ObjectNode) line, number);
                rows++;
            } else if (!line.has(END) || last.has(END)) {
                throw new IOException("line " + number + " is neither a row nor the end; nothing was taken");
            }
            last = line;
        }
        if (last == null || !last.path(END).asBoolean() || last.path("rows").asLong() != rows) {
            throw new IOException("line " + number + ": the lines end before they are whole; nothing was taken");
        }
    }

    private static void makeFindable(Handle handle, PromiseWords words) {
        PromiseRows rows = new PromiseRows(
                Clock.systemUTC(),
                words,
                (id, why) -> {
                    // It is as it was there, and is set aside where it is used.
                },
                Set::of);
        long after = 0;
        List<Promise> some;
        do {
            some = rows.read(handle, "number > ? ORDER BY number LIMIT " + AT_ONCE, List.of(after));
            for (Promise promise : some) {
                after = promise.number();
                words.insert(handle, promise);
            }
        } while (some.size() == AT_ONCE);
    }

    private static JsonNode parse(String text, long number) throws IOException {
        try {
            JsonNode line = Json.mapper().readTree(text);
            if (line instanceof ObjectNode) {
                return line;
            }
        } catch (JacksonException e) {
            throw new IOException("line " + number + " is no JSON: " + e.getOriginalMessage() + "; nothing was taken");
        }
        throw new IOException("line " + number + " is no object; nothing was taken");
    }

    private static void refuseFormat(JsonNode head) throws IOException {
        if (!head.path("format").asText().equals(FORMAT) || head.path("version").asInt() != VERSION) {
            throw new IOException("line 1: this is no export of a ledger that this build reads; it must begin with"
                    + " {\"format\":\"" + FORMAT + "\",\"version\":" + VERSION + "}");
        }
    }

    private static void insert(Handle handle, ObjectNode line, long number) throws IOException {
        String table = line.remove(TABLE).asText();
        List<String> columns = StreamSupport.stream(((Iterable<String>) line::fieldNames).spliterator(), false)
                .toList();
        if (!TABLES.contains(table) || !columns.stream().allMatch(c -> c.matches("[a-z_]+"))) {
            throw new IOException("line " + number + ": there is no such table or column; nothing was taken");
        }
        Map<String, Object> values = new HashMap<>();
        line.fields().forEachRemaining(f -> values.put(f.getKey(), value(f.getValue())));
        try (var insert = handle.createUpdate("INSERT INTO " + table + " (" + String.join(", ", columns) + ") VALUES ("
                + columns.stream().map(c -> ":" + c).collect(Collectors.joining(", ")) + ")")) {
            insert.bindMap(values).execute();
        } catch (JdbiException e) {
            throw new IOException("line " + number + " does not fit: " + e.getMessage() + "; nothing was taken", e);
        }
    }

    private static Object value(JsonNode node) {
        if (node.isNumber()) {
            return node.longValue();
        }
        return node.isObject()
                ? Base64.getDecoder().decode(node.path(BYTES).asText().getBytes(StandardCharsets.US_ASCII))
                : node.asText();
    }

    private static void refuseFilled(Handle handle) throws IOException {
        for (String table : List.of("promise", "version")) {
            if (handle.select("SELECT count(*) FROM " + table).mapTo(long.class).one() > 0) {
                throw new IOException(
                        "the ledger is not empty, and nothing was changed: fill a new home, or a new" + " database");
            }
        }
    }
}
