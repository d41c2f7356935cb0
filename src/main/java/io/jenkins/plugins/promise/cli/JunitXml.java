package io.jenkins.plugins.promise.cli;

import io.jenkins.plugins.promise.ledger.DurableFiles;
import io.jenkins.plugins.promise.rehearsal.Difference;
import io.jenkins.plugins.promise.rehearsal.Performance;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Rehearsals in the XML that CI servers read: a test case for each. */
final class JunitXml {
    private static final double MILLIS = 1_000;

    private final String suite;

    JunitXml(String suite) {
        this.suite = suite;
    }

    void write(Path file, List<Performance> performances) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            XMLStreamWriter xml =
                    XMLOutputFactory.newInstance().createXMLStreamWriter(bytes, StandardCharsets.UTF_8.name());
            xml.writeStartDocument(StandardCharsets.UTF_8.name(), "1.0");
            xml.writeStartElement("testsuite");
            xml.writeAttribute("name", suite);
            xml.writeAttribute("tests", Integer.toString(performances.size()));
            xml.writeAttribute(
                    "failures",
                    Long.toString(performances.stream().filter(p -> !p.good()).count()));
            xml.writeAttribute("errors", "0");
            xml.writeAttribute(
                    "time",
                    seconds(performances.stream().map(Performance::took).reduce(Duration.ZERO, Duration::plus)));
            for (Performance performance : performances) {
                write(xml, performance);
            }
            xml.writeEndElement();
            xml.writeEndDocument();
        } catch (XMLStreamException e) {
            throw new IOException(e.getMessage(), e);
        }
        Files.createDirectories(file.toAbsolutePath().getParent());
        DurableFiles.write(file.toAbsolutePath(), bytes.toByteArray());
    }

    private static void write(XMLStreamWriter xml, Performance performance) throws XMLStreamException {
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", performance.rehearsal().job());
        xml.writeAttribute("name", performance.rehearsal().name());
        xml.writeAttribute("time", seconds(performance.took()));
        if (!performance.good()) {
            xml.writeStartElement("failure");
            xml.writeAttribute("message", performance.differences().get(0).what());
            xml.writeCharacters(performance.differences().stream()
                    .map(Difference::toString)
                    .map(JunitXml::printable)
                    .collect(Collectors.joining("\n")));
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
}
