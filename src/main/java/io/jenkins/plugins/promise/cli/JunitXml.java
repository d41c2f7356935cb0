package io.jenkins.plugins.promise.cli;

import io.jenkins.plugins.promise.ledger.database.DurableFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Results in the XML that CI servers read. */
public final class JunitXml {
    private static final double MILLIS = 1_000;

    private final String suite;

    /** A test suite of that name. */
    public JunitXml(String suite) {
        this.suite = suite;
    }

    /** Writes the file, and the folders that it lies in. */
    public void write(Path file, List<Result> results) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            XMLStreamWriter xml =
                    XMLOutputFactory.newInstance().createXMLStreamWriter(bytes, StandardCharsets.UTF_8.name());
            xml.writeStartDocument(StandardCharsets.UTF_8.name(), "1.0");
            xml.writeStartElement("testsuite");
            xml.writeAttribute("name", suite);
            xml.writeAttribute("tests", Integer.toString(results.size()));
            xml.writeAttribute(
                    "failures",
                    Long.toString(results.stream()
                            .filter(r -> !r.problems().isEmpty())
                            .count()));
            xml.writeAttribute("errors", "0");
            xml.writeAttribute(
                    "time", seconds(results.stream().map(Result::took).reduce(Duration.ZERO, Duration::plus)));
            for (Result result : results) {
                write(xml, result);
            }
            xml.writeEndElement();
            xml.writeEndDocument();
        } catch (XMLStreamException e) {
            throw new IOException(e.getMessage(), e);
        }
        Files.createDirectories(file.toAbsolutePath().getParent());
        DurableFiles.write(file.toAbsolutePath(), bytes.toByteArray());
    }

    private static void write(XMLStreamWriter xml, Result result) throws XMLStreamException {
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", result.group());
        xml.writeAttribute("name", result.name());
        xml.writeAttribute("time", seconds(result.took()));
        if (!result.problems().isEmpty()) {
            xml.writeStartElement("failure");
            xml.writeAttribute(
                    "message",
                    printable(result.problems().get(0).lines().findFirst().orElse("")));
            xml.writeCharacters(printable(String.join("\n", result.problems())));
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.3f", time.toMillis() / MILLIS);
    }

    /** XML has no way to write most control characters. */
    private static String printable(String text) {
        return text.replaceAll("[\\p{Cntrl}&&[^\n\t]]", "?");
    }

    /**
     * One result.
     *
     * @param group what it belongs to
     * @param name its name
     * @param took how long it took
     * @param problems empty if it went well
     */
    public record Result(String group, String name, Duration took, List<String> problems) {}
}
