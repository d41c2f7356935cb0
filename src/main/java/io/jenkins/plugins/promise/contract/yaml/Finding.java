package io.jenkins.plugins.promise.contract.yaml;

/**
 * Something wrong in a file of a suite.
 *
 * @param file the file, relative to the suite
 * @param line counted from 1; 0 if the file as a whole is meant
 * @param field the key it is about, with dots between levels; empty for none
 * @param message what is wrong and what to do
 * @param warning whether the suite can be used all the same
 */
public record Finding(String file, int line, String field, String message, boolean warning) {
    /** Something that must be mended. */
    public static Finding error(String file, int line, String field, String message) {
        return new Finding(file, line, field, message, false);
    }

    /** Something that is worth a look. */
    public static Finding warning(String file, int line, String field, String message) {
        return new Finding(file, line, field, message, true);
    }

    /** {@code file:line: field: message}, as compilers write it. */
    @Override
    public String toString() {
        return file
                + (line > 0 ? ":" + line : "")
                + ": "
                + (warning ? "warning: " : "")
                + (field.isEmpty() ? "" : field + ": ")
                + message;
    }
}
