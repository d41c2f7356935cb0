package io.jenkins.plugins.promise.engine;

import com.cloudbees.groovy.cps.ObjectInputStreamWithLoader;
import groovy.lang.GroovyClassLoader;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectStreamClass;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads a program's state. A class that Groovy compiled has no version of its own: Java makes one from its methods, so that
 * a step more would make all that was saved unreadable. Such a class fits if its fields are the same.
 */
final class StateInput extends ObjectInputStreamWithLoader {
    private final ClassLoader loader;

    StateInput(InputStream in, ClassLoader loader) throws IOException {
        super(in, loader);
        this.loader = loader;
    }

    @Override
    protected ObjectStreamClass readClassDescriptor() throws IOException, ClassNotFoundException {
        ObjectStreamClass stored = super.readClassDescriptor();
        return compiled(stored.getName())
                .map(ObjectStreamClass::lookup)
                .filter(here -> fields(here).equals(fields(stored)))
                .orElse(stored);
    }

    /** The class of that name, if Groovy compiled it here. */
    private Optional<Class<?>> compiled(String name) {
        try {
            Class<?> type = Class.forName(name, false, loader);
            return type.getClassLoader() instanceof GroovyClassLoader.InnerLoader
                    ? Optional.of(type)
                    : Optional.empty();
        } catch (ClassNotFoundException e) {
            // A primitive type, or one that is gone; then the reading of it says so.
            return Optional.empty();
        }
    }

    private static String fields(ObjectStreamClass type) {
        return Arrays.toString(type.getFields());
    }
}
