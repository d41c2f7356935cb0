package io.jenkins.plugins.promise.engine.compiler;

import io.jenkins.plugins.promise.deployment.bundle.ScriptSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.codehaus.groovy.control.MultipleCompilationErrorsException;
import org.codehaus.groovy.control.messages.ExceptionMessage;
import org.codehaus.groovy.control.messages.Message;
import org.codehaus.groovy.control.messages.SimpleMessage;
import org.codehaus.groovy.control.messages.SyntaxErrorMessage;
import org.codehaus.groovy.syntax.SyntaxException;

/** A script does not compile. */
public final class ScriptErrors extends Exception {
    private static final long serialVersionUID = 1;

    private final transient List<At> errors;

    ScriptErrors(ScriptSource source, int line, String message) {
        this(List.of(new At(source.at(line), message)));
    }

    ScriptErrors(ScriptSource source, MultipleCompilationErrorsException cause) {
        this(told(source, cause));
    }

    private ScriptErrors(List<At> errors) {
        super(errors.stream().map(e -> e.location() + ": " + e.message()).collect(Collectors.joining("\n")));
        this.errors = new ArrayList<>(errors);
    }

    private static List<At> told(ScriptSource source, MultipleCompilationErrorsException cause) {
        List<At> errors = new ArrayList<>();
        for (Object message : cause.getErrorCollector().getErrors()) {
            errors.add(at(source, (Message) message));
        }
        return errors;
    }

    private static At at(ScriptSource source, Message message) {
        if (message instanceof SyntaxErrorMessage syntax) {
            SyntaxException e = syntax.getCause();
            String text = e.getOriginalMessage() == null ? e.getMessage() : e.getOriginalMessage();
            return new At(source.at(e.getLine()), text.lines().findFirst().orElse(""));
        }
        if (message instanceof ExceptionMessage exception) {
            return new At(source.at(1), String.valueOf(exception.getCause().getMessage()));
        }
        return new At(source.at(1), ((SimpleMessage) message).getMessage());
    }

    /** All errors, in the order of the script. */
    public List<At> errors() {
        return errors;
    }

    /**
     * One error.
     *
     * @param location where
     * @param message what is wrong
     */
    public record At(ScriptSource.Location location, String message) {}
}
