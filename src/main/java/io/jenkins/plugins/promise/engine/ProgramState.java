package io.jenkins.plugins.promise.engine;

import com.cloudbees.groovy.cps.Continuable;
import com.cloudbees.groovy.cps.Envs;
import groovy.lang.Script;
import io.jenkins.plugins.promise.engine.compiler.CompiledScript;
import io.jenkins.plugins.promise.engine.sandbox.ScriptInvoker;
import io.jenkins.plugins.promise.orchestration.Phase;
import io.jenkins.plugins.promise.orchestration.ReportedOutcome;
import io.jenkins.plugins.promise.report.BuildResult;
import io.jenkins.plugins.promise.report.Outcome;
import io.jenkins.plugins.promise.report.ReportStatus;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** All of a program that is saved: a line that names the format, and then the serialised value. */
final class ProgramState implements Serializable {
    private static final long serialVersionUID = 1;
    private static final int MAIN = 0;
    private static final byte[] FORMAT = "promise-program 1\n".getBytes(StandardCharsets.US_ASCII);

    final TreeMap<Integer, Branch> branches = new TreeMap<>();
    final CurrentBuild build;
    int lastBranch;
    int phases;
    int workers;
    int timers;
    int questions;
    boolean ended;
    /** What was thrown before its first line, by what its fields are set to; null for nothing. */
    transient Throwable broken;
    /** What the script reported; null for nothing. */
    ReportedOutcome reported;

    private ProgramState(CurrentBuild build) {
        this.build = build;
    }

    /** A script before its first line. */
    static ProgramState initial(CompiledScript script, Map<String, Object> variables, CurrentBuild build) {
        ProgramState state = new ProgramState(build);
        Script instance;
        try {
            instance = script.type().getDeclaredConstructor().newInstance();
        } catch (InvocationTargetException e) {
            state.broken = e.getCause();
            return state;
        } catch (ExceptionInInitializerError e) {
            state.broken = e;
            return state;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a compiled script has a constructor without arguments", e);
        }
        variables.forEach(instance.getBinding()::setVariable);
        state.branches.put(MAIN, new Branch(MAIN, null, new Continuable(instance, Envs.empty(new ScriptInvoker()))));
        return state;
    }

    /** The branches that do not wait. */
    List<Branch> ready() {
        return branches.values().stream().filter(b -> b.resume != null).toList();
    }

    /** How it ended if its last line was run. */
    BuildResult succeeded() {
        return build.getCurrentResult().equals("SUCCESS")
                ? new BuildResult(true, Phase.told(workers, phases))
                : new BuildResult(false, "the build's result is " + build.getResult());
    }

    /** Whether it fails though its last line was run, and though it did not report that itself. */
    boolean failsByItsResult() {
        return !succeeded().success() && (reported == null || reported.status() == ReportStatus.SUCCESS);
    }

    /** What follows from its end and from what it reported. */
    Outcome outcome(BuildResult result) {
        return reported == null ? ReportedOutcome.none(result) : reported.with(result);
    }

    /** @throws IOException if it holds what Java cannot write */
    byte[] toBytes() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(FORMAT);
        try (StateOutput out = new StateOutput(bytes)) {
            out.writeObject(this);
        }
        return bytes.toByteArray();
    }

    /** @throws IOException if it was written in another format or by another script, or is damaged */
    static ProgramState of(byte[] saved, CompiledScript script) throws IOException {
        if (saved.length < FORMAT.length || !Arrays.equals(saved, 0, FORMAT.length, FORMAT, 0, FORMAT.length)) {
            throw new IOException("the saved orchestration is in a format that this build does not know");
        }
        ByteArrayInputStream bytes = new ByteArrayInputStream(saved, FORMAT.length, saved.length - FORMAT.length);
        try (ObjectInputStream in = new StateInput(bytes, script.loader())) {
            return (ProgramState) in.readObject();
        } catch (ClassNotFoundException | RuntimeException | StackOverflowError | LinkageError e) {
            throw new IOException("the saved orchestration does not fit its script: " + e, e);
        }
    }
}
