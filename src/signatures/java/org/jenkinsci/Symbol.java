package org.jenkinsci;

/** What promise jobs use of this class of symbol-annotation; never packaged. */
@java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME)
@java.lang.annotation.Target({java.lang.annotation.ElementType.TYPE})
@java.lang.annotation.Documented
@SuppressWarnings({"rawtypes", "unchecked"})
public @interface Symbol {
    String[] value();
}
