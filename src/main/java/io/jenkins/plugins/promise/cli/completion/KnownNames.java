package io.jenkins.plugins.promise.cli.completion;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.promise.cli.CommandFailure;
import io.jenkins.plugins.promise.cli.ControllerArgument;
import io.jenkins.plugins.promise.cli.ControllerClient;
import io.jenkins.plugins.promise.cli.promise.PromiseArgument;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The names that the controller and the suite of a command line have now. */
final class KnownNames {
    private static final int NEWEST = 50;
    private static final String JOB = "JOB";

    private final Place place;
    private final String begun;

    /**
     * Names for a place.
     *
     * @param begun how they are to begin
     */
    KnownNames(Place place, String begun) {
        this.place = place;
        this.begun = begun;
    }

    /** Those of a kind; none where nobody can be asked. */
    List<String> of(Known kind) {
        SuiteNames suite = new SuiteNames(place.parameter("SUITE").orElse("."));
        try {
            return switch (kind) {
                case JOB -> place.command().findOption("--controller") == null ? suite.jobs() : jobs();
                case VERSION -> versions();
                case CASE -> suite.cases();
                case REHEARSAL -> suite.rehearsals();
                case ID -> ids();
                case WORKER -> workers();
                case ENVIRONMENT -> names(client().environments().told("").path("environments"), "name");
            };
        } catch (IOException | CommandFailure e) {
            return List.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    /** Common names; the versions only when what is there is the beginning of no name any more. */
    private List<String> jobs() throws IOException, InterruptedException {
        JsonNode jobs = client().jobs().path("jobs");
        List<String> names = names(jobs, "name");
        if (names.stream().anyMatch(n -> Completion.begins(n, begun))) {
            return names;
        }
        List<String> versions = new ArrayList<>();
        jobs.forEach(j -> versions.addAll(names(j.path("versions"), "version")));
        return versions;
    }

    private List<String> versions() throws IOException, InterruptedException {
        String job = place.parameter(JOB).orElse("");
        return names(client().job(job).path("versions"), "version");
    }

    private List<String> ids() throws IOException, InterruptedException {
        boolean some = begun.matches("[0-9A-Za-z]+");
        JsonNode promises = client().promises("state=all&limit=" + NEWEST
                        + (some ? "&q=" + ControllerClient.encode(begun.toUpperCase(Locale.ROOT)) : ""))
                .path("promises");
        return Stream.concat(names(promises, "id").stream(), Stream.of("@last")).toList();
    }

    private List<String> workers() throws IOException, InterruptedException {
        ControllerClient client = client();
        String id = PromiseArgument.whole(place.parameter("ID").orElse("@last"), client);
        List<String> workers = new ArrayList<>();
        client.promise(id).path("phases").forEach(p -> workers.addAll(names(p.path("workers"), "name")));
        return workers;
    }

    private static List<String> names(JsonNode all, String field) {
        List<String> names = new ArrayList<>();
        all.forEach(one -> names.add(one.path(field).asText()));
        return names;
    }

    /** Of the controller that the command itself would ask. */
    private ControllerClient client() throws IOException {
        List<String> arguments = new ArrayList<>();
        for (String option : List.of("--controller", "--token", "--user", "--home")) {
            place.option(option).ifPresent(value -> arguments.add(option + "=" + SuiteNames.atHome(value)));
        }
        Asked asked = new Asked();
        new CommandLine(asked).parseArgs(arguments.toArray(String[]::new));
        return asked.controller.client();
    }

    /** The part of a command that says which controller. */
    @Command(name = "asked")
    private static final class Asked {
        @Mixin
        private ControllerArgument controller;
    }
}
