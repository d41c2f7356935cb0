package io.jenkins.plugins.promise.engine;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Writes a program's state; what scripts often hold and Java cannot write is replaced by an equal value that it can. */
final class StateOutput extends ObjectOutputStream {
    StateOutput(OutputStream out) throws IOException {
        super(out);
        enableReplaceObject(true);
    }

    @Override
    protected Object replaceObject(Object object) {
        if (object instanceof Serializable) {
            return object;
        }
        if (object instanceof Map.Entry<?, ?> entry) {
            return new AbstractMap.SimpleImmutableEntry<Object, Object>(entry.getKey(), entry.getValue());
        }
        if (object instanceof Set<?> set) {
            return new LinkedHashSet<>(set);
        }
        // Ranges too: Groovy 2.4 has no serializable ones.
        return object instanceof Collection<?> collection ? new ArrayList<>(collection) : object;
    }
}
