package io.jenkins.plugins.promise.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * In the place of a {@code jenkins.war}, which is not on every machine: it says that it starts, knows the people and nodes of
 * its configuration, asks for crumbs, and gives out an agent, which is itself.
 */
public final class StandInJenkins {
    private static final Pattern NODE = Pattern.compile("name: \"?([a-z0-9]+-[0-9]+)\"?");
    private static final String CRUMB = "a-crumb";
    private static final String SESSION = "JSESSIONID.1=one";
    private static final int WORDS = 8;

    private final Path self;
    private final Set<String> attached = ConcurrentHashMap.newKeySet();
    private final List<String> nodes = new ArrayList<>();

    private StandInJenkins() throws URISyntaxException {
        this.self = Path.of(StandInJenkins.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
    }

    /** Writes it as a war of that version. */
    public static Path write(Path war, String version) throws IOException, URISyntaxException {
        Path classes = Path.of(StandInJenkins.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        String folder = StandInJenkins.class.getPackageName().replace('.', '/');
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, StandInJenkins.class.getName());
        manifest.getMainAttributes().putValue("Jenkins-Version", version);
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(war), manifest);
                Stream<Path> all = Files.list(classes.resolve(folder))) {
            for (Path file : all.filter(f -> f.getFileName().toString().startsWith("StandInJenkins"))
                    .toList()) {
                jar.putNextEntry(new JarEntry(folder + "/" + file.getFileName()));
                Files.copy(file, jar);
            }
        }
        return war;
    }

    /** A controller, or with {@code -secret} an agent. */
    public static void main(String[] arguments) throws Exception {
        List<String> all = List.of(arguments);
        if (all.contains("-secret")) {
            agent(after(all, "-url"), after(all, "-name"), after(all, "-secret"));
        } else {
            new StandInJenkins().serve(option(all, "--httpListenAddress"), Integer.parseInt(option(all, "--httpPort")));
        }
    }

    private static String after(List<String> all, String option) {
        return all.get(all.indexOf(option) + 1);
    }

    private static String option(List<String> all, String name) {
        return all.stream()
                .filter(a -> a.startsWith(name + "="))
                .findFirst()
                .orElseThrow()
                .substring(name.length() + 1);
    }

    /** Is attached for as long as it is not answered. */
    private static void agent(String url, String name, String secret) throws IOException, InterruptedException {
        String said = Files.readString(Path.of(secret.substring(1))).strip();
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(url + "attach?" + name + "=" + said))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        System.out.println("agent " + name + ": " + answer.statusCode());
    }

    private void serve(String host, int port) throws IOException {
        StringBuilder text = new StringBuilder();
        try (Stream<Path> configuration = Files.list(Path.of(System.getenv("CASC_JENKINS_CONFIG")))) {
            for (Path file : configuration.toList()) {
                text.append(Files.readString(file));
            }
        }
        if (text.indexOf("refused by Jenkins") >= 0) {
            System.out.println("io.jenkins.plugins.casc.ConfiguratorException: refused");
            System.exit(5);
        }
        Matcher names = NODE.matcher(text);
        while (names.find()) {
            nodes.add(names.group(1));
        }
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getByName(host), port), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", this::answer);
        server.start();
        System.out.println("a stand-in for Jenkins is up");
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        try (exchange) {
            if (path.equals("/jnlpJars/agent.jar")) {
                send(exchange, 200, Files.readAllBytes(self));
            } else if (path.equals("/attach")) {
                attach(exchange);
            } else if (path.equals("/crumbIssuer/api/json")) {
                exchange.getResponseHeaders().add("Set-Cookie", SESSION + ";Path=/;HttpOnly");
                told(
                        exchange,
                        is(exchange, "ops"),
                        "{\"crumb\": \"" + CRUMB + "\", \"crumbRequestField\": \"Jenkins-Crumb\"}");
            } else if (path.endsWith("/jenkins-agent.jnlp")) {
                String name = path.substring("/computer/".length(), path.lastIndexOf('/'));
                told(
                        exchange,
                        is(exchange, "agent") && nodes.contains(name),
                        "<argument>" + secret(name) + "</argument>");
            } else if (path.equals("/computer/api/json")) {
                told(
                        exchange,
                        is(exchange, "ops"),
                        nodes.stream()
                                .map(n ->
                                        "{\"displayName\": \"" + n + "\", \"offline\": " + !attached.contains(n) + "}")
                                .collect(Collectors.joining(", ", "{\"computer\": [", "]}")));
            } else if (path.equals("/promises/deploy")) {
                told(
                        exchange,
                        is(exchange, "ops")
                                && CRUMB.equals(exchange.getRequestHeaders().getFirst("Jenkins-Crumb"))
                                && SESSION.equals(exchange.getRequestHeaders().getFirst("Cookie")),
                        moves(exchange));
            } else {
                told(exchange, is(exchange, "ops"), "{\"jobs\": [], \"count\": 0, \"promises\": []}");
            }
        }
    }

    /** Only what is deployed for the first time moves. */
    private static String moves(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        boolean dry = String.valueOf(exchange.getRequestURI().getQuery()).contains("dryRun=true");
        Path deployed = Path.of(System.getenv("JENKINS_HOME"), "deployed");
        boolean first = !Files.exists(deployed);
        if (first && !dry) {
            Files.createFile(deployed);
        }
        return "{\"moves\": [" + (first ? "{\"name\": \"work\", \"to\": \"work-v1-1234567\"}" : "") + "]}";
    }

    private static String secret(String name) {
        return String.format("%08x", name.hashCode()).repeat(WORDS);
    }

    private void attach(HttpExchange exchange) throws IOException {
        String query = exchange.getRequestURI().getQuery();
        String name = query.substring(0, query.indexOf('='));
        if (!query.equals(name + "=" + secret(name))) {
            send(exchange, 403, new byte[0]);
            return;
        }
        attached.add(name);
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream body = exchange.getResponseBody()) {
            while (true) {
                body.write('.');
                body.flush();
                Thread.sleep(100);
            }
        } catch (InterruptedException | IOException e) {
            attached.remove(name);
        }
    }

    private static boolean is(HttpExchange exchange, String user) throws IOException {
        Path file = Path.of(System.getenv("SECRETS"), user + "-password");
        String expected = "Basic "
                + Base64.getEncoder()
                        .encodeToString((user + ":" + Files.readString(file).strip()).getBytes(StandardCharsets.UTF_8));
        return expected.equals(exchange.getRequestHeaders().getFirst("Authorization"));
    }

    private static void told(HttpExchange exchange, boolean admitted, String body) throws IOException {
        send(exchange, admitted ? 200 : 403, body.getBytes(StandardCharsets.UTF_8));
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }
}
