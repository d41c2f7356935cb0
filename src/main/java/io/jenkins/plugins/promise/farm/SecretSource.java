package io.jenkins.plugins.promise.farm;

import java.util.Locale;

/**
 * Where the values of a farm's secrets come from; each lies there under its name.
 *
 * @param kind what it is
 * @param place the folder, or what the names begin with; never null
 */
public record SecretSource(Kind kind, String place) {
    /** The kinds. */
    public enum Kind {
        /** A folder on the machine, a file for each. */
        FOLDER,
        /** AWS Secrets Manager, asked by the instance's role. */
        SECRETS_MANAGER,
        /** AWS Systems Manager's parameters, asked by the instance's role. */
        PARAMETER_STORE;

        /** The word in a farm file. */
        public String keyword() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
