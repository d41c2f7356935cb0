package io.jenkins.plugins.promise.contract;

/**
 * One way in which something breaks a contract.
 *
 * @param field the input or key it is about; empty if it is about the whole
 * @param message what is wrong and what to do, fit for whoever wrote it
 */
public record Violation(String field, String message) {
    /** The same, where its field lies below that one. */
    Violation under(String parent) {
        return new Violation(field.isEmpty() ? parent : parent + "." + field, message);
    }

    @Override
    public String toString() {
        return field.isEmpty() ? message : field + " " + message;
    }
}
