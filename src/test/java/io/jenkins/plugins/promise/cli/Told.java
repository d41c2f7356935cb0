package io.jenkins.plugins.promise.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/** What the command line told, run in this process. */
record Told(int exit, String out, String err) {
    /** Runs {@code promise} with these arguments to its end. */
    static Told by(List<String> arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exit = PromiseCommand.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments.toArray(String[]::new));
        return new Told(exit, out.toString(), err.toString());
    }

    List<String> lines() {
        return out.lines().toList();
    }
}
