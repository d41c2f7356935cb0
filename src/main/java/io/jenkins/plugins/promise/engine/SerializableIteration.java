package io.jenkins.plugins.promise.engine;

import groovy.lang.IntRange;
import groovy.lang.ObjectRange;
import java.io.Serializable;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;

/**
 * A Groovy category: a script may wait inside a loop, and Java's own iterators cannot be written to disk. A loop over a
 * collection sees it as it was when the loop began.
 */
public final class SerializableIteration {
    private SerializableIteration() {}

    /** Iterates over a list. */
    public static Iterator<Object> iterator(List<?> self) {
        return new Position(self, new ArrayList<>(self));
    }

    /** Iterates over a set. */
    public static Iterator<Object> iterator(Set<?> self) {
        return new Position(self, new ArrayList<>(self));
    }

    /** Iterates over any other collection. */
    public static Iterator<Object> iterator(Collection<?> self) {
        return new Position(self, new ArrayList<>(self));
    }

    /** Iterates over a range such as {@code 1..3}; Groovy prefers the method of the narrowest type. */
    public static Iterator<Object> iterator(IntRange self) {
        return iterator((List<?>) self);
    }

    /** Iterates over a range such as {@code 'a'..'c'}. */
    public static Iterator<Object> iterator(ObjectRange self) {
        return iterator((List<?>) self);
    }

    /** Iterates over a map's entries. */
    public static Iterator<Object> iterator(Map<?, ?> self) {
        ArrayList<Object> entries = new ArrayList<>();
        self.forEach((key, value) -> entries.add(new AbstractMap.SimpleImmutableEntry<Object, Object>(key, value)));
        return new Position(self, entries);
    }

    private static final class Position implements Iterator<Object>, Serializable {
        private static final long serialVersionUID = 1;

        private final Object self;
        private final ArrayList<Object> items;
        private int next;
        private int removed;

        private Position(Object self, List<Object> items) {
            this.self = self;
            this.items = new ArrayList<>(items);
        }

        @Override
        public boolean hasNext() {
            return next < items.size();
        }

        @Override
        public Object next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return items.get(next++);
        }

        @Override
        public void remove() {
            Object latest = items.get(next - 1);
            if (self instanceof List<?> list) {
                list.remove(next - 1 - removed++);
            } else if (self instanceof Map<?, ?> map) {
                map.remove(((Map.Entry<?, ?>) latest).getKey());
            } else {
                ((Collection<?>) self).remove(latest);
            }
        }
    }
}
